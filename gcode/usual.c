/* SPDX-License-Identifier: Apache-2.0 */
/* Without a branch where programs differ from line to line: which axes a line names and whether it
 * extrudes are as good as random, and what the processor guesses wrong costs as much as all the
 * rest here. */
#include "usual.h"

#include <math.h>
#include <string.h>

enum {
    XY_LETTERS = GCODE_LETTER('X') | GCODE_LETTER('Y'),
    USUAL_LETTERS = XY_LETTERS | GCODE_LETTER('Z') | GCODE_LETTER('E') | GCODE_LETTER('F'),
};

typedef int64_t mask __attribute__((vector_size(16)));

static double feed_mm_s(const struct policy_state *state, const struct measure *measure)
{
    return state->feed_mm_min / 60 * measure->estimate.limits.feed_factor;
}

void usual_settle(struct usual *u, const struct policy_state *state, const struct measure *measure)
{
    const struct profile *p = state->profile;

    u->may = p->kind == KIND_PRINTER && p->flavour == GCODE_MARLIN && p->allow[0] == '\0' &&
             state->numbers == NUMBERS_NONE && !state->relative && state->known[AXIS_X] &&
             state->known[AXIS_Y] && state->known[AXIS_Z] &&
             (state->extruded || state->e_relative == state->e_kept);
    u->low = (usual_pair){policy_low(p, AXIS_X), policy_low(p, AXIS_Y)};
    u->high = (usual_pair){policy_high(p, AXIS_X), policy_high(p, AXIS_Y)};
    u->low_z = (usual_pair){policy_low(p, AXIS_Z), -INFINITY};
    u->high_z = (usual_pair){policy_high(p, AXIS_Z), INFINITY};
    u->feed_mm_s = feed_mm_s(state, measure);
}

/* `to` on the axes the line names, else `from`. named: bit 0 for the first of both, bit 1. */
static inline usual_pair choose(uint32_t named, usual_pair to, usual_pair from)
{
    static const mask masks[4] = {{0, 0}, {-1, 0}, {0, -1}, {-1, -1}};

    return (usual_pair)(((mask)to & masks[named]) | ((mask)from & ~masks[named]));
}

static inline bool any(mask m)
{
    return (m[0] | m[1]) != 0;
}

static inline void grow(struct bounds *b, const double to[AXES], const double also[AXES])
{
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++) {
        double low = b->min[axis], high = b->max[axis], at = to[axis], other = also[axis];

        low = at < low ? at : low;
        high = at > high ? at : high;
        b->min[axis] = other < low ? other : low;
        b->max[axis] = other > high ? other : high;
    }
}

/* The move has been made. Where work begins belongs to its bounds; where it goes on it is in them
 * already. */
static inline void measure(struct measure *m, const struct policy_state *state,
                           const double from[AXES], const double delta[AXES])
{
    unsigned works = ((delta[AXIS_X] != 0) | (delta[AXIS_Y] != 0)) & (delta[AXIS_E] > 0);
    double to[2][AXES];

    memcpy(to[0], state->position, sizeof to[0]);
    memcpy(to[1], from, sizeof to[1]);
    if (works & (to[0][AXIS_Z] > m->highest))
        measure_layer(m, to[0][AXIS_Z]);
    m->tools |= works << (state->tool & 31);
    m->e += delta[AXIS_E];
    m->e_most = m->e > m->e_most ? m->e : m->e_most;
    grow(&m->bounds[works], to[0], to[works]);
    m->inside = works != 0;
}

bool usual_move(struct usual *u, struct policy_state *state, struct measure *m,
                const struct plain_move *move)
{
    const double *values = move->values;
    uint32_t letters = move->letters;
    double *position = state->position;
    double from[AXES], delta[AXES];
    usual_pair xy = {position[AXIS_X], position[AXIS_Y]};
    usual_pair ze = {position[AXIS_Z], position[AXIS_E]};
    usual_pair to_xy = {state->offset[AXIS_X] + values[GCODE_INDEX('X')],
                        state->offset[AXIS_Y] + values[GCODE_INDEX('Y')]};
    usual_pair to_ze = {state->offset[AXIS_Z] + values[GCODE_INDEX('Z')], values[GCODE_INDEX('E')]};

    if (!u->may || (letters & ~(uint32_t)USUAL_LETTERS) != 0)
        return false;
    if (state->e_relative)
        to_ze[1] += ze[1];
    to_xy = choose(letters / GCODE_LETTER('X') & 3, to_xy, xy);
    to_ze = choose((letters / GCODE_LETTER('Z') & 1) | (letters / GCODE_LETTER('E') & 1) << 1,
                   to_ze, ze);
    if (any((to_xy < u->low) | (to_xy > u->high) | (to_ze < u->low_z) | (to_ze > u->high_z)))
        return false;
    memcpy(from, &xy, sizeof xy);
    memcpy(from + 2, &ze, sizeof ze);
    memcpy(position, &to_xy, sizeof to_xy);
    memcpy(position + 2, &to_ze, sizeof to_ze);
    xy = to_xy - xy;
    ze = to_ze - ze;
    memcpy(delta, &xy, sizeof xy);
    memcpy(delta + 2, &ze, sizeof ze);
    if ((letters & GCODE_LETTER('F')) != 0 && values[GCODE_INDEX('F')] > 0) {
        state->feed_mm_min = values[GCODE_INDEX('F')];
        u->feed_mm_s = feed_mm_s(state, m);
    }
    state->extruded |= (delta[AXIS_E] > 0) & ((letters & XY_LETTERS) != 0);
    state->motion = move->number;
    measure(m, state, from, delta);
    estimate_straight(&m->estimate, delta, u->feed_mm_s);
    return true;
}
