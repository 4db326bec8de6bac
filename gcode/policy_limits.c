/* SPDX-License-Identifier: Apache-2.0 */
/* Values against the profile: speeds, accelerations, jerk, flow. */
#include <math.h>

#include "policy_parts.h"

/* mm/s. 20 is Marlin's and Cura's own where tuned profiles say 8. */
static const double jerk_margin = 2.5;
static const double jerk_default = 20; /* for machines that have junction deviation instead */
static const double dwell_max_s = 3600;

bool policy_in_range(const struct gcode_line *line, char letter, double low, double high,
                     struct policy_ruling *ruling)
{
    double value;

    if (!gcode_line_has(line, letter))
        return true;
    if (!gcode_line_value(line, letter, &value)) {
        policy_refuse(ruling, "%c without a value: give one", letter);
        return false;
    }
    if (value >= low && value <= high)
        return true;
    policy_refuse(ruling,
                  "%c%d %c%g is outside %g to %g of this model: change the slicer's setting",
                  line->letter, line->number, letter, value, low, high);
    return false;
}

/* M204 counts for all axes together; the planner still keeps each axis to its M201. */
static void check_m204(const struct profile *p, const struct gcode_line *line,
                       struct policy_ruling *ruling)
{
    double max = fmax(p->accel_mm_s2, p->travel_accel_mm_s2);

    for (int axis = AXIS_X; axis < AXES; axis++)
        max = fmax(max, p->max_accel_mm_s2[axis]);
    for (const char *letter = "SPRT"; *letter != '\0'; letter++)
        if (!policy_in_range(line, *letter, 0, max, ruling))
            return;
}

void policy_accel(struct policy_state *state, const struct gcode_line *line,
                  struct policy_ruling *ruling)
{
    const struct profile *p = state->profile;

    if (line->number == 204) {
        check_m204(p, line, ruling);
        return;
    }
    for (int axis = AXIS_X; axis < AXES; axis++)
        if (!policy_in_range(line, "XYZE"[axis], 0, p -> max_accel_mm_s2[axis], ruling))
            return;
}

void policy_feed_limits(struct policy_state *state, const struct gcode_line *line,
                        struct policy_ruling *ruling)
{
    for (int axis = AXIS_X; axis < AXES; axis++)
        if (!policy_in_range(line, "XYZE"[axis], 0, state -> profile -> max_feed_mm_s[axis],
                             ruling))
            return;
}

void policy_jerk(struct policy_state *state, const struct gcode_line *line,
                 struct policy_ruling *ruling)
{
    for (int axis = AXIS_X; axis < AXES; axis++) {
        double jerk = state->profile->jerk_mm_s[axis];

        if (!policy_in_range(line, "XYZE"[axis], 0, jerk > 0 ? jerk * jerk_margin : jerk_default,
                             ruling))
            return;
    }
    if (policy_in_range(line, 'J', 0, 0.3, ruling) &&
        policy_in_range(line, 'B', 0, 100000, ruling) &&
        policy_in_range(line, 'S', 0, state->profile->max_feed_mm_s[AXIS_X], ruling))
        policy_in_range(line, 'T', 0, state->profile->max_feed_mm_s[AXIS_X], ruling);
}

void policy_override(struct policy_state *state, const struct gcode_line *line,
                     struct policy_ruling *ruling)
{
    if (policy_in_range(line, 'S', 50, 150, ruling))
        policy_tool_exists(state, line, ruling);
}

void policy_advance(struct policy_state *state, const struct gcode_line *line,
                    struct policy_ruling *ruling)
{
    (void)state;
    if (policy_in_range(line, 'K', 0, 200,
                        ruling)) /* 0 to 2 s, or 0 to 200 in Linear Advance 1.0 */
        policy_in_range(line, 'S', 0, 2, ruling);
}

void policy_dwell(struct policy_state *state, const struct gcode_line *line,
                  struct policy_ruling *ruling)
{
    (void)state;
    if (policy_in_range(line, 'S', 0, dwell_max_s, ruling))
        policy_in_range(line, 'P', 0, dwell_max_s * 1000, ruling);
}

void policy_retract(struct policy_state *state, const struct gcode_line *line,
                    struct policy_ruling *ruling)
{
    (void)state;
    policy_in_range(line, 'S', 0, 1, ruling);
}
