/* SPDX-License-Identifier: Apache-2.0 */
/* What both ways to read a plain line share of numbers (line_plain.c, plain_move.c). */
#ifndef USINE_GCODE_PLAIN_NUMBER_H
#define USINE_GCODE_PLAIN_NUMBER_H

#include <stdbool.h>

/* 1, or -1, over a power of ten, by place of the point among eight characters (7: at the end, or
 * none; 8: none). A mantissa times `high` (29 bits) is exact, as it has 24 bits at most when there
 * is a point; with that times `low` added, the sum before rounding is off by less than 2^-80 of
 * itself. A quotient of 24 bits by at most 10^7 is further than 2^-78 from where rounding turns, so
 * the value is exactly rounded: what the division gives, which is slower. */
struct plain_scale {
    double high, low;
};

extern const struct plain_scale plain_scales[2][9]; /* of what is above 0; below */

/* A number of more than eight characters behind its sign, between p and end. False if it is none.
 */
bool plain_number_slowly(const char *p, const char *end, double *value);

#endif
