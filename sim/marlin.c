/* SPDX-License-Identifier: Apache-2.0 */
/* The board itself: power, time, halts. Each moment at which something happens by itself has one
 * line in due() and one in step(). */
#include "marlin.h"

#include <string.h>

#include "marlin_parts.h"

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t wait_due(const struct marlin *m)
{
    int64_t due = INT64_MAX;

    if (m->wait == MARLIN_FOR_TIME || m->wait == MARLIN_FOR_PERSON)
        due = m->until_us;
    if (m->wait == MARLIN_FOR_HEAT)
        due = m->next_heat_report_us;
    if (m->wait == MARLIN_FOR_HEAT && m->window_since_us >= 0)
        due = earlier(due, m->window_since_us + 10 * BOARD_SECOND);
    if (m->wait != MARLIN_READY && m->keepalive_s > 0)
        due = earlier(due, m->next_busy_us);
    return due;
}

static int64_t marlin_due(const struct board *board)
{
    const struct marlin *m = (const struct marlin *)board;
    int64_t due;

    if (m->killed)
        return INT64_MAX;
    due = earlier(planner_due(&m->planner), wait_due(m));
    if (m->report_s > 0)
        due = earlier(due, m->next_report_us);
    if (m->position_s > 0)
        due = earlier(due, m->next_position_us);
    if (marlin_has(m, MARLIN_NO_TIMEOUTS) && m->count == 0)
        due = earlier(due, m->next_idle_us);
    if (m->runaway)
        due = earlier(due, m->fails_at_us);
    if (m->max_idle_s > 0 && m->planner.count == 0)
        due = earlier(due, m->idle_kill_us);
    return due;
}

/* Lines that come by themselves whatever the board is busy with. */
static void step_reports(struct marlin *m)
{
    int64_t now = m->board.now_us;

    if (m->report_s > 0 && now >= m->next_report_us) {
        marlin_say_heat(m, " ", false);
        m->next_report_us = now + board_period_us(&m->board, m->report_s);
    }
    if (m->position_s > 0 && now >= m->next_position_us) {
        marlin_say_position(m);
        m->next_position_us = now + board_period_us(&m->board, m->position_s);
    }
    if (marlin_has(m, MARLIN_NO_TIMEOUTS) && m->count == 0 && now >= m->next_idle_us) {
        board_say(&m->board, "wait\n");
        m->next_idle_us = now + board_period_us(&m->board, 1);
    }
}

static void step_wait(struct marlin *m)
{
    int64_t now = m->board.now_us;

    if (m->wait == MARLIN_READY)
        return;
    if (m->keepalive_s > 0 && now >= m->next_busy_us) {
        board_say(&m->board, m->wait == MARLIN_FOR_PERSON ? "echo:busy: paused for user\n"
                                                          : "echo:busy: processing\n");
        m->next_busy_us += board_period_us(&m->board, m->keepalive_s);
    }
    if (m->wait == MARLIN_FOR_HEAT && now >= m->next_heat_report_us && !marlin_wait_over(m)) {
        marlin_say_heat(m, " ", true);
        m->next_heat_report_us = now + board_period_us(&m->board, 1);
    }
}

static void marlin_step(struct board *board)
{
    struct marlin *m = (struct marlin *)board;
    bool moving = m->planner.count > 0;

    planner_step(&m->planner, board->now_us);
    if (moving && m->planner.count == 0) {
        marlin_beam_account(m);
        m->idle_kill_us = board->now_us + (int64_t)(m->max_idle_s * board->speed * 1e6);
    }
    marlin_watch_heaters(m);
    step_reports(m);
    step_wait(m);
    if (!m->killed && m->max_idle_s > 0 && m->planner.count == 0 &&
        board->now_us >= m->idle_kill_us)
        marlin_kill(m, "Error:KILL caused by too much inactive time - current command: none");
    marlin_run(m);
}

static void marlin_power_on(struct board *board)
{
    struct marlin *m = (struct marlin *)board;
    int64_t now = board->now_us;
    struct heater nozzle = m->nozzle, bed = m->bed; /* metal stays warm */
    bool runaway = m->runaway;

    memset(&m->rx, 0, (size_t)((char *)(m + 1) - (char *)&m->rx));
    m->nozzle = nozzle;
    m->bed = bed;
    heater_set(&m->nozzle, now, 0);
    heater_set(&m->bed, now, 0);
    m->runaway = runaway;
    m->fails_at_us = INT64_MAX;
    planner_init(&m->planner, &m->limits);
    m->planner.idle_since_us = now;
    m->feed_mm_s = 25;
    m->feed_factor = 1;
    m->keepalive_s = 2;
    m->window_since_us = m->beam_since_us = -1;
    m->next_idle_us = now + board_period_us(board, 1);
    marlin_say_banner(m);
}

void marlin_kill(struct marlin *m, const char *first_line)
{
    planner_stop(&m->planner, m->board.now_us);
    m->power = 0;
    marlin_beam_account(m);
    heater_set(&m->nozzle, m->board.now_us, 0);
    heater_set(&m->bed, m->board.now_us, 0);
    board_say(&m->board, "%s\nError:Printer halted. kill() called!\n", first_line);
    if (marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:poweroff\n");
    m->killed = true;
}

static bool marlin_befall(struct board *board, enum mishap mishap)
{
    struct marlin *m = (struct marlin *)board;

    if (m->killed)
        return true;
    switch (mishap) {
    case MISHAP_KILL:
        marlin_kill(m, "Error:!! KILL caused by KILL button/pin");
        return true;
    case MISHAP_MINTEMP:
        board_say(board, "Error:MINTEMP triggered, system stopped! Heater_ID: E0\n");
        marlin_kill(m, marlin_has(m, MARLIN_PROMPTS)
                           ? "\necho:Home XYZ First\n//action:notification Home XYZ First\n"
                             "echo:Err: MINTEMP"
                           : "\necho:Home XYZ First\necho:Err: MINTEMP");
        return true;
    case MISHAP_RUNAWAY:
        heater_break(&m->nozzle, board->now_us, true);
        m->runaway = true;
        m->fails_at_us = board->now_us + 40 * BOARD_SECOND;
        return true;
    case MISHAP_RUNOUT:
        board_say(board, "echo:Enqueing to the front: \"M600\"\n");
        m->own = (struct marlin_command){.text = "M600", .length = 4};
        marlin_run(m);
        return true;
    case MISHAP_BUTTON:
        marlin_person_answers(m);
        marlin_run(m);
        return true;
    case MISHAP_DRYRUN:
        m->dry_run = true;
        board_say(board, "echo:DEBUG:DRYRUN\n");
        return true;
    case MISHAP_LIMIT:
    case MISHAP_DOOR:
    case MISHAP_HOLD:
    case MISHAP_RESET:
    case MISHAP_HANG:
    case MISHAP_COUNT:
        break;
    }
    return false;
}

void marlin_say_position(struct marlin *m)
{
    double at[AXES];

    planner_where(&m->planner, m->board.now_us, at);
    board_say(&m->board, "X:%.2f Y:%.2f Z:%.2f", at[AXIS_X] + m->offset[AXIS_X],
              at[AXIS_Y] + m->offset[AXIS_Y], at[AXIS_Z] + m->offset[AXIS_Z]);
    if (!marlin_has(m, MARLIN_LASER))
        board_say(&m->board, " E:%.2f", at[AXIS_E] + m->offset[AXIS_E]);
    board_say(&m->board, " Count X:%.0f Y:%.0f Z:%.0f\n", at[AXIS_X] * 80, at[AXIS_Y] * 80,
              at[AXIS_Z] * 400);
}

void marlin_beam_account(struct marlin *m)
{
    bool burning = m->beam_steady && m->power > 0 && m->planner.count == 0 && !m->killed;

    if (m->beam_since_us >= 0)
        m->board.tally.beam_still_ms +=
            (double)(m->board.now_us - m->beam_since_us) * 1e-3 / m->board.speed;
    m->beam_since_us = burning ? m->board.now_us : -1;
}

static void marlin_heat_now(const struct board *board, double now_c[2], double target_c[2])
{
    const struct marlin *m = (const struct marlin *)board;

    now_c[0] = heater_at(&m->nozzle, board->now_us);
    now_c[1] = heater_at(&m->bed, board->now_us);
    target_c[0] = m->nozzle.target_c;
    target_c[1] = m->bed.target_c;
}

static const struct board_ops marlin_ops = {
    .dialect = "marlin",
    .power_on = marlin_power_on,
    .receive = marlin_receive,
    .due = marlin_due,
    .step = marlin_step,
    .befall = marlin_befall,
    .heat = marlin_heat_now,
};

void marlin_init(struct marlin *m, const struct marlin_build *build, const char *name, double speed)
{
    board_init(&m->board, &marlin_ops, name, speed);
    m->build = build;
    m->features = build->features;
    m->limits = (struct planner_limits){
        .max_feed_mm_s = {500, 500, 5, 25}, .accel_mm_s2 = 500, .jerk_mm_s = 10};
    heater_init_nozzle(&m->nozzle);
    heater_init_bed(&m->bed);
}
