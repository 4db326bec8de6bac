/* SPDX-License-Identifier: Apache-2.0 */
/* G2 and G3: from the words to a circle, its length and its box. Pure.
 * Source: grbl 1.1 gcode.c (motion modes 2 and 3), Marlin 2.1 G2_G3.cpp; both read I and J from the
 * start, take a negative R as the long way round, and an end at the start as a whole circle. */
#ifndef USINE_GCODE_ARC_H
#define USINE_GCODE_ARC_H

#include <stdbool.h>

struct arc {
    double centre[2], radius;
    double sweep; /* rad, above 0, whichever way */
    double start; /* angle of the first point, rad */
    bool clockwise;
};

struct arc_words {
    double from[2], to[2];
    bool clockwise;
    bool has_r;
    double r;
    double i, j; /* 0 when absent */
};

/* False when no circle fits: no radius, R too short, or ends at different radii (Grbl: error 33).
 */
bool arc_from_words(struct arc *arc, const struct arc_words *words);

/* mm along the arc, in the plane. */
double arc_length(const struct arc *arc);

/* The smallest box around it. */
void arc_box(const struct arc *arc, double min[2], double max[2]);

#endif
