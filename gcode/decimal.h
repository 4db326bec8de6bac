/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as G-code writes them: [+-]digits[.digits], no exponent. Inline, for the tokeniser alone:
 * half of its time goes here. */
#ifndef USINE_GCODE_DECIMAL_H
#define USINE_GCODE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { DECIMAL_DIGITS_MAX = 15 }; /* exact in a double */

static const double decimal_powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                        1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

struct decimal {
    uint64_t mantissa;
    unsigned digits, decimals;
    bool negative, signs;
};

/* Eight characters as digits: '0' is 0. */
static inline uint64_t as_digits(uint64_t bytes)
{
    return bytes ^ 0x3030303030303030u;
}

/* Bytes that are no digit (of as_digits()), as bits 7 of each byte. */
static inline uint64_t non_digits(uint64_t digits)
{
    return (digits | (digits + 0x7676767676767676u)) & 0x8080808080808080u;
}

/* What eight digits are worth, the first one lowest; each byte is its digit's value. */
static inline uint64_t digits_value(uint64_t bytes)
{
    bytes = bytes * 10 + (bytes >> 8);
    return (((bytes & 0x000000ff000000ffu) * 0x000f424000000064u) +
            (((bytes >> 16) & 0x000000ff000000ffu) * 0x0000271000000001u)) >>
           32;
}

/* Up to 8 bytes from p on, the first one lowest, zeros behind `end`. Bytes end-8 to end and p < end
 * must be readable. No branch: how much is left of the line is hard to guess. */
static inline uint64_t load(const char *p, const char *end)
{
    size_t left = (size_t)(end - p);
    size_t lack = (8 - left) & (0 - (size_t)(left < 8));
    uint64_t bytes;

    memcpy(&bytes, p - lack, 8);
    return bytes >> (8 * lack);
}

/* Numbers of up to seven characters, as nearly all are, without a branch per digit: such branches
 * are what a processor guesses wrong. NULL: read it the plain way. */
static inline const char *read_short(const char *p, const char *base, const char *end,
                                     struct decimal *d)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t bytes, others, below;
    unsigned point, last;

    if (p == end || end - base < 8)
        return NULL;
    bytes = as_digits(load(p, end));
    others = non_digits(bytes);
    if (others == 0)
        return NULL;
    point = last = (unsigned)__builtin_ctzll(others) / 8;
    d->decimals = 0;
    if ((bytes >> (8 * point) & 0xff) == ('.' ^ '0')) {
        others &= others - 1;
        if (others == 0)
            return NULL;
        last = (unsigned)__builtin_ctzll(others) / 8;
        d->decimals = last - point - 1;
        below = ((uint64_t)1 << (8 * point)) - 1;
        bytes = (bytes & below) | (bytes >> 8 & ~below);
        d->digits = last - 1;
        d->signs = true; /* a lone point is no number */
    } else {
        d->digits = last;
    }
    d->mantissa = d->digits == 0 ? 0 : digits_value(bytes << (64 - 8 * d->digits));
    return p + last;
#else
    (void)p, (void)base, (void)end, (void)d;
    return NULL;
#endif
}

static const char *read_long(const char *p, const char *end, struct decimal *d)
{
    uint64_t mantissa = 0;
    const char *first;

    for (first = p; p < end && (unsigned char)(*p - '0') < 10; p++)
        mantissa = mantissa * 10 + (unsigned char)(*p - '0');
    d->digits = (unsigned)(p - first);
    d->decimals = 0;
    if (p < end && *p == '.') {
        for (first = ++p; p < end && (unsigned char)(*p - '0') < 10; p++)
            mantissa = mantissa * 10 + (unsigned char)(*p - '0');
        d->decimals = (unsigned)(p - first);
        d->digits += d->decimals;
        d->signs = true;
    }
    d->mantissa = mantissa;
    return p;
}

/* Reads [+-]digits[.digits] at p; returns the first byte after it. The text begins at base. */
static inline __attribute__((always_inline)) const char *
decimal_read(const char *p, const char *base, const char *end, struct decimal *d)
{
    const char *after;

    d->negative = false;
    d->signs = p < end && (*p == '-' || *p == '+');
    if (d->signs)
        d->negative = *p++ == '-';
    after = read_short(p, base, end, d);
    return after != NULL ? after : read_long(p, end, d);
}

#endif
