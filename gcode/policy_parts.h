/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the policy share; nothing outside gcode/policy*.c includes it. */
#ifndef USINE_GCODE_POLICY_PARTS_H
#define USINE_GCODE_POLICY_PARTS_H

#include "policy.h"

/* A check looks at one line whose command and letters are allowed and may change the ruling, which
 * comes in as POLICY_SEND. */
typedef void policy_check_fn(struct policy_state *state, const struct gcode_line *line,
                             struct policy_ruling *ruling);

/* Each sets the verdict and the words (printf-like, cut at the size of why). */
void policy_refuse(struct policy_ruling *ruling, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void policy_drop(struct policy_ruling *ruling, const char *why);

/* policy_rows.c: a line in Marlin's words, all but G0 to G3. */
policy_check_fn policy_marlin;
/* policy_grbl.c: a line in Grbl's words. */
policy_check_fn policy_grbl;

/* policy_move.c: G0 to G3 in Marlin's words, on printers and lasers. */
policy_check_fn policy_move;
/* policy_move.c: what decides positions: G28, G90, G91, G92, M82, M83. */
policy_check_fn policy_home, policy_absolute, policy_set_position;

/* A move to `to` (machine frame) along a line or an arc, of the axes in `letters`: refuses what
 * leaves the work area or cannot be checked. True if it may be made. */
struct policy_path {
    int motion;       /* 0 to 3 */
    bool relative;    /* G91 */
    uint32_t letters; /* GCODE_LETTER()s of the line */
    double to[3];
    double i, j, r; /* arcs; 0 when absent */
};
bool policy_path_check(const struct policy_state *state, const struct policy_path *path,
                       struct policy_ruling *ruling);

/* policy_limits.c: values against the profile. */
policy_check_fn policy_accel, policy_feed_limits, policy_jerk, policy_override, policy_advance,
    policy_dwell, policy_retract;
/* False and a refusal if the letter is there with a value outside low..high, or without one. */
bool policy_in_range(const struct gcode_line *line, char letter, double low, double high,
                     struct policy_ruling *ruling);

/* policy_heat.c: targets, fans, tools, and the printer a file was made for. */
policy_check_fn policy_nozzle, policy_bed, policy_fan, policy_tool, policy_prusa_check;
/* False and a refusal if the T of the line is none of the profile's tools. */
bool policy_tool_exists(const struct policy_state *state, const struct gcode_line *line,
                        struct policy_ruling *ruling);

/* policy_beam.c: Marlin lasers. */
policy_check_fn policy_beam_on, policy_beam_off, policy_beam_fan, policy_beam_dwell;

#endif
