/* SPDX-License-Identifier: Apache-2.0 */
/* What a move does: whether it extrudes or cuts, and the circle of an arc. Pure; inline, since each
 * line of a program asks. */
#ifndef USINE_GCODE_MOTION_H
#define USINE_GCODE_MOTION_H

#include <string.h>

#include "arc.h"
#include "policy.h"

static inline bool motion_beam_on(const struct policy_state *state)
{
    return state->fan || (state->beam != BEAM_OFF && state->s > 0 && state->motion != 0);
}

/* True when the move leaves something behind: it goes somewhere in the plane and extrudes, or its
 * beam is on. delta: how far each axis went. */
static inline bool motion_works(const struct policy_state *state, const double delta[AXES],
                                bool arc)
{
    bool goes = delta[AXIS_X] != 0 || delta[AXIS_Y] != 0 || arc;

    if (state->profile->kind == KIND_PRINTER)
        return goes && delta[AXIS_E] > 0;
    return goes && motion_beam_on(state);
}

/* The circle of a G2 or G3 that began at `from`; false: it is none. */
static inline bool motion_arc(struct arc *arc, const struct policy_state *state,
                              const struct gcode_line *line, const double from[AXES])
{
    struct arc_words words = {.clockwise = state->motion == 2};

    if (state->motion < 2)
        return false;
    memcpy(words.from, from, sizeof words.from);
    memcpy(words.to, state->position, sizeof words.to);
    gcode_line_value(line, 'I', &words.i);
    gcode_line_value(line, 'J', &words.j);
    words.has_r = gcode_line_value(line, 'R', &words.r);
    return arc_from_words(arc, &words);
}

#endif
