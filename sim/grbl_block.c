/* SPDX-License-Identifier: Apache-2.0 */
/* What a parsed line does: spindle, dwell, motion, the end of a program; and jogging. */
#include <math.h>
#include <string.h>

#include "grbl_parts.h"

enum {
    BAD_TARGET = 33,
    ARC_TOO_FAR = 34,
    JOG_ERROR = 16,
    IDLE_ERROR = 8,
    NO_FEED = 22,
    TRAVEL_ERROR = 15
};

int grbl_wait_until(struct grbl *g, enum grbl_wait wait, int64_t us)
{
    g->wait = wait;
    g->until_us = us;
    g->stage++;
    return GRBL_WAIT;
}

static void target_of(const struct grbl *g, const struct grbl_block *b, double to[AXES])
{
    memcpy(to, g->planner.position, sizeof(double) * AXES);
    for (int i = 0; i < 3; i++) {
        if ((b->axes & 1U << i) == 0)
            continue;
        to[i] = b->modal.relative ? to[i] + b->axis[i] : b->axis[i] + g->offset[i];
    }
}

/* Machine space lies below zero, as after homing with the default $23. */
static bool beyond(const struct grbl *g, const double to[AXES])
{
    bool out = false;

    for (int i = 0; i < 3 && grbl_setting(g, 20) != 0; i++)
        out = out || to[i] > 0 || to[i] < -grbl_setting(g, 130 + i);
    return out;
}

static void account_dry(struct grbl *g)
{
    struct tally *t = &g->board.tally;

    if (!g->in_motion || g->planner.count > 0)
        return;
    t->underruns++;
    t->dry_ms += (double)(g->board.now_us - g->planner.idle_since_us) * 1e-3 / g->board.speed;
}

static void add_move(struct grbl *g, const double to[AXES])
{
    bool rapid = g->modal.motion == 0, laser = grbl_setting(g, 32) != 0;
    bool burns = g->modal.spindle != 5 && !(laser && rapid);
    double feed = rapid ? 1e9 : g->modal.feed_mm_min / 60 * g->feed_override / 100;

    account_dry(g);
    grbl_beam_account(g);
    g->last_power = burns ? (float)(g->modal.power * g->spindle_override / 100) : 0;
    if (planner_add(&g->planner, g->board.now_us, to, feed, g->last_power)) {
        g->in_motion = g->in_run;
        if (g->state == GRBL_IDLE)
            g->state = GRBL_RUN;
    }
    grbl_beam_account(g);
}

static int start_arc(struct grbl *g, const struct grbl_block *b, const double to[AXES])
{
    double offset[2] = {b->offset[0], b->offset[1]}, start, end;
    const double *from = g->planner.position;

    if (b->has_radius && !arc_offset(from, to, b->radius, b->modal.motion == 2, offset))
        return ARC_TOO_FAR;
    start = hypot(offset[0], offset[1]);
    end = hypot(to[0] - from[0] - offset[0], to[1] - from[1] - offset[1]);
    if (fabs(start - end) > 0.5 || (fabs(start - end) > 0.005 && fabs(start - end) > 0.001 * start))
        return BAD_TARGET;
    arc_begin(&g->arc, from, to, offset, b->modal.motion == 2);
    return GRBL_OK;
}

/* The chords of an arc, as far as the planner has room. */
static int make_arc(struct grbl *g)
{
    double point[AXES];

    while (g->arc.done < g->arc.chords) {
        if (g->planner.count == PLANNER_BLOCKS)
            return grbl_wait_until(g, GRBL_FOR_ROOM, 0);
        arc_next(&g->arc, point);
        add_move(g, point);
    }
    return GRBL_OK;
}

static int move(struct grbl *g, const struct grbl_block *b)
{
    double to[AXES];
    int status;

    if (g->arc.done < g->arc.chords)
        return make_arc(g);
    if (b->axes == 0 || b->action != 0)
        return GRBL_OK;
    target_of(g, b, to);
    if (beyond(g, to)) {
        grbl_alarm(g, 2);
        return GRBL_SILENT;
    }
    if (b->modal.motion >= 2) {
        status = start_arc(g, b, to);
        return status == GRBL_OK ? make_arc(g) : status;
    }
    if (g->planner.count == PLANNER_BLOCKS)
        return grbl_wait_until(g, GRBL_FOR_ROOM, 0);
    add_move(g, to);
    return GRBL_OK;
}

/* Changes of the spindle, and of its power outside laser motion, wait for the moves to end. */
static bool must_settle(const struct grbl *g, const struct grbl_block *b)
{
    bool laser_move = grbl_setting(g, 32) != 0 && b->modal.motion != 0 && b->axes != 0;
    bool power = b->has_power && b->modal.power != g->modal.power && b->modal.spindle != 5;

    if (b->has_spindle && b->modal.spindle != g->modal.spindle)
        return true;
    return (power && !laser_move) || b->action == 4 || b->program >= 0 || b->action == 28 ||
           b->action == 30 || b->action == 10;
}

static void set_offset(struct grbl *g, const struct grbl_block *b)
{
    for (int i = 0; i < 3; i++)
        if ((b->axes & 1U << i) != 0)
            g->offset[i] = g->planner.position[i] - b->axis[i];
    g->wco_count = 0;
}

static int end_program(struct grbl *g, int program)
{
    if (program == 0) {
        g->state = GRBL_HOLD;
        g->hold_done = true;
        return grbl_wait_until(g, GRBL_FOR_CYCLE, 0);
    }
    g->modal.motion = 1;
    g->modal.spindle = 5;
    g->modal.coolant = 9;
    g->modal.relative = false;
    g->program_ended = true;
    grbl_beam_account(g);
    board_say(&g->board, "[MSG:Pgm End]\r\n");
    return GRBL_OK;
}

/* What comes after the moves before have ended, if it had to wait for them. Stages: 0 settle, then
 * dwell or pause, then done. */
static int act(struct grbl *g, const struct grbl_block *b)
{
    grbl_beam_account(g);
    g->modal = b->modal;
    grbl_beam_account(g);
    if (must_settle(g, b) || b->action == 4)
        g->in_motion = false;
    if (b->action == 92)
        set_offset(g, b);
    return move(g, b);
}

int grbl_execute(struct grbl *g, const char *line)
{
    struct grbl_block b;
    int status = grbl_parse(g, line, &b);

    if (status != GRBL_OK || g->state == GRBL_CHECK)
        return status;
    if (g->arc.done < g->arc.chords)
        return make_arc(g);
    if (g->stage == 0 && must_settle(g, &b) && g->planner.count > 0)
        return grbl_wait_until(g, GRBL_FOR_MOTION, 0);
    if (g->paused) { /* the dwell or the pause of this line is over */
        g->paused = false;
        return GRBL_OK;
    }
    status = act(g, &b);
    if (status != GRBL_OK)
        return status;
    if (b.action == 4 || b.program == 0)
        g->paused = true;
    if (b.action == 4)
        return grbl_wait_until(g, GRBL_FOR_TIME, g->board.now_us + (int64_t)(b.dwell_s * 1e6));
    return b.program >= 0 ? end_program(g, b.program) : GRBL_OK;
}

int grbl_jog(struct grbl *g, const char *line)
{
    struct grbl_modal keep = g->modal;
    struct grbl_block b;
    double to[AXES];
    int status;

    if (g->state != GRBL_IDLE && g->state != GRBL_JOG)
        return IDLE_ERROR;
    g->modal.motion = 1;
    g->modal.feed_mm_min = 0;
    status = grbl_parse(g, line, &b);
    g->modal = keep;
    if (status != GRBL_OK)
        return status;
    if (b.has_motion || b.has_spindle || b.action != 0 || b.program >= 0 || b.axes == 0)
        return JOG_ERROR;
    target_of(g, &b, to);
    if (beyond(g, to))
        return TRAVEL_ERROR;
    if (g->planner.count == PLANNER_BLOCKS)
        return grbl_wait_until(g, GRBL_FOR_ROOM, 0);
    if (planner_add(&g->planner, g->board.now_us, to, b.modal.feed_mm_min / 60, 0))
        g->state = GRBL_JOG;
    return GRBL_OK;
}
