/* SPDX-License-Identifier: Apache-2.0 */
/* Lasers on Marlin. Two ways to drive a beam: "M3 I" or "M4 I" with S on each move (inline), or the
 * fan output (M106, M107). Inline power follows the motion; the fan output does not, so after an
 * M106 the next thing must be a move. */
#include "policy_parts.h"

static void settle(struct policy_state *state)
{
    state->laser_on = state->beam != BEAM_OFF || state->fan;
    state->ended_off = !state->laser_on;
}

static bool s_fits(const struct policy_state *state, const struct gcode_line *line, double *s,
                   struct policy_ruling *ruling)
{
    *s = 0;
    if (gcode_line_has(line, 'S') && !gcode_line_value(line, 'S', s))
        policy_refuse(ruling, "S without a value: give one");
    else if (*s < 0 || *s > state->profile->s_max)
        policy_refuse(ruling, "S%g is outside 0 to %g of %s", *s, state->profile->s_max,
                      state->profile->id);
    return ruling->verdict != POLICY_REFUSE;
}

void policy_beam_on(struct policy_state *state, const struct gcode_line *line,
                    struct policy_ruling *ruling)
{
    double s;

    if (line->number == 3 && !state->profile->m3_allowed)
        policy_refuse(ruling, "M3 keeps the beam on while still: use M4 (dynamic power)");
    else if (!s_fits(state, line, &s, ruling))
        return;
    else if (s > 0 || (!gcode_line_has(line, 'I') && !gcode_line_has(line, 'S')))
        policy_refuse(ruling, "M%d would light the beam without motion: write M%d I and S on moves",
                      line->number, line->number);
    else {
        state->beam = line->number == 3 ? BEAM_CONSTANT : BEAM_DYNAMIC;
        state->s = 0;
        settle(state);
    }
}

void policy_beam_off(struct policy_state *state, const struct gcode_line *line,
                     struct policy_ruling *ruling)
{
    (void)line;
    (void)ruling;
    state->beam = BEAM_OFF;
    state->s = 0;
    settle(state);
}

void policy_beam_fan(struct policy_state *state, const struct gcode_line *line,
                     struct policy_ruling *ruling)
{
    double s;

    if (!s_fits(state, line, &s, ruling))
        return;
    if (line->number == 106 && !gcode_line_has(line, 'S'))
        s = state->profile->s_max; /* Marlin: full power */
    state->fan = line->number == 106 && s > 0;
    state->fan_still = state->fan;
    settle(state);
}

/* G4, M400, M0 and the like: the tool stands still. */
void policy_beam_dwell(struct policy_state *state, const struct gcode_line *line,
                       struct policy_ruling *ruling)
{
    bool waits_for_moves = line->letter == 'M' && line->number == 400;

    if (state->fan && (state->fan_still || !waits_for_moves))
        policy_refuse(ruling, "the beam would stay on while still: M107 first");
    else if (state->beam != BEAM_OFF && state->s > 0 && !waits_for_moves)
        policy_refuse(ruling, "the beam may stay on while still: M5 first");
}
