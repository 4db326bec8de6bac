/* SPDX-License-Identifier: Apache-2.0 */
/* G0 or G1, then words with at most one blank before each: a capital, a number of up to eight
 * characters (or any length, then more slowly), and nothing else. Where the words begin is told
 * from one bit of each byte, for the whole line at once; so no word waits for the number before it,
 * and there is one question whether all was as supposed, at the end. A branch for each thing that
 * may be odd would be what the processor guesses wrong. */
#include "line_plain.h"

#include <string.h>

#include "decimal.h"

/* 1, or -1, over a power of ten, by place of the point among eight characters (7: none, or at the
 * end). A mantissa times `high` (29 bits) is exact, as it has 24 bits at most when there is a
 * point; with that times `low` added, the sum before rounding is off by less than 2^-80 of itself.
 * A quotient of 24 bits by at most 10^7 is further than 2^-78 from where rounding turns, so the
 * value is exactly rounded: what the division gives, which is slower. */
/* clang-format off */
static const struct scale {
    double high, low;
} scales[2][8] = {
    {{0x1.ad7f29ap-24, 0x1.795e90af0f4cap-53},
     {0x1.0c6f7ap-20, 0x1.6bdb1a6d698fep-49},
     {0x1.4f8b588p-17, 0x1.c6d1e108c3f3ep-46},
     {0x1.a36e2ebp-14, 0x1.c432ca57a786cp-46},
     {0x1.0624dd2p-10, 0x1.e353f7ced9168p-39},
     {0x1.47ae147p-7, 0x1.5c28f5c28f5c3p-36},
     {0x1.9999999p-4, 0x1.3333333333333p-33},
     {0x1p+0, 0x0p+0}},
    {{-0x1.ad7f29ap-24, -0x1.795e90af0f4cap-53},
     {-0x1.0c6f7ap-20, -0x1.6bdb1a6d698fep-49},
     {-0x1.4f8b588p-17, -0x1.c6d1e108c3f3ep-46},
     {-0x1.a36e2ebp-14, -0x1.c432ca57a786cp-46},
     {-0x1.0624dd2p-10, -0x1.e353f7ced9168p-39},
     {-0x1.47ae147p-7, -0x1.5c28f5c28f5c3p-36},
     {-0x1.9999999p-4, -0x1.3333333333333p-33},
     {-0x1p+0, -0x0p+0}},
};
/* clang-format on */

/* Bit i for the i-th byte that has bit 6 set. Of what may be in such a line, only capitals have. */
static inline uint64_t capitals(const char *text)
{
    uint64_t found = 0, bytes;

    for (unsigned i = 0; i < PLAIN_MAX / 8; i++) {
        memcpy(&bytes, text + 8 * i, 8);
        /* each bit goes to its place in the highest byte */
        found |= ((bytes & 0x4040404040404040u) * 0x0004081020408102u >> 56) << (8 * i);
    }
    return found;
}

/* A number longer than eight characters. 0 if it is one. */
static __attribute__((noinline, cold)) uint64_t read_slowly(const char *p, const char *end,
                                                            double *value)
{
    struct decimal d;
    const char *after = decimal_read(p, p, end, &d);

    *value = (double)d.mantissa / decimal_powers[d.decimals & 15];
    if (d.negative)
        *value = -*value;
    return after != end || d.digits == 0 || d.digits > DECIMAL_DIGITS_MAX;
}

/* The number between p and end; eight bytes from p on are readable. 0 if it is one. */
static inline uint64_t read_number(const char *p, const char *end, double *value)
{
    uint64_t bytes, negative, others, odd = 0;
    int64_t n = end - p;
    unsigned point = 56;
    const struct scale *scale;
    double mantissa;

    if (n > 8)
        return read_slowly(p, end, value);
    memcpy(&bytes, p, 8);
    negative = (bytes & 0xff) == '-';
    n -= (int64_t)negative;
    bytes = as_digits(bytes) >> (8 * negative) << ((64 - 8 * n) & 63); /* zeros in front */
    others = non_digits(bytes);
    if (others != 0) {
        uint64_t before;

        point = (unsigned)__builtin_ctzll(others) & 56;
        before = bytes & (((uint64_t)1 << point) - 1);
        odd = (others & (others - 1)) | ((bytes >> point & 0xff) ^ ('.' ^ '0'));
        bytes -= (uint64_t)('.' ^ '0') << point;
        bytes += (before << 8) - before;
        n--;
    }
    mantissa = (double)(int64_t)digits_value(bytes);
    scale = &scales[negative][point / 8];
    *value = mantissa * scale->high + mantissa * scale->low;
    return odd | (n <= 0);
}

/* What every plain line has in common. */
static inline void begin(struct gcode_line *line, const char *text, size_t n)
{
    line->fault = GCODE_LINE_OK;
    line->fault_at = 0;
    line->text = text;
    line->len = (uint16_t)n;
    line->letter = 'G';
    line->number = text[1] - '0';
    line->sub = 0;
    line->has_n = line->has_sum = line->has_string = false;
    line->n = line->bare = 0;
    line->words[0].value = text[1] - '0';
    line->words[0].at = 0;
    line->words[0].len = 2;
    line->words[0].letter = 'G';
    line->words[0].has_value = true;
}

bool plain_read(struct gcode_line *line, const char *text, size_t n)
{
    struct gcode_word *word = line->words;
    uint32_t letters = 0, bad = 0; /* bit 1 is A */
    uint64_t odd = 0, words;
    size_t first, blanks = 1;

    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || n < 4 || n > PLAIN_MAX || text[0] != 'G' ||
        (text[1] != '0' && text[1] != '1') || text[n - 1] == ' ')
        return false;
    words = capitals(text) & (((uint64_t)1 << n) - 1);
    words = (words & ~(uint64_t)1) | (uint64_t)1 << n; /* as if one followed the end */
    first = (size_t)__builtin_ctzll(words);
    if (first != 2 && (first != 3 || text[2] != ' '))
        return false;
    begin(line, text, n);
    for (size_t at = first, next; at != n; at = next) {
        uint32_t c = (unsigned char)text[at], letter = (uint32_t)1 << (c & 31);
        size_t blank;

        words &= words - 1;
        next = (size_t)__builtin_ctzll(words);
        blank = text[next - 1] == ' ';
        blanks += blank;
        word++;
        odd |= read_number(text + at + 1, text + next - blank, &word->value);
        word->at = (uint16_t)at;
        word->len = (uint16_t)(next - blank - at);
        word->letter = (char)c;
        word->has_value = true;
        line->values[c & 31] = word->value;
        bad |= (c & 0xa0) | (letters & letter);
        letters |= letter;
    }
    line->letters = letters >> 1;
    line->count = (uint8_t)(word - line->words + 1);
    if ((odd | bad | (letters & ~((GCODE_LETTER('Z') << 2) - 2))) != 0)
        return false;
    /* "Y0X10" may be meant as sixteen: line.c knows */
    return blanks + 1 >= line->count || line->words[1].letter == 'X' ||
           (line->letters & GCODE_LETTER('X')) == 0;
}
