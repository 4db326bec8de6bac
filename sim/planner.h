/* SPDX-License-Identifier: Apache-2.0 */
/* The moves a board has accepted and not yet made. Each takes the time its own length, feed and
 * acceleration ask for, and slows at corners as far as jerk allows; nothing is looked ahead beyond
 * the corner, so real boards differ by some percent. Pure. Simulated microseconds. */
#ifndef USINE_SIM_PLANNER_H
#define USINE_SIM_PLANNER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/profile.h"

enum { PLANNER_BLOCKS = 15 }; /* of the 16, one always stays free: Marlin and Grbl alike */

struct planner_limits {
    double max_feed_mm_s[AXES];
    double accel_mm_s2;
    double jerk_mm_s; /* change of speed a corner may make at once */
};

struct planner_block {
    int64_t start_us, end_us;
    double from[AXES], to[AXES];
    float feed_mm_s, power; /* power: of the beam while it is made */
};

struct planner {
    struct planner_limits limits;
    struct planner_block blocks[PLANNER_BLOCKS];
    unsigned first, count;
    double position[AXES]; /* where the last accepted move ends, mm */
    double exit_mm_s;      /* speed at the end of the last move, and its direction */
    double direction[AXES];
    int64_t idle_since_us; /* when it ran dry */
    bool held;             /* stands still, blocks kept */
    int64_t held_at_us;
};

void planner_init(struct planner *planner, const struct planner_limits *limits);

/* Accepts a straight move to `to`; planner->count must be below PLANNER_BLOCKS. A move of no length
 * takes no block and returns false. */
bool planner_add(struct planner *planner, int64_t now_us, const double to[AXES], double feed_mm_s,
                 float power);

/* When the move under way ends; INT64_MAX when nothing moves. */
int64_t planner_due(const struct planner *planner);

/* Lets go of the moves that have ended. */
void planner_step(struct planner *planner, int64_t now_us);

/* Where the tool is now, and the move under way (NULL: none). */
const struct planner_block *planner_where(const struct planner *planner, int64_t now_us,
                                          double position[AXES]);

/* Stops at once and forgets the rest: position becomes where the tool is. */
void planner_stop(struct planner *planner, int64_t now_us);

/* Feed hold and its end: what remains is made later. */
void planner_hold(struct planner *planner, int64_t now_us);
void planner_resume(struct planner *planner, int64_t now_us);

#endif
