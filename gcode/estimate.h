/* SPDX-License-Identifier: Apache-2.0 */
/* How long motion takes: trapezoids of speed, joined at the speed that jerk or junction deviation
 * allows, looking ahead over a bounded number of moves. Pure; memory is the struct.
 * Sources: Marlin planner.cpp (classic jerk), grbl planner.c (junction deviation); what slicers
 * estimate follows the first. */
#ifndef USINE_GCODE_ESTIMATE_H
#define USINE_GCODE_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/profile.h"
#include "line.h"

enum { ESTIMATE_BLOCKS = 256, ESTIMATE_KEEP = 64 }; /* of the queue, and of it after a flush */

struct estimate_block {
    double length;     /* mm */
    double accel;      /* mm/s2 */
    double cruise;     /* mm/s */
    double max_entry2; /* (mm/s)2, of the junction before it */
    double entry2;
    double safe2; /* speed at which it may begin from or end at standstill, squared */
};

struct estimate {
    double per_feed[AXES], per_accel[AXES], per_jerk[AXES]; /* one over each limit; 0: no limit */
    double jerk[AXES];
    double plain_feed, plain_accel; /* at or below these a plain move meets no axis's limit */
    double accel, travel_accel, retract_accel, deviation_mm;
    bool by_jerk;
    bool rapids;        /* G0 goes at full speed, whatever F says (Grbl) */
    double feed_factor; /* M220 */
    double seconds;     /* of what has left the queue */
    double entry2;      /* of the oldest block, fixed */
    double unit[AXES];  /* direction in which the newest block ends */
    double cruise;      /* of the newest block; 0: standing */
    double safe;        /* of the newest block */
    size_t count;
    struct estimate_block blocks[ESTIMATE_BLOCKS];
};

struct estimate_move {
    double delta[AXES]; /* mm */
    double feed_mm_s;   /* asked for */
    bool rapid;         /* G0 */
    bool arc;
    double arc_mm, arc_radius; /* arcs: length in the plane */
    double enter[2], leave[2]; /* arcs: unit directions at both ends */
};

void estimate_begin(struct estimate *estimate, const struct profile *profile);

/* Adds a move; one without length or speed takes no time. */
void estimate_add(struct estimate *estimate, const struct estimate_move *move);

/* The machine comes to a standstill for so long: G4, M400, waits. */
void estimate_stop(struct estimate *estimate, double seconds);

/* M201, M203, M204, M205, M220: the limits of what follows. Others are ignored. */
void estimate_command(struct estimate *estimate, const struct gcode_line *line);

/* All so far, as if it ended here. */
double estimate_seconds(struct estimate *estimate);

#endif
