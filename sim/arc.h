/* SPDX-License-Identifier: Apache-2.0 */
/* A G2/G3 arc in the XY plane, cut into chords as firmware does. Pure. */
#ifndef USINE_SIM_ARC_H
#define USINE_SIM_ARC_H

#include <stdbool.h>

#include "base/profile.h"

struct arc {
    double from[AXES], to[AXES];
    double center[2], radius, angle, sweep; /* radians */
    unsigned chords, done;                  /* done: handed out so far; 0 of 0: no arc */
};

/* From `from` to `to` around from + offset (I, J); clockwise is G2. */
void arc_begin(struct arc *arc, const double from[AXES], const double to[AXES],
               const double offset[2], bool clockwise);

/* The offset of an arc given by R (negative: the long way). False: the ends are too far apart. */
bool arc_offset(const double from[AXES], const double to[AXES], double radius, bool clockwise,
                double offset[2]);

/* End of the next chord. False when the arc is done. */
bool arc_next(struct arc *arc, double point[AXES]);

#endif
