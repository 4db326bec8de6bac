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

#define POLICY_VERSION 1 /* raise whenever a verdict on any line may change */

enum policy_verdict { POLICY_SEND, POLICY_DROP, POLICY_ACT, POLICY_REFUSE };

/* What earlier lines of the file decide (absolute/relative, extruded yet, laser on, position). */
struct policy_state {
    const struct profile *profile; /* borrowed */
    double position[AXES];
    bool known[AXES];     /* position of the axis is known */
    bool relative, e_relative;
    bool extruded;        /* a printing move was made: no homing or levelling any more */
    bool laser_on;        /* M3/M4 active */
    double s;             /* last S */
    bool ended_off;       /* the last laser command was M5 (or M107 on fan lasers) */
    double feed_mm_min;
    int tool;
    int motion;           /* Grbl: modal G0..G3, -1 none */
};

struct policy_ruling {
    enum policy_verdict verdict;
    enum host_action action;     /* POLICY_ACT */
    const char *rewritten;       /* POLICY_SEND/ACT: static text of the command to send in place of the
                                    word at the start ("M104" for M109), NULL: as it stands */
    char why[160];               /* POLICY_REFUSE, POLICY_DROP: for people; says what to do */
};

void policy_begin(struct policy_state *state, const struct profile *profile);
void policy_check(struct policy_state *state, const struct gcode_line *line,
                  struct policy_ruling *ruling);
/* After the last line: POLICY_REFUSE for a laser file that does not end with its beam off. */
void policy_end(struct policy_state *state, struct policy_ruling *ruling);

#endif
