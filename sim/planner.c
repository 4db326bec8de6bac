/* SPDX-License-Identifier: Apache-2.0 */
#include "planner.h"

#include <math.h>
#include <string.h>

void planner_init(struct planner *p, const struct planner_limits *limits)
{
    *p = (struct planner){.limits = *limits};
}

static struct planner_block *at(struct planner *p, unsigned i)
{
    return &p->blocks[(p->first + i) % PLANNER_BLOCKS];
}

/* Length of the move: of the path, or of the filament for moves without one. Fills `unit`. */
static double measure(const struct planner *p, const double to[AXES], double unit[AXES])
{
    double path = 0, length;

    for (int i = 0; i < AXES; i++) {
        unit[i] = to[i] - p->position[i];
        path += i == AXIS_E ? 0 : unit[i] * unit[i];
    }
    length = path > 0 ? sqrt(path) : fabs(unit[AXIS_E]);
    for (int i = 0; i < AXES && length > 0; i++)
        unit[i] /= length;
    return length;
}

/* The feed no axis objects to. */
static double allowed_feed(const struct planner *p, const double unit[AXES], double feed)
{
    for (int i = 0; i < AXES; i++) {
        double max = p->limits.max_feed_mm_s[i];

        if (max > 0 && feed * fabs(unit[i]) > max)
            feed = max / fabs(unit[i]);
    }
    return feed > 0.1 ? feed : 0.1;
}

/* The speed at which the corner between the last move and this one may be taken. */
static double corner_speed(const struct planner *p, const double unit[AXES], double feed)
{
    double change = 0, speed = p->exit_mm_s < feed ? p->exit_mm_s : feed;

    for (int i = 0; i < AXIS_E; i++) {
        double d = fabs(unit[i] - p->direction[i]);

        if (d > change)
            change = d;
    }
    return speed * change > p->limits.jerk_mm_s ? p->limits.jerk_mm_s / change : speed;
}

/* Seconds for a move of `length` at `feed` that begins at speed `corner`. Braking for the corner is
 * charged to the move behind it, because the one before has been handed out already. */
static double seconds_for(const struct planner *p, double length, double *feed, double corner)
{
    double a = p->limits.accel_mm_s2, top = sqrt(corner * corner + 2 * a * length);
    double gain = *feed < top ? *feed : top, seconds;

    seconds = (gain - corner) / a;
    length -= (gain * gain - corner * corner) / (2 * a);
    *feed = gain;
    if (length > 0)
        seconds += length / gain;
    if (p->exit_mm_s > corner) /* what braking cost the move before */
        seconds += (p->exit_mm_s - corner) * (p->exit_mm_s - corner) / (2 * a * p->exit_mm_s);
    return seconds;
}

bool planner_add(struct planner *p, int64_t now_us, const double to[AXES], double feed_mm_s,
                 float power)
{
    struct planner_block *b = at(p, p->count);
    double unit[AXES], length = measure(p, to, unit), feed, corner;

    if (!(length > 1e-6)) {
        memcpy(p->position, to, sizeof p->position);
        return false;
    }
    feed = allowed_feed(p, unit, feed_mm_s);
    if (p->count == 0)
        p->exit_mm_s = 0; /* it stood still */
    corner = corner_speed(p, unit, feed);
    b->start_us = p->count > 0 ? at(p, p->count - 1)->end_us : now_us;
    b->end_us = b->start_us + (int64_t)(seconds_for(p, length, &feed, corner) * 1e6) + 1;
    memcpy(b->from, p->position, sizeof b->from);
    memcpy(b->to, to, sizeof b->to);
    b->feed_mm_s = (float)feed;
    b->power = power;
    memcpy(p->position, to, sizeof p->position);
    memcpy(p->direction, unit, sizeof p->direction);
    p->exit_mm_s = feed;
    p->count++;
    return true;
}

int64_t planner_due(const struct planner *p)
{
    return p->count == 0 || p->held ? INT64_MAX : p->blocks[p->first].end_us;
}

void planner_step(struct planner *p, int64_t now_us)
{
    while (!p->held && p->count > 0 && p->blocks[p->first].end_us <= now_us) {
        p->idle_since_us = p->blocks[p->first].end_us;
        p->first = (p->first + 1) % PLANNER_BLOCKS;
        p->count--;
    }
}

const struct planner_block *planner_where(const struct planner *p, int64_t now_us,
                                          double position[AXES])
{
    const struct planner_block *b = &p->blocks[p->first];
    double share;

    memcpy(position, p->position, sizeof p->position);
    if (p->count == 0)
        return NULL;
    if (p->held)
        now_us = p->held_at_us;
    share = (double)(now_us - b->start_us) / (double)(b->end_us - b->start_us);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    for (int i = 0; i < AXES; i++)
        position[i] = b->from[i] + (b->to[i] - b->from[i]) * share;
    return b;
}

void planner_stop(struct planner *p, int64_t now_us)
{
    double position[AXES];

    planner_where(p, now_us, position);
    memcpy(p->position, position, sizeof p->position);
    p->first = p->count = 0;
    p->exit_mm_s = 0;
    p->held = false;
    p->idle_since_us = now_us;
}

void planner_hold(struct planner *p, int64_t now_us)
{
    if (p->held)
        return;
    p->held = true;
    p->held_at_us = now_us;
}

void planner_resume(struct planner *p, int64_t now_us)
{
    if (!p->held)
        return;
    p->held = false;
    for (unsigned i = 0; i < p->count; i++) {
        at(p, i)->start_us += now_us - p->held_at_us;
        at(p, i)->end_us += now_us - p->held_at_us;
    }
}
