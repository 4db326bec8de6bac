/* SPDX-License-Identifier: Apache-2.0 */
/* Moves wait until there is a batch of them, and become blocks at the end of the queue
 * (estimate_moves.c). When the queue is full, a pass from the newest block back bounds each entry
 * speed by what can still be braked, a pass from the oldest forward by what can be reached; then
 * the older blocks have their final speeds and leave. Speeds are kept squared, so that the passes
 * need no root. */
#include "estimate.h"

#include <math.h>
#include <string.h>

static const double default_retract_accel = 1000; /* mm/s2; what slicers assume without M204 R */
static const double slowest_mm_s = 0.05;          /* Marlin MINIMUM_PLANNER_SPEED */

static const double no_arc_mm = 1e12; /* the radius of a line */

static double over(double limit)
{
    return limit > 0 ? 1 / limit : 0;
}

void estimate_begin(struct estimate *e, const struct profile *profile)
{
    struct estimate_limits *l = &e->limits;

    for (int axis = AXIS_X; axis < AXES; axis++) {
        l->per_feed[axis] = over(profile->max_feed_mm_s[axis]);
        l->per_accel[axis] = over(profile->max_accel_mm_s2[axis]);
        l->per_jerk[axis] = over(profile->jerk_mm_s[axis]);
    }
    l->accel = profile->accel_mm_s2;
    l->travel_accel = profile->travel_accel_mm_s2 > 0 ? profile->travel_accel_mm_s2 : l->accel;
    l->retract_accel = fmax(l->accel, default_retract_accel);
    l->deviation_mm = profile->junction_deviation_mm;
    l->by_jerk = l->per_jerk[AXIS_X] > 0 || l->per_jerk[AXIS_Y] > 0;
    l->rapids = profile->flavour == GCODE_GRBL;
    l->feed_factor = 1;
    e->seconds = e->first2 = 0;
    e->count = 0;
    memset(&e->moves, 0, sizeof e->moves);
    e->moves.room = ESTIMATE_BATCH;
}

/* Not fmin(): this becomes one instruction. */
static inline double min2(double a, double b)
{
    return a < b ? a : b;
}

/* Entry speeds of the whole queue; `exit2` is the speed after the newest block. */
static void plan(struct estimate *e, double exit2)
{
    double reached;

    e->entry2[e->count] = exit2;
    for (size_t i = e->count; i-- > 0;) {
        exit2 = min2(e->max_entry2[i], exit2 + 2 * e->accel[i] * e->length[i]);
        e->entry2[i] = exit2;
    }
    e->entry2[0] = reached = min2(e->entry2[0], e->first2);
    for (size_t i = 1; i < e->count; i++) {
        reached = min2(e->entry2[i], reached + 2 * e->accel[i - 1] * e->length[i - 1]);
        e->entry2[i] = reached;
    }
}

/* Seconds for the oldest n blocks. Without a branch, as the moves (estimate_moves.c): whether a
 * block reaches its full speed is as good as random. */
static void time_blocks(const struct estimate *e, size_t n, double *restrict seconds)
{
    double speed[ESTIMATE_BLOCKS + 1];

    for (size_t i = 0; i <= n; i++)
        speed[i] = sqrt(e->entry2[i]);
    for (size_t i = 0; i < n; i++) {
        double entry = speed[i], exit = speed[i + 1], cruise = e->cruise[i];
        double accel = e->accel[i], length = e->length[i], sum2 = e->entry2[i] + e->entry2[i + 1];
        /* mm to speed up and brake */
        double ramps = (2 * (cruise * cruise) - e->entry2[i] - e->entry2[i + 1]) / (2 * accel);
        double peak = sqrt(accel * length + sum2 / 2);
        double level = ramps <= length ? (length - ramps) / cruise : 0;
        double top = ramps <= length ? cruise : peak;
        double whole = (2 * top - entry - exit) / accel + level;
        /* one ramp: rounding may leave it just too short */
        double ramp = 2 * length / (entry + exit + slowest_mm_s);
        bool one = (ramps > length) & ((peak < entry) | (peak < exit));

        seconds[i] = one ? ramp : whole;
    }
}

/* Times the oldest n blocks and takes them out. */
static void retire(struct estimate *e, size_t n)
{
    double seconds[ESTIMATE_BLOCKS];
    double *const figures[] = {e->length, e->accel, e->cruise, e->max_entry2};

    time_blocks(e, n, seconds);
    for (size_t i = 0; i < n; i++)
        e->seconds += seconds[i];
    e->first2 = e->entry2[n];
    e->count -= n;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        memmove(figures[i], figures[i] + n, e->count * sizeof figures[i][0]);
    e->moves.room = ESTIMATE_BATCH; /* n leaves so much behind */
}

/* Ends the moves so far as if the machine stood still behind them. */
static void plan_all(struct estimate *e)
{
    estimate_settle(e);
    plan(e, e->moves.safe[0] * e->moves.safe[0]);
}

static void drain(struct estimate *e)
{
    plan_all(e);
    retire(e, e->count);
    e->moves.cruise[0] = 0;
}

void estimate_make_room(struct estimate *e)
{
    if (e->count + e->moves.count == ESTIMATE_BLOCKS) {
        plan_all(e);
        retire(e, ESTIMATE_BLOCKS - ESTIMATE_KEEP);
    } else {
        estimate_settle(e);
    }
}

void estimate_end_straight(struct estimate_moves *m, const double delta[AXES])
{
    m->radius[m->count] = no_arc_mm;
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++)
        m->end[axis][m->count + 1] = delta[axis];
}

/* The moves so far end as they begin. */
static void begin_arcs(struct estimate_moves *m)
{
    for (size_t i = 0; i < m->count; i++)
        m->radius[i] = no_arc_mm;
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++)
        memcpy(m->end[axis] + 1, m->begin[axis] + 1, m->count * sizeof m->end[axis][0]);
    m->arcs = true;
}

static void add_arc(struct estimate *e, const struct estimate_move *arc, double feed)
{
    struct estimate_moves *m = &e->moves;
    double length2 = arc->arc_mm * arc->arc_mm + arc->delta[AXIS_Z] * arc->delta[AXIS_Z];

    if (!(length2 > ESTIMATE_LENGTH2_MIN) || !(feed > 0))
        return;
    if (m->count == m->room)
        estimate_make_room(e);
    if (!m->arcs)
        begin_arcs(m);
    m->length2[m->count] = length2;
    m->feed[m->count] = feed;
    m->radius[m->count++] = arc->arc_radius;
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++) {
        m->begin[axis][m->count] = arc->enter[axis] * arc->arc_mm;
        m->end[axis][m->count] = arc->leave[axis] * arc->arc_mm;
    }
    for (int axis = AXIS_Z; axis < AXES; axis++)
        m->begin[axis][m->count] = arc->delta[axis];
}

void estimate_add(struct estimate *e, const struct estimate_move *m)
{
    double feed = m->rapid && e->limits.rapids ? 1e6 : m->feed_mm_s * e->limits.feed_factor;

    if (m->arc)
        add_arc(e, m, feed);
    else
        estimate_straight(e, m->delta, feed);
}

void estimate_stop(struct estimate *e, double seconds)
{
    drain(e);
    e->seconds += seconds;
}

static void take(const struct gcode_line *line, char letter, double *place)
{
    double value;

    if (gcode_line_value(line, letter, &value) && value > 0)
        *place = value;
}

static void take_limit(const struct gcode_line *line, char letter, double *per)
{
    double value;

    if (gcode_line_value(line, letter, &value) && value > 0)
        *per = 1 / value;
}

/* M201, M203, M205 */
static void take_limits(const struct gcode_line *line, double per[AXES])
{
    for (int axis = AXIS_X; axis < AXES; axis++)
        take_limit(line, "XYZE"[axis], &per[axis]);
}

void estimate_command(struct estimate *e, const struct gcode_line *line)
{
    struct estimate_limits *l = &e->limits;
    double percent = 100;

    if (line->letter != 'M' || line->sub != 0 || line->number < 201 || line->number > 220)
        return;
    estimate_settle(e); /* at the limits up to here */
    if (line->number == 201) {
        take_limits(line, l->per_accel);
    } else if (line->number == 203) {
        take_limits(line, l->per_feed);
    } else if (line->number == 205) {
        take_limits(line, l->per_jerk);
    } else if (line->number == 204) {
        take(line, 'S', &l->accel);
        take(line, 'S', &l->travel_accel);
        take(line, 'P', &l->accel);
        take(line, 'T', &l->travel_accel);
        take(line, 'R', &l->retract_accel);
    } else if (line->number == 220) {
        take(line, 'S', &percent);
        l->feed_factor = percent / 100;
    }
}

double estimate_seconds(struct estimate *e)
{
    drain(e);
    return e->seconds;
}
