/* SPDX-License-Identifier: Apache-2.0 */
#include "latin.h"

#include <stdint.h>

enum { DROPPED = 0, UNKNOWN = '?' };

/* The bytes 0x80 to 0x9F; 0: none. */
static const uint16_t upper[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* U+0100 to U+017F without their marks. */
static const char bare[] = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlL"
                           "lLlNnNnNnnNnOoOoOo??RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/* One code point; *text is moved behind it. 0xFFFD: no UTF-8. */
static uint32_t decode(const unsigned char **text)
{
    const unsigned char *at = *text;
    int more = *at >= 0xF0 ? 3 : *at >= 0xE0 ? 2 : *at >= 0xC0 ? 1 : 0;
    uint32_t point = more == 0 ? *at : *at & (0x3Fu >> more);

    *text = ++at;
    if (more == 0)
        return point < 0x80 ? point : 0xFFFD;
    for (; more > 0 && (*at & 0xC0) == 0x80; more--)
        point = point << 6 | (*at++ & 0x3Fu);
    *text = at;
    return more == 0 ? point : 0xFFFD;
}

struct span {
    uint32_t first, last;
    char letter;
};

static const struct span spans[] = {
    {0x0000, 0x001F, ' '},     {0x007F, 0x00A0, ' '},     {0x0218, 0x0218, 'S'},
    {0x0219, 0x0219, 's'},     {0x021A, 0x021A, 'T'},     {0x021B, 0x021B, 't'},
    {0x0300, 0x036F, DROPPED}, {0x2000, 0x200A, ' '},     {0x200B, 0x200F, DROPPED},
    {0x2010, 0x2011, '-'},     {0x2028, 0x2029, ' '},     {0x202A, 0x202E, DROPPED},
    {0x202F, 0x202F, ' '},     {0x2060, 0x2069, DROPPED}, {0x2212, 0x2212, '-'},
    {0xFE00, 0xFE0F, DROPPED}, {0xFEFF, 0xFEFF, DROPPED},
};

static char letter_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (point >= spans[i].first && point <= spans[i].last)
            return spans[i].letter;
    if (point < 0x100)
        return (char)point;
    for (int i = 0; i < 32; i++)
        if (upper[i] == point)
            return (char)(0x80 + i);
    return point < 0x180 ? bare[point - 0x100] : UNKNOWN;
}

size_t latin_write(char *out, size_t size, const char *utf8)
{
    const unsigned char *at = (const unsigned char *)utf8;
    size_t n = 0;

    while (*at != '\0') {
        char letter = letter_of(decode(&at));

        if (letter == DROPPED || (letter == ' ' && (n == 0 || out[n - 1] == ' ')))
            continue;
        if (n + 1 == size) {
            out[n - 1] = LATIN_ELLIPSIS;
            break;
        }
        out[n++] = letter;
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    return n;
}
