/* SPDX-License-Identifier: Apache-2.0 */
/* Moves become blocks by the batch: each step is a loop over all moves without a branch, so that
 * the processor works at many of them at once. One move at a time, it would wait for each root and
 * division in turn; that was a third of an analysis. */
#include <math.h>
#include <string.h>

#include "estimate.h"

static const double slowest_mm_s = 0.05; /* Marlin MINIMUM_PLANNER_SPEED */

/* Not fmin() and fmax(): these become one instruction each. */
static inline double min2(double a, double b)
{
    return a < b ? a : b;
}

static inline double max2(double a, double b)
{
    return a > b ? a : b;
}

/* The largest share of an axis's limit that speed 1 along the move takes. */
static inline double worst(const struct estimate_moves *m, size_t i, const double per[AXES])
{
    return max2(
        max2(fabs(m->begin[AXIS_X][i]) * per[AXIS_X], fabs(m->begin[AXIS_Y][i]) * per[AXIS_Y]),
        max2(fabs(m->begin[AXIS_Z][i]) * per[AXIS_Z], fabs(m->begin[AXIS_E][i]) * per[AXIS_E]));
}

static void set_directions(struct estimate_moves *m, double *restrict length)
{
    for (size_t i = 0; i < m->count; i++) {
        double inverse;

        length[i] = sqrt(m->length2[i]);
        inverse = 1 / length[i];
        for (int axis = AXIS_X; axis < AXES; axis++)
            m->begin[axis][i + 1] *= inverse;
    }
    for (size_t i = 0; m->arcs && i < m->count; i++)
        for (int axis = AXIS_X; axis <= AXIS_Y; axis++)
            m->end[axis][i + 1] *= 1 / length[i];
}

/* How the moves end along an axis. */
static const double *ends(const struct estimate_moves *m, int axis)
{
    return m->arcs && axis <= AXIS_Y ? m->end[axis] : m->begin[axis];
}

static void set_accels(const struct estimate_moves *m, const struct estimate_limits *limits,
                       double *restrict out)
{
    const struct estimate_limits l = *limits;

    for (size_t i = 0; i < m->count; i++) {
        bool in_place = (m->begin[AXIS_X][i + 1] == 0) & (m->begin[AXIS_Y][i + 1] == 0) &
                        (m->begin[AXIS_Z][i + 1] == 0);
        double accel = m->begin[AXIS_E][i + 1] == 0 ? l.travel_accel : l.accel;

        accel = in_place ? l.retract_accel : accel;
        accel /= max2(accel * worst(m, i + 1, l.per_accel), 1);
        out[i] = accel > 0 ? accel : 1;
    }
}

static void set_cruises(struct estimate_moves *m, const struct estimate_limits *limits,
                        const double *restrict accel)
{
    const struct estimate_limits l = *limits;

    for (size_t i = 0; i < m->count; i++) {
        double cruise = m->feed[i];

        cruise /= max2(cruise * worst(m, i + 1, l.per_feed), 1);
        m->cruise[i + 1] = max2(cruise, slowest_mm_s);
    }
    for (size_t i = 0; m->arcs && i < m->count; i++)
        m->cruise[i + 1] =
            max2(min2(m->cruise[i + 1], sqrt(accel[i] * m->radius[i])), slowest_mm_s);
}

/* As Marlin: the smallest jerk of the axes that go faster than theirs. */
static void set_safes(struct estimate_moves *m, const struct estimate_limits *limits)
{
    const struct estimate_limits l = *limits;

    for (size_t i = 1; i <= m->count; i++) {
        double cruise = m->cruise[i], safe = cruise;

        for (int axis = AXIS_X; axis < AXES; axis++) {
            double share = fabs(m->begin[axis][i] * cruise) * l.per_jerk[axis];

            safe = min2(safe, share > 1 ? 1 / l.per_jerk[axis] : cruise);
        }
        m->safe[i] = safe;
    }
}

/* How far an axis jumps between two speeds: their difference, or the larger when it turns round. */
static inline double change(double before, double after)
{
    return max2(fabs(max2(before, 0) - max2(after, 0)), fabs(min2(before, 0) - min2(after, 0)));
}

/* Classic jerk, as Marlin: the highest speed at which no axis jumps by more than its jerk. Like
 * Marlin it takes the faster move's entry at full speed, so gaining speed counts as a jump. */
static void join_by_jerk(const struct estimate_moves *m, const struct estimate_limits *limits,
                         double *restrict max_entry2)
{
    const struct estimate_limits l = *limits;
    const double *end[AXES] = {ends(m, AXIS_X), ends(m, AXIS_Y), ends(m, AXIS_Z), ends(m, AXIS_E)};

    for (size_t i = 0; i < m->count; i++) {
        double cruise = m->cruise[i + 1], slower = min2(cruise, m->cruise[i]);
        double safe = m->safe[i + 1], share = 1;

        for (int axis = AXIS_X; axis < AXES; axis++) {
            share = max2(share, change(end[axis][i] * slower, m->begin[axis][i + 1] * cruise) *
                                    l.per_jerk[axis]);
        }
        slower /= share;
        slower = min2(m->safe[i], safe) > slower * 0.99 ? safe : slower;
        max_entry2[i] = slower * slower;
    }
}

/* Junction deviation, as Grbl: squared speed on the circle that cuts the corner so closely. */
static void join_by_deviation(const struct estimate_moves *m, double deviation_mm,
                              const double *restrict accel, double *restrict max_entry2)
{
    const double *end_x = ends(m, AXIS_X), *end_y = ends(m, AXIS_Y);

    for (size_t i = 0; i < m->count; i++) {
        double slower = min2(m->cruise[i + 1], m->cruise[i]), slower2 = slower * slower;
        double cosine = -(end_x[i] * m->begin[AXIS_X][i + 1]) - end_y[i] * m->begin[AXIS_Y][i + 1] -
                        m->begin[AXIS_Z][i] * m->begin[AXIS_Z][i + 1];
        double sine_half = sqrt(0.5 * (1 - cosine));
        double round2 = min2(slower2, accel[i] * deviation_mm * sine_half / (1 - sine_half));

        round2 = cosine > 0.999999 ? 0 : round2; /* straight back */
        max_entry2[i] = cosine < -0.999999 ? slower2 : round2;
    }
}

/* What the next batch has to know of the newest block. */
static void remember_newest(struct estimate_moves *m)
{
    for (int axis = AXIS_X; axis < AXES; axis++)
        m->begin[axis][0] = ends(m, axis)[m->count];
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++)
        m->end[axis][0] = m->begin[axis][0];
    m->cruise[0] = m->cruise[m->count];
    m->safe[0] = m->safe[m->count];
    m->count = 0;
    m->arcs = false;
}

void estimate_settle(struct estimate *e)
{
    struct estimate_moves *m = &e->moves;
    double *accel = e->accel + e->count, *max_entry2 = e->max_entry2 + e->count;

    if (m->count == 0)
        return;
    set_directions(m, e->length + e->count);
    set_accels(m, &e->limits, accel);
    set_cruises(m, &e->limits, accel);
    memcpy(e->cruise + e->count, m->cruise + 1, m->count * sizeof m->cruise[0]);
    if (e->limits.by_jerk) {
        set_safes(m, &e->limits);
        join_by_jerk(m, &e->limits, max_entry2);
    } else {
        memset(m->safe + 1, 0, m->count * sizeof m->safe[0]);
        join_by_deviation(m, e->limits.deviation_mm, accel, max_entry2);
    }
    if (m->cruise[0] == 0) { /* from standstill */
        max_entry2[0] = m->safe[1] * m->safe[1];
        if (e->count == 0)
            e->first2 = max_entry2[0];
    }
    e->count += m->count;
    m->room =
        ESTIMATE_BLOCKS - e->count < ESTIMATE_BATCH ? ESTIMATE_BLOCKS - e->count : ESTIMATE_BATCH;
    remember_newest(m);
}
