/* SPDX-License-Identifier: Apache-2.0 */
/* One command after the other from the queue: execute, wait for what it waits for, say ok. */
#include <stdio.h>

#include "marlin_parts.h"

enum marlin_progress marlin_wait_until(struct marlin *m, enum marlin_wait wait, int64_t us)
{
    m->wait = wait;
    m->until_us = us;
    m->stage++;
    if (wait != MARLIN_FOR_ROOM)
        m->in_motion = false;
    return MARLIN_WAITING;
}

bool marlin_wait_over(const struct marlin *m)
{
    int64_t now = m->board.now_us;

    switch (m->wait) {
    case MARLIN_READY:
        return true;
    case MARLIN_FOR_ROOM:
        return m->planner.count < PLANNER_BLOCKS;
    case MARLIN_FOR_MOTION:
        return m->planner.count == 0;
    case MARLIN_FOR_TIME:
        return now >= m->until_us;
    case MARLIN_FOR_HEAT:
        return m->answered || m->heating == NULL ||
               (m->window_since_us >= 0 && now >= m->window_since_us + 10 * BOARD_SECOND);
    case MARLIN_FOR_PERSON:
        return m->answered || now >= m->until_us;
    }
    return true;
}

static void say_ok(struct marlin *m, const struct marlin_command *c)
{
    char text[64];
    int n;

    if (!marlin_has(m, MARLIN_ADVANCED_OK)) {
        board_ok(&m->board, "ok\n", 3);
        return;
    }
    n = snprintf(text, sizeof text, "ok");
    if (c->numbered)
        n += snprintf(text + n, sizeof text - (size_t)n, " N%u", c->number);
    n += snprintf(text + n, sizeof text - (size_t)n, " P%u B%u\n",
                  PLANNER_BLOCKS - m->planner.count, m->build->queue - m->count);
    board_ok(&m->board, text, (size_t)n);
}

static void count_line(struct marlin *m, const struct marlin_command *c)
{
    struct tally *t = &m->board.tally;

    if (!c->numbered || c->number < 10000) {
        tally_command(t, c->text, c->length);
        return;
    }
    m->board.program_line++;
    tally_line(t, c->number, c->text, c->length);
}

/* The command is done: its answer, then the next in line. The board's own is not answered. */
static void finish(struct marlin *m, enum marlin_progress progress)
{
    m->stage = 0;
    m->answered = false;
    m->next_idle_us = m->board.now_us + board_period_us(&m->board, 1);
    if (m->current == &m->own) {
        m->own.length = 0;
        return;
    }
    count_line(m, m->current);
    m->board.tally.excused = marlin_is_heating(m);
    if (progress == MARLIN_DONE)
        say_ok(m, m->current);
    m->first = (m->first + 1) % m->build->queue;
    m->count--;
}

/* What is to be executed, NULL for nothing. What has begun is not overtaken. */
static const struct marlin_command *next(const struct marlin *m)
{
    if (m->stage > 0)
        return m->current;
    if (m->own.length > 0)
        return &m->own;
    return m->count > 0 ? &m->queue[m->first] : NULL;
}

void marlin_run(struct marlin *m)
{
    marlin_take_lines(m);
    while (!m->killed && next(m) != NULL && marlin_wait_over(m)) {
        uint64_t resets = m->board.tally.resets;
        enum marlin_progress progress;

        m->current = next(m);
        m->wait = MARLIN_READY;
        if (m->stage == 0)
            m->next_busy_us = m->board.now_us + board_period_us(&m->board, m->keepalive_s);
        progress = marlin_execute(m, m->current);
        if (m->killed || resets != m->board.tally.resets)
            return; /* it is another board now */
        if (progress != MARLIN_WAITING)
            finish(m, progress);
        marlin_take_lines(m);
    }
}
