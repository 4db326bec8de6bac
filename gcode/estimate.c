/* SPDX-License-Identifier: Apache-2.0 */
/* A move becomes a block at the end of the queue. When the queue is full, a pass from the newest
 * block back bounds each entry speed by what can still be braked, a pass from the oldest forward by
 * what can be reached; then the older blocks have their final speeds and leave. Speeds are kept
 * squared, so that the passes need no root. */
#include "estimate.h"

#include <math.h>
#include <string.h>

static const double default_retract_accel = 1000; /* mm/s2; what slicers assume without M204 R */
static const double slowest_mm_s = 0.05;          /* Marlin MINIMUM_PLANNER_SPEED */

static double over(double limit)
{
    return limit > 0 ? 1 / limit : 0;
}

/* What no plain move (see is_plain) can exceed. */
static double smallest_limit(const double per[AXES])
{
    return 1 / fmax(fmax(per[AXIS_X], per[AXIS_Y]), fmax(per[AXIS_E], 1e-9));
}

/* What follows from the limits. */
static void derive(struct estimate *e)
{
    for (int axis = AXIS_X; axis < AXES; axis++)
        e->jerk[axis] = e->per_jerk[axis] > 0 ? 1 / e->per_jerk[axis] : 0;
    e->plain_feed = smallest_limit(e->per_feed);
    e->plain_accel = smallest_limit(e->per_accel);
}

void estimate_begin(struct estimate *e, const struct profile *profile)
{
    for (int axis = AXIS_X; axis < AXES; axis++) {
        e->per_feed[axis] = over(profile->max_feed_mm_s[axis]);
        e->per_accel[axis] = over(profile->max_accel_mm_s2[axis]);
        e->per_jerk[axis] = over(profile->jerk_mm_s[axis]);
    }
    derive(e);
    e->accel = profile->accel_mm_s2;
    e->travel_accel = profile->travel_accel_mm_s2 > 0 ? profile->travel_accel_mm_s2 : e->accel;
    e->retract_accel = fmax(e->accel, default_retract_accel);
    e->deviation_mm = profile->junction_deviation_mm;
    e->by_jerk = e->per_jerk[AXIS_X] > 0 || e->per_jerk[AXIS_Y] > 0;
    e->rapids = profile->flavour == GCODE_GRBL;
    e->feed_factor = 1;
    e->seconds = e->entry2 = e->cruise = e->safe = 0;
    e->count = 0;
}

/* Not fmin() and fmax(): these become one instruction each. */
static inline double min2(double a, double b)
{
    return a < b ? a : b;
}

static inline double max2(double a, double b)
{
    return a > b ? a : b;
}

/* The value or 0, without a branch: whether it holds is as good as random here. */
static inline double when(bool holds, double value)
{
    return (double)holds * value;
}

/* The largest share of an axis's limit that speed 1 along unit takes. */
static inline double worst(const double unit[AXES], const double per[AXES])
{
    return max2(max2(fabs(unit[AXIS_X]) * per[AXIS_X], fabs(unit[AXIS_Y]) * per[AXIS_Y]),
                max2(fabs(unit[AXIS_Z]) * per[AXIS_Z], fabs(unit[AXIS_E]) * per[AXIS_E]));
}

/* Entry speeds of the whole queue; `exit2` is the speed after the newest block. */
static void plan(struct estimate *e, double exit2)
{
    struct estimate_block *b = e->blocks;
    double reached;

    for (size_t i = e->count; i-- > 0;) {
        exit2 = min2(b[i].max_entry2, exit2 + 2 * b[i].accel * b[i].length);
        b[i].entry2 = exit2;
    }
    b[0].entry2 = reached = min2(b[0].entry2, e->entry2);
    for (size_t i = 1; i < e->count; i++) {
        reached = min2(b[i].entry2, reached + 2 * b[i - 1].accel * b[i - 1].length);
        b[i].entry2 = reached;
    }
}

/* Seconds for a block between two speeds (squared: v2). */
static double block_seconds(const struct estimate_block *b, double entry, double exit, double exit2)
{
    double cruise = b->cruise, cruise2 = cruise * cruise;
    double ramps =
        (2 * cruise2 - b->entry2 - exit2) / (2 * b->accel); /* mm to speed up and brake */

    if (ramps <= b->length)
        return (2 * cruise - entry - exit) / b->accel + (b->length - ramps) / cruise;
    cruise = sqrt(b->accel * b->length + (b->entry2 + exit2) / 2);
    if (cruise < entry || cruise < exit) /* one ramp: rounding may leave it just too short */
        return 2 * b->length / (entry + exit + slowest_mm_s);
    return (2 * cruise - entry - exit) / b->accel;
}

/* Times the oldest n blocks and takes them out; `exit2` is the speed after them. */
static void retire(struct estimate *e, size_t n, double exit2)
{
    double entry, exit, next2;

    if (n == 0)
        return;
    entry = sqrt(e->blocks[0].entry2);
    for (size_t i = 0; i < n; i++) {
        next2 = i + 1 < n ? e->blocks[i + 1].entry2 : exit2;
        exit = sqrt(next2);
        e->seconds += block_seconds(&e->blocks[i], entry, exit, next2);
        entry = exit;
    }
    e->count -= n;
    memmove(e->blocks, e->blocks + n, e->count * sizeof e->blocks[0]);
    e->entry2 = exit2;
}

static void flush(struct estimate *e)
{
    size_t n = e->count - ESTIMATE_KEEP;

    plan(e, e->blocks[e->count - 1].safe2);
    retire(e, n, e->blocks[n].entry2);
}

static void drain(struct estimate *e)
{
    if (e->count == 0)
        return;
    plan(e, e->blocks[e->count - 1].safe2);
    retire(e, e->count, e->blocks[e->count - 1].safe2);
    e->cruise = 0;
}

/* Length of the move and its directions where it begins and where it ends; 0: it goes nowhere. */
static double directions(const struct estimate_move *m, double begin[AXES], double end[AXES])
{
    double x = m->delta[AXIS_X], y = m->delta[AXIS_Y], z = m->delta[AXIS_Z];
    double length = m->arc ? hypot(m->arc_mm, z) : sqrt(x * x + y * y + z * z);
    double inverse;

    if (length == 0)
        length = fabs(m->delta[AXIS_E]);
    if (!(length > 1e-9))
        return 0;
    inverse = 1 / length;
    for (int axis = AXIS_X; axis < AXES; axis++)
        begin[axis] = end[axis] = m->delta[axis] * inverse;
    for (int axis = AXIS_X; m->arc && axis <= AXIS_Y; axis++) {
        begin[axis] = m->enter[axis] * m->arc_mm * inverse;
        end[axis] = m->leave[axis] * m->arc_mm * inverse;
    }
    return length;
}

/* Two axes at a time: X and Y, Z and E. The choice is made without a branch, as on each axis it is
 * as good as random. */
typedef double pair __attribute__((vector_size(16)));
typedef long long pair_mask __attribute__((vector_size(16)));

static inline pair pair_of(const double *axes)
{
    pair p;

    memcpy(&p, axes, sizeof p);
    return p;
}

static inline pair pair_pick(pair_mask mask, pair yes, pair no)
{
    return (pair)(((pair_mask)yes & mask) | ((pair_mask)no & ~mask));
}

static inline pair pair_max(pair a, pair b)
{
    return pair_pick(a > b, a, b);
}

static inline pair pair_min(pair a, pair b)
{
    return pair_pick(a < b, a, b);
}

/* How far an axis jumps between two speeds: their difference, or the larger when it turns round. */
static inline pair change(pair before, pair after)
{
    const pair zero = {0, 0};
    pair low = pair_min(before, after), high = pair_max(before, after);

    return pair_max(pair_max(high, zero) - pair_max(low, zero),
                    pair_min(high, zero) - pair_min(low, zero));
}

/* Classic jerk, as Marlin: the highest speed at which no axis jumps by more than its jerk. Like
 * Marlin it takes the faster move's entry at full speed, so gaining speed counts as a jump. */
static double junction_by_jerk(const struct estimate *e, const double unit[AXES], double cruise,
                               double safe)
{
    double slower = min2(cruise, e->cruise);
    pair share = {1, 1};

    for (int axis = AXIS_X; axis < AXES; axis += 2)
        share = pair_max(share,
                         change(pair_of(e->unit + axis) * slower, pair_of(unit + axis) * cruise) *
                             pair_of(e->per_jerk + axis));
    slower /= max2(share[0], share[1]);
    return slower + when(min2(e->safe, safe) > slower * 0.99, safe - slower);
}

/* Junction deviation, as Grbl: squared speed on the circle that cuts the corner so closely. */
static double junction_by_deviation2(const struct estimate *e, const double unit[AXES],
                                     double accel, double cruise)
{
    double slower = min2(cruise, e->cruise);
    double cosine = 0, sine_half;

    for (int axis = AXIS_X; axis <= AXIS_Z; axis++)
        cosine -= e->unit[axis] * unit[axis];
    if (cosine > 0.999999)
        return 0; /* straight back */
    if (cosine < -0.999999)
        return slower * slower;
    sine_half = sqrt(0.5 * (1 - cosine));
    return min2(slower * slower, accel * e->deviation_mm * sine_half / (1 - sine_half));
}

/* Nearly all moves: level, and with less filament than way. */
static inline bool is_plain(const double unit[AXES])
{
    return unit[AXIS_Z] == 0 && fabs(unit[AXIS_E]) <= 1;
}

static double move_accel(const struct estimate *e, const struct estimate_move *m,
                         const double unit[AXES])
{
    bool in_place = m->delta[AXIS_X] == 0 && m->delta[AXIS_Y] == 0 && m->delta[AXIS_Z] == 0;
    double accel = e->accel, share;

    if (in_place && !m->arc)
        accel = e->retract_accel;
    else if (m->delta[AXIS_E] == 0)
        accel = e->travel_accel;
    if (is_plain(unit) && accel <= e->plain_accel)
        return accel;
    share = worst(unit, e->per_accel);
    return accel / max2(accel * share, 1);
}

static double move_cruise(const struct estimate *e, const struct estimate_move *m,
                          const double unit[AXES], double accel)
{
    double cruise = m->rapid && e->rapids ? 1e6 : m->feed_mm_s * e->feed_factor;

    if (!is_plain(unit) || cruise > e->plain_feed)
        cruise /= max2(cruise * worst(unit, e->per_feed), 1);
    if (m->arc)
        cruise = min2(cruise, sqrt(accel * m->arc_radius));
    return max2(cruise, slowest_mm_s);
}

/* The speed a block may begin with from standstill: as Marlin, the smallest jerk of its axes that
 * go faster than theirs. */
static double safe_speed(const struct estimate *e, const double unit[AXES], double cruise)
{
    const pair one = {1, 1}, whole = {cruise, cruise};
    pair safe = whole;

    if (!e->by_jerk)
        return 0;
    for (int axis = AXIS_X; axis < AXES; axis += 2) {
        pair speed = pair_of(unit + axis) * cruise;
        pair share = pair_max(speed, -speed) * pair_of(e->per_jerk + axis);

        safe = pair_min(safe, pair_pick(share > one, pair_of(e->jerk + axis), whole));
    }
    return min2(safe[0], safe[1]);
}

void estimate_add(struct estimate *e, const struct estimate_move *m)
{
    struct estimate_block *b;
    double begin[AXES], end[AXES];
    double length = directions(m, begin, end), safe, junction;

    if (length == 0 || !(m->feed_mm_s > 0 || (m->rapid && e->rapids)))
        return;
    if (e->count == ESTIMATE_BLOCKS)
        flush(e);
    b = &e->blocks[e->count++];
    b->length = length;
    b->accel = move_accel(e, m, begin);
    if (!(b->accel > 0))
        b->accel = 1;
    b->cruise = move_cruise(e, m, begin, b->accel);
    safe = safe_speed(e, begin, b->cruise);
    b->safe2 = safe * safe;
    if (e->cruise == 0) {
        b->max_entry2 = b->safe2;
        e->entry2 = e->count == 1 ? b->safe2 : e->entry2;
    } else if (e->by_jerk) {
        junction = junction_by_jerk(e, begin, b->cruise, safe);
        b->max_entry2 = junction * junction;
    } else {
        b->max_entry2 = junction_by_deviation2(e, begin, b->accel, b->cruise);
    }
    e->cruise = b->cruise;
    e->safe = safe;
    memcpy(e->unit, end, sizeof e->unit);
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

void estimate_command(struct estimate *e, const struct gcode_line *line)
{
    double percent = 100;

    if (line->letter != 'M' || line->sub != 0)
        return;
    for (int axis = AXIS_X; axis < AXES && line->number >= 201 && line->number <= 205; axis++) {
        char letter = "XYZE"[axis];

        if (line->number == 201)
            take_limit(line, letter, &e->per_accel[axis]);
        else if (line->number == 203)
            take_limit(line, letter, &e->per_feed[axis]);
        else if (line->number == 205)
            take_limit(line, letter, &e->per_jerk[axis]);
    }
    derive(e);
    if (line->number == 204) {
        take(line, 'S', &e->accel);
        take(line, 'S', &e->travel_accel);
        take(line, 'P', &e->accel);
        take(line, 'T', &e->travel_accel);
        take(line, 'R', &e->retract_accel);
    } else if (line->number == 220) {
        take(line, 'S', &percent);
        e->feed_factor = percent / 100;
    }
}

double estimate_seconds(struct estimate *e)
{
    drain(e);
    return e->seconds;
}
