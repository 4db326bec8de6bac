/* SPDX-License-Identifier: Apache-2.0 */
#include "columns.h"

#include <stdint.h>

struct range {
    uint32_t first, last;
};

/* Unicode 15, EastAsianWidth W and F, in blocks. */
static const struct range wide[] = {
    {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd},
};
static const struct range none[] = {
    {0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

static int is_in(const struct range *ranges, size_t n, uint32_t point)
{
    for (size_t i = 0; i < n; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return 1;
    return 0;
}

/* The character at text (not at its end) and its bytes; a stray byte is one by itself. */
static uint32_t character(const char *text, size_t *bytes)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t n = s[0] < 0xc0 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    uint32_t point = n == 1 ? s[0] : s[0] & (0x7fu >> n);

    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80) {
            *bytes = 1;
            return s[0];
        }
        point = point << 6 | (s[i] & 0x3f);
    }
    *bytes = n;
    return point;
}

size_t columns_fit(const char *text, size_t columns, size_t *taken)
{
    size_t at = 0, bytes;

    *taken = 0;
    while (text[at] != '\0') {
        uint32_t point = character(text + at, &bytes);
        size_t width = is_in(none, sizeof none / sizeof *none, point)   ? 0
                       : is_in(wide, sizeof wide / sizeof *wide, point) ? 2
                                                                        : 1;

        if (*taken + width > columns)
            break;
        *taken += width;
        at += bytes;
    }
    return at;
}

size_t columns_of(const char *text)
{
    size_t taken;

    columns_fit(text, SIZE_MAX, &taken);
    return taken;
}
