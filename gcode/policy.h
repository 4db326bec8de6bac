/* SPDX-License-Identifier: Apache-2.0 */
/* The allow-list of FAULTS.md section 8: each line is kept, dropped, turned into a host action, or
 * refuses the file. Nothing inside a file widens it; only profile->allow does. Pure. */
#ifndef USINE_GCODE_POLICY_H
#define USINE_GCODE_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/profile.h"
#include "line.h"
#include "prepare.h"

#define POLICY_VERSION 2 /* raise whenever a verdict on any line may change */

enum {
    POLICY_TEXT_MARLIN =
        81, /* with "N99999999 " and "*255": 95 bytes, the buffer of Marlin less NUL */
    POLICY_TOLERANCE_UM = 1,
    POLICY_TEXT_GRBL = 79, /* LINE_BUFFER_SIZE 80 less NUL */
};

enum policy_verdict { POLICY_SEND, POLICY_DROP, POLICY_ACT, POLICY_REFUSE };

enum beam { BEAM_OFF, BEAM_CONSTANT, BEAM_DYNAMIC };

/* What earlier lines of the file decide (absolute/relative, extruded yet, laser on, position). */
struct policy_state {
    const struct profile *profile; /* borrowed */
    double position[AXES]; /* where the tool is, machine frame, mm; E: as the program counts it */
    double offset[3];      /* G92: machine frame less program frame */
    bool known[AXES];      /* false: position counts relative moves since homing or the start */
    bool relative, e_relative;
    bool e_kept;    /* M83 was said, which G90 does not take back in older firmware */
    bool extruded;  /* a printing move was made: no homing or levelling any more */
    bool laser_on;  /* M3/M4 active, or the fan output that drives a beam */
    enum beam beam; /* M3 or M4 active */
    bool fan;       /* lasers: M106 above 0 */
    bool fan_still; /* M106 above 0 and no motion since */
    double s;       /* last S */
    bool ended_off; /* the last laser command was M5 (or M107 on fan lasers) */
    double feed_mm_min;
    int tool;
    int motion; /* of the last move, 0 to 3; Grbl: modal */
    enum { NUMBERS_UNSEEN, NUMBERS_ALL, NUMBERS_NONE } numbers; /* do the lines carry N */
};

struct policy_ruling {
    enum policy_verdict verdict;
    enum host_action action; /* POLICY_ACT */
    const char *rewritten; /* POLICY_ACT: send this ("M104") with the line's S or R as S, and its T,
                              before the host acts; NULL: nothing is sent */
    uint32_t cut;          /* POLICY_SEND: bit i set: word i is left out (G54 of "G21 G54") */
    bool moves;            /* the line moves: state->motion, position, feed_mm_min say how */
    char why[160];         /* POLICY_REFUSE, POLICY_DROP: for people; says what to do */
};

/* How far the tool may go along X, Y or Z: the work area and what rounding may add, mm. */
static inline double policy_low(const struct profile *profile, int axis)
{
    return profile->min_mm[axis] - POLICY_TOLERANCE_UM / 1000.0;
}

static inline double policy_high(const struct profile *profile, int axis)
{
    return profile->max_mm[axis] + POLICY_TOLERANCE_UM / 1000.0;
}

void policy_begin(struct policy_state *state, const struct profile *profile);
void policy_check(struct policy_state *state, const struct gcode_line *line,
                  struct policy_ruling *ruling);
/* After the last line: POLICY_REFUSE for a file without any command, and for a laser file that does
 * not end with its beam off. */
void policy_end(struct policy_state *state, struct policy_ruling *ruling);

#endif
