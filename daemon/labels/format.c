/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
/* name     page         left   top    label          pitch         grid   pads */
static const struct label_format formats[] = {
    {"a4-14",  210, 297,  4.65, 15.15, 99.1, 38.1,   101.6, 38.1,   2, 7,  3, 2},
    {"a4-24",  210, 297,  0,    0.5,   70,   37,     70,    37,     3, 8,  5, 4},
    {"a4-8",   210, 297,  4.65, 13.1,  99.1, 67.7,   101.6, 67.7,   2, 4,  3, 3},
    {"100x50", 100, 50,   0,    0,     100,  50,     100,   50,     1, 1,  2.5, 2.5},
    {"62x29",  62,  29,   0,    0,     62,   29,     62,    29,     1, 1,  1.5, 1.5},
};
/* clang-format on */

const struct label_format *label_format(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

int label_format_room(const struct label_format *format)
{
    return format->columns * format->rows;
}
