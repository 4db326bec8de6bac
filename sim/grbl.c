/* SPDX-License-Identifier: Apache-2.0 */
/* The board itself: power, reset, hold, alarms, time. FIRMWARE.md "Grbl". */
#include "grbl.h"

#include <math.h>
#include <string.h>

#include "grbl_parts.h"

#define NEVER INT64_MAX

static void say_hello(struct grbl *g)
{
    bool locked = g->state == GRBL_ALARM || g->state == GRBL_SLEEP;

    board_say(&g->board, g->hal ? "\r\nGrblHAL 1.1f ['$' or '$HELP' for help]\r\n"
                                : "\r\nGrbl 1.1h ['$' for help]\r\n");
    if (locked) {
        board_say(&g->board, "[MSG:'$H'|'$X' to unlock]\r\n");
        g->state = GRBL_ALARM;
    } else if (g->blank) {
        board_say(&g->board, ">:error:7\r\n>:error:7\r\n");
    }
    g->blank = false;
}

/* What a soft reset forgets; settings, position and an alarm stay. */
static void clear(struct grbl *g)
{
    struct planner_limits limits = g->limits;
    double position[AXES];

    limits.max_feed_mm_s[AXIS_X] = grbl_setting(g, 110) / 60;
    limits.max_feed_mm_s[AXIS_Y] = grbl_setting(g, 111) / 60;
    limits.max_feed_mm_s[AXIS_Z] = grbl_setting(g, 112) / 60;
    limits.accel_mm_s2 = grbl_setting(g, 120);
    planner_stop(&g->planner, g->board.now_us);
    memcpy(position, g->planner.position, sizeof position);
    planner_init(&g->planner, &limits);
    memcpy(g->planner.position, position, sizeof position);
    g->planner.idle_since_us = g->board.now_us;
    ring_clear(&g->rx);
    g->line_used = g->raw_used = 0;
    g->too_long = g->in_parens = g->in_comment = false;
    g->hold_done = g->stuck = g->door_open = g->report_waiting = false;
    g->wait = GRBL_READY;
    g->stage = 0;
    g->paused = false;
    g->arc.chords = g->arc.done = 0;
    g->modal =
        (struct grbl_modal){.plane = 17, .units = 21, .spindle = 5, .coolant = 9, .system = 54};
    memset(g->offset, 0, sizeof g->offset);
    g->wco_count = g->override_count = g->reports = 0;
    g->latched = 0;
    g->skip_newline = false;
    g->feed_override = g->spindle_override = 100;
    g->in_run = g->in_motion = false;
    g->last_power = 0;
    grbl_beam_account(g);
    tally_run_end(&g->board.tally);
}

static void grbl_power_on(struct board *board)
{
    struct grbl *g = (struct grbl *)board;

    memset(g->planner.position, 0, sizeof g->planner.position);
    memcpy(g->planner.position, g->home, sizeof g->home);
    g->planner.count = 0;
    g->deaf_until_us = 0;
    g->beam_since_us = -1;
    clear(g);
    g->state = grbl_setting(g, 22) != 0 ? GRBL_ALARM : GRBL_IDLE;
    if (g->blank) {
        board_say(board, "error:7\r\n");
        grbl_say_settings(g);
    }
    say_hello(g);
}

void grbl_reset(struct grbl *g)
{
    bool moving = g->state == GRBL_RUN || g->state == GRBL_JOG || g->state == GRBL_HOME ||
                  ((g->state == GRBL_HOLD || g->state == GRBL_DOOR) && !g->hold_done);

    clear(g);
    if (moving) {
        board_say(&g->board, "ALARM:3\r\n");
        g->state = GRBL_ALARM;
        g->deaf_until_us = g->board.now_us + (int64_t)(g->deaf_s * g->board.speed * 1e6);
        return;
    }
    if (g->state != GRBL_ALARM && g->state != GRBL_SLEEP)
        g->state = GRBL_IDLE;
    say_hello(g);
}

void grbl_alarm(struct grbl *g, int number)
{
    planner_stop(&g->planner, g->board.now_us);
    g->modal.spindle = 5;
    g->state = GRBL_ALARM;
    grbl_beam_account(g);
    board_say(&g->board, "ALARM:%d\r\n[MSG:Reset to continue]\r\n", number);
    g->stuck = true;
}

void grbl_hold(struct grbl *g, bool door)
{
    double at[AXES];
    const struct planner_block *b = planner_where(&g->planner, g->board.now_us, at);
    double feed = b != NULL ? b->feed_mm_s : 0;

    if (g->state == GRBL_JOG && !door) {
        planner_stop(&g->planner, g->board.now_us);
        g->state = GRBL_IDLE;
        return;
    }
    if (door && g->state != GRBL_DOOR && g->state != GRBL_SLEEP)
        board_say(&g->board, "[MSG:Check Door]\r\n");
    if (g->state != GRBL_RUN && g->state != GRBL_IDLE && !(door && g->state != GRBL_SLEEP))
        return;
    g->hold_done = b == NULL || g->state == GRBL_HOLD;
    g->hold_done_us = g->board.now_us + (int64_t)(feed / g->planner.limits.accel_mm_s2 * 1e6) + 1;
    g->state = door ? GRBL_DOOR : GRBL_HOLD;
    planner_hold(&g->planner, g->board.now_us);
    grbl_beam_account(g);
}

void grbl_cycle(struct grbl *g)
{
    if (g->state != GRBL_HOLD && g->state != GRBL_DOOR)
        return;
    planner_resume(&g->planner, g->board.now_us);
    if (g->hal && g->state == GRBL_HOLD)
        board_say(&g->board, "[MSG:]\r\n");
    g->state = g->planner.count > 0 ? GRBL_RUN : GRBL_IDLE;
    if (g->wait == GRBL_FOR_CYCLE)
        g->wait = GRBL_READY;
    grbl_beam_account(g);
}

/* $32=1: M4 burns only in motion and nothing burns in hold; without it a spindle is a spindle. */
void grbl_beam_account(struct grbl *g)
{
    bool laser = grbl_setting(g, 32) != 0, still = g->planner.count == 0 || g->planner.held;
    bool on = g->modal.spindle != 5 && g->modal.power > 0;

    if (laser && (g->modal.spindle == 4 || g->planner.held || !(g->last_power > 0)))
        on = false;
    if (g->beam_since_us >= 0)
        g->board.tally.beam_still_ms +=
            (double)(g->board.now_us - g->beam_since_us) * 1e-3 / g->board.speed;
    g->beam_since_us = on && still ? g->board.now_us : -1;
}

static int64_t grbl_due(const struct board *board)
{
    const struct grbl *g = (const struct grbl *)board;
    int64_t due = planner_due(&g->planner);

    if (g->deaf_until_us > 0)
        return g->deaf_until_us;
    if ((g->state == GRBL_HOLD || g->state == GRBL_DOOR) && !g->hold_done && g->hold_done_us < due)
        due = g->hold_done_us;
    if (g->wait == GRBL_FOR_TIME && g->until_us < due)
        due = g->until_us;
    return due;
}

static void grbl_step(struct board *board)
{
    struct grbl *g = (struct grbl *)board;
    bool moving = g->planner.count > 0;

    if (g->deaf_until_us > 0) {
        if (board->now_us < g->deaf_until_us)
            return;
        g->deaf_until_us = 0;
        ring_clear(&g->rx);
        say_hello(g);
    }
    if (board->now_us >= g->hold_done_us)
        g->hold_done = true;
    planner_step(&g->planner, board->now_us);
    if (moving && g->planner.count == 0) {
        grbl_beam_account(g);
        if (g->state == GRBL_RUN || g->state == GRBL_JOG)
            g->state = GRBL_IDLE;
    }
    grbl_run(g);
}

static bool grbl_befall(struct board *board, enum mishap mishap)
{
    struct grbl *g = (struct grbl *)board;

    switch (mishap) {
    case MISHAP_LIMIT:
    case MISHAP_KILL:
        grbl_alarm(g, 1);
        return true;
    case MISHAP_DOOR:
        grbl_hold(g, true);
        return true;
    case MISHAP_HOLD:
        grbl_hold(g, false);
        return true;
    case MISHAP_BUTTON: /* cycle start */
        grbl_cycle(g);
        grbl_run(g);
        return true;
    case MISHAP_RUNAWAY:
    case MISHAP_MINTEMP:
    case MISHAP_RUNOUT:
    case MISHAP_DRYRUN:
    case MISHAP_RESET:
    case MISHAP_HANG:
    case MISHAP_COUNT:
        break;
    }
    return false;
}

static const struct board_ops grbl_ops = {
    .dialect = "grbl",
    .power_on = grbl_power_on,
    .receive = grbl_receive,
    .due = grbl_due,
    .step = grbl_step,
    .befall = grbl_befall,
};

void grbl_init(struct grbl *g, const char *name, double speed)
{
    static const struct {
        int number;
        double value;
    } rig[] = {
        {0, 10},    {1, 25},    {10, 1},    {11, 0.01}, {12, 0.002}, {24, 25},
        {25, 500},  {26, 250},  {27, 1},    {30, 1000}, {100, 250},  {101, 250},
        {102, 250}, {110, 500}, {111, 500}, {112, 500}, {120, 10},   {121, 10},
        {122, 10},  {130, 200}, {131, 200}, {132, 200},
    };

    board_init(&g->board, &grbl_ops, name, speed);
    for (size_t i = 0; i < sizeof rig / sizeof rig[0]; i++)
        grbl_set(g, rig[i].number, rig[i].value);
    g->limits = (struct planner_limits){.jerk_mm_s = 5};
    g->beam_since_us = -1;
    g->deaf_s = 0.5;
}
