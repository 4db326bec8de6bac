/* SPDX-License-Identifier: Apache-2.0 */
#include "measure.h"

#include <math.h>
#include <string.h>

#include "motion.h"

static const double same_height_mm = 0.005;

void measure_begin(struct measure *m, const struct profile *profile)
{
    memset(m, 0, offsetof(struct measure, estimate));
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++)
        for (int works = 0; works < 2; works++) {
            m->bounds[works].min[axis] = INFINITY;
            m->bounds[works].max[axis] = -INFINITY;
        }
    m->highest = -INFINITY;
    estimate_begin(&m->estimate, profile);
}

static inline void grow(double *min, double *max, double at)
{
    *min = at < *min ? at : *min;
    *max = at > *max ? at : *max;
}

/* Where a point is, on the axes whose position is known. */
static inline void grow_by(struct bounds *bounds, const struct policy_state *state,
                           const double at[AXES])
{
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++)
        if (state->known[axis])
            grow(&bounds->min[axis], &bounds->max[axis], at[axis]);
}

static void count_step(struct measure *m, double step)
{
    int hundredths = (int)lround(step * 100);
    size_t i = 0;

    while (i < MEASURE_STEPS && m->steps[i].count > 0 && m->steps[i].hundredths != hundredths)
        i++;
    if (i == MEASURE_STEPS)
        return;
    m->steps[i].hundredths = hundredths;
    m->steps[i].count++;
}

void measure_layer(struct measure *m, double height)
{
    if (height <= m->highest + same_height_mm)
        return;
    if (m->layers > 0 && height - m->highest < 10)
        count_step(m, height - m->highest);
    m->highest = height;
    m->layers++;
}

static void set_tangents(struct estimate_move *move, const struct arc *arc)
{
    double way = arc->clockwise ? -1 : 1;
    double end = arc->start + way * arc->sweep;

    move->arc = true;
    move->arc_mm = arc_length(arc);
    move->arc_radius = arc->radius;
    move->enter[0] = -sin(arc->start) * way;
    move->enter[1] = cos(arc->start) * way;
    move->leave[0] = -sin(end) * way;
    move->leave[1] = cos(end) * way;
}

void measure_move(struct measure *m, const struct policy_state *state,
                  const struct gcode_line *line, const double from[AXES])
{
    struct estimate_move move;
    struct arc arc;
    double min[2], max[2];
    struct bounds *bounds;
    bool works;

    move.arc = false;
    move.rapid = state->motion == 0;
    move.feed_mm_s = state->feed_mm_min / 60;
    for (int axis = AXIS_X; axis < AXES; axis++)
        move.delta[axis] = state->position[axis] - from[axis];
    if (motion_arc(&arc, state, line, from))
        set_tangents(&move, &arc);
    works = motion_works(state, move.delta, move.arc);
    bounds = &m->bounds[works];
    if (works) {
        m->tools |= 1u << (state->tool & 31);
        if (state->profile->kind == KIND_PRINTER && state->known[AXIS_Z])
            measure_layer(m, state->position[AXIS_Z]);
        else if (state->profile->kind == KIND_LASER)
            m->cut_mm += move.arc ? move.arc_mm : hypot(move.delta[AXIS_X], move.delta[AXIS_Y]);
    }
    m->e += move.delta[AXIS_E];
    if (m->e > m->e_most)
        m->e_most = m->e;
    grow_by(bounds, state, state->position);
    if (works && !m->inside)
        grow_by(bounds, state, from);
    m->inside = works && state->known[AXIS_X] && state->known[AXIS_Y] && state->known[AXIS_Z];
    if (move.arc) {
        arc_box(&arc, min, max);
        for (int axis = AXIS_X; axis <= AXIS_Y; axis++) {
            grow(&bounds->min[axis], &bounds->max[axis], min[axis]);
            grow(&bounds->min[axis], &bounds->max[axis], max[axis]);
        }
    }
    estimate_add(&m->estimate, &move);
}

static void dwell(struct measure *m, const struct policy_state *state,
                  const struct gcode_line *line)
{
    double p = 0, s = 0;

    gcode_line_value(line, 'P', &p);
    gcode_line_value(line, 'S', &s);
    if (state->profile->flavour == GCODE_MARLIN) /* Grbl: P in seconds */
        p /= 1000;
    estimate_stop(&m->estimate, s > 0 ? s : p);
}

/* Commands that wait until the planner is empty. */
static bool is_barrier(const struct policy_state *state, const struct gcode_line *line)
{
    static const short numbers[] = {0, 1, 18, 84, 109, 190, 400, 600};

    if (line->letter == 'G')
        return line->number == 28 || line->number == 29 || line->number == 80;
    if (line->letter != 'M')
        return line->letter == 'T';
    if (state->profile->kind == KIND_LASER && line->number >= 3 && line->number <= 5)
        return true;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (line->number == numbers[i])
            return true;
    return false;
}

void measure_command(struct measure *m, const struct policy_state *state,
                     const struct gcode_line *line)
{
    double target = 0;

    m->inside = false; /* it may know another position now */
    if (line->letter == 'T')
        m->tools |= 1u << (state->tool & 31);
    if (gcode_line_is(line, 'G', 4))
        dwell(m, state, line);
    else if (is_barrier(state, line))
        estimate_stop(&m->estimate, 0);
    if (line->letter != 'M' || state->profile->kind != KIND_PRINTER)
        return;
    estimate_command(&m->estimate, line);
    if (!gcode_line_value(line, 'S', &target))
        gcode_line_value(line, 'R', &target);
    if (line->number == 104 || line->number == 109)
        m->nozzle_max = fmax(m->nozzle_max, target);
    else if (line->number == 140 || line->number == 190)
        m->bed_max = fmax(m->bed_max, target);
}

static double nan_if_none(double value)
{
    return isinf(value) ? NAN : value;
}

void measure_end(struct measure *m, const struct profile *profile, struct analysis *out)
{
    uint32_t most = 0;
    double radius = profile->filament_mm / 2;

    for (int axis = AXIS_X; axis <= AXIS_Z; axis++) {
        out->min_mm[axis] = nan_if_none(m->bounds[1].min[axis]);
        out->max_mm[axis] = nan_if_none(m->bounds[1].max[axis]);
        out->travel_min_mm[axis] = nan_if_none(m->bounds[0].min[axis]);
        out->travel_max_mm[axis] = nan_if_none(m->bounds[0].max[axis]);
    }
    out->layers = m->layers;
    for (size_t i = 0; i < MEASURE_STEPS && m->steps[i].count > 0; i++)
        if (m->steps[i].count > most) {
            most = m->steps[i].count;
            out->layer_mm = m->steps[i].hundredths / 100.0;
        }
    out->filament_mm = m->e_most;
    out->filament_cm3 = m->e_most * 3.141592653589793 * radius * radius / 1000;
    out->cut_mm = m->cut_mm;
    out->tools = m->tools;
    out->nozzle_max_c = m->nozzle_max;
    out->bed_max_c = m->bed_max;
    out->time_s = estimate_seconds(&m->estimate);
}
