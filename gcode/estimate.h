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

enum {
    ESTIMATE_BLOCKS = 256, /* the queue: how far it looks ahead */
    ESTIMATE_KEEP = 64,    /* of it after a flush */
    ESTIMATE_BATCH = 64,   /* moves that become blocks together */
};

/* Limits of each axis, as one over the limit; 0: no limit. */
struct estimate_limits {
    double per_feed[AXES], per_accel[AXES], per_jerk[AXES];
    double accel, travel_accel, retract_accel, deviation_mm;
    bool by_jerk;
    bool rapids;        /* G0 goes at full speed, whatever F says (Grbl) */
    double feed_factor; /* M220 */
};

/* Moves that are no blocks yet, each figure in its own array: what is worked out for one is worked
 * out for all of them at once. In the arrays with one place more, [0] is the block before them. */
struct estimate_moves {
    size_t count;
    size_t room;                            /* for the next batch: they are made to blocks then */
    bool arcs;                              /* there are arcs among them */
    double length2[ESTIMATE_BATCH];         /* mm2 */
    double feed[ESTIMATE_BATCH];            /* mm/s, asked for */
    double radius[ESTIMATE_BATCH];          /* mm; with arcs only */
    double begin[AXES][ESTIMATE_BATCH + 1]; /* way along each axis in mm, then per mm of the move */
    double end[2][ESTIMATE_BATCH + 1];      /* X and Y: arcs end in another direction; with arcs
                                               only, else they end as they begin */
    double cruise[ESTIMATE_BATCH + 1];      /* mm/s; [0] is 0: standing */
    double safe[ESTIMATE_BATCH + 1]; /* mm/s at which it may begin from or end at standstill */
};

struct estimate {
    struct estimate_limits limits;
    double seconds; /* of what has left the queue */
    double first2;  /* entry of the oldest block, fixed; (mm/s)2 as all speeds called 2 */
    size_t count;   /* of blocks, whose figures follow, oldest first */
    double length[ESTIMATE_BLOCKS];     /* mm */
    double accel[ESTIMATE_BLOCKS];      /* mm/s2 */
    double cruise[ESTIMATE_BLOCKS];     /* mm/s */
    double max_entry2[ESTIMATE_BLOCKS]; /* of the junction before it */
    double entry2[ESTIMATE_BLOCKS + 1]; /* planned; the last one is the exit of the newest */
    struct estimate_moves moves;        /* behind the blocks */
};

struct estimate_move {
    double delta[AXES]; /* mm */
    double feed_mm_s;   /* asked for */
    bool rapid;         /* G0 */
    bool arc;
    double arc_mm, arc_radius; /* arcs: length in the plane */
    double enter[2], leave[2]; /* arcs: unit directions at both ends */
};

/* mm2; shorter moves take no time */
#define ESTIMATE_LENGTH2_MIN 1e-18

/* For estimate_straight() alone: makes blocks of the moves that wait; says how a straight move ends
 * among arcs, before it is counted. */
void estimate_make_room(struct estimate *estimate);
void estimate_end_straight(struct estimate_moves *moves, const double delta[AXES]);

void estimate_begin(struct estimate *estimate, const struct profile *profile);

/* Adds a move; one without length or speed takes no time. */
void estimate_add(struct estimate *estimate, const struct estimate_move *move);

/* Adds a straight move, as estimate_add() does; feed with M220. Inline, as nearly all lines of a
 * program come here. */
static inline void estimate_straight(struct estimate *estimate, const double delta[AXES],
                                     double feed_mm_s)
{
    struct estimate_moves *m = &estimate->moves;
    double length2 = delta[AXIS_X] * delta[AXIS_X] + delta[AXIS_Y] * delta[AXIS_Y] +
                     delta[AXIS_Z] * delta[AXIS_Z];

    if (length2 == 0)
        length2 = delta[AXIS_E] * delta[AXIS_E];
    if (!(length2 > ESTIMATE_LENGTH2_MIN) || !(feed_mm_s > 0))
        return;
    if (m->count == m->room)
        estimate_make_room(estimate);
    if (m->arcs)
        estimate_end_straight(m, delta);
    m->length2[m->count] = length2;
    m->feed[m->count] = feed_mm_s;
    m->count++;
    for (int axis = AXIS_X; axis < AXES; axis++)
        m->begin[axis][m->count] = delta[axis];
}

/* The machine comes to a standstill for so long: G4, M400, waits. */
void estimate_stop(struct estimate *estimate, double seconds);

/* M201, M203, M204, M205, M220: the limits of what follows. Others are ignored. */
void estimate_command(struct estimate *estimate, const struct gcode_line *line);

/* All so far, as if it ended here. */
double estimate_seconds(struct estimate *estimate);

/* estimate_moves.c, for estimate.c alone: makes the moves to blocks. There must be room for them.
 */
void estimate_settle(struct estimate *estimate);

#endif
