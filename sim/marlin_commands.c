/* SPDX-License-Identifier: Apache-2.0 */
/* The commands this Marlin knows, one row each. What is not listed is answered as unknown. */
#include <stdio.h>
#include <string.h>

#include "marlin_parts.h"
#include "words.h"

#define NEVER INT64_MAX

static enum marlin_progress quiet(const struct marlin_call *call)
{
    (void)call;
    return MARLIN_DONE;
}

static enum marlin_progress dwell(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    double ms = 0, seconds = 0;

    if (m->stage == 0)
        return marlin_wait_until(m, MARLIN_FOR_MOTION, 0);
    if (m->stage > 1)
        return MARLIN_DONE;
    if (words_value(call->args, 'P', &ms))
        seconds = ms / 1000;
    words_value(call->args, 'S', &seconds);
    if (marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:notification Sleep...\n");
    return marlin_wait_until(m, MARLIN_FOR_TIME, m->board.now_us + (int64_t)(seconds * 1e6));
}

static enum marlin_progress finish_moves(const struct marlin_call *call)
{
    if (call->m->stage == 0)
        return marlin_wait_until(call->m, MARLIN_FOR_MOTION, 0);
    return MARLIN_DONE;
}

static enum marlin_progress set_relative(const struct marlin_call *call)
{
    call->m->relative = call->m->e_relative = call->code == 91;
    return MARLIN_DONE;
}

static enum marlin_progress set_e_relative(const struct marlin_call *call)
{
    call->m->e_relative = call->code == 83;
    return MARLIN_DONE;
}

static enum marlin_progress say_temperatures(const struct marlin_call *call)
{
    char text[128];
    struct marlin *m = call->m;
    int64_t now = m->board.now_us;
    int n = snprintf(text, sizeof text, "ok T:0\n");

    if (!marlin_has(m, MARLIN_LASER))
        n = snprintf(text, sizeof text, "ok T:%.2f /%.2f B:%.2f /%.2f @:%d B@:%d\n",
                     heater_at(&m->nozzle, now), m->nozzle.target_c, heater_at(&m->bed, now),
                     m->bed.target_c, heater_duty(&m->nozzle, now), heater_duty(&m->bed, now));
    board_ok(&m->board, text, (size_t)n);
    return MARLIN_ANSWERED;
}

static enum marlin_progress auto_report(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    double s = 0;

    if (!words_value(call->args, 'S', &s) || s < 0 || s > 60)
        return MARLIN_DONE;
    if (call->code == 155) {
        m->report_s = s;
        m->next_report_us = m->board.now_us + board_period_us(&m->board, s);
    } else {
        m->position_s = s;
        m->next_position_us = m->board.now_us + board_period_us(&m->board, s);
    }
    return MARLIN_DONE;
}

static enum marlin_progress keepalive(const struct marlin_call *call)
{
    double s;

    if (words_value(call->args, 'S', &s) && s >= 0 && s <= 60)
        call->m->keepalive_s = s;
    else
        board_say(&call->m->board, "echo:M113 S%.0f\n", call->m->keepalive_s);
    return MARLIN_DONE;
}

/* A number 9999 is how the daemon begins a run: its lines follow from 10000. */
static enum marlin_progress set_number(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    double n;

    if (words_value(call->args, 'N', &n) && n >= 0 && n < 4e9)
        m->last_number = (uint32_t)n;
    else
        n = m->last_number;
    if (n == 9999) {
        m->in_motion = false;
        tally_run_begin(&m->board.tally, 10000);
        m->board.program_line = 0;
    }
    return MARLIN_DONE;
}

static enum marlin_progress say_where(const struct marlin_call *call)
{
    marlin_say_position(call->m);
    return MARLIN_DONE;
}

static enum marlin_progress say_endstops(const struct marlin_call *call)
{
    board_say(&call->m->board, "Reporting endstop status\nx_min: open\ny_min: open\nz_min: open\n");
    return MARLIN_DONE;
}

static enum marlin_progress say_text(const struct marlin_call *call)
{
    const char *text = call->args + strspn(call->args, " ");

    if (strncmp(text, "E1 ", 3) == 0)
        board_say(&call->m->board, "echo:%s\n", text + 3);
    else if (strncmp(text, "A1 ", 3) == 0)
        board_say(&call->m->board, "//%s\n", text + 3);
    else
        board_say(&call->m->board, "%s\n", text);
    return MARLIN_DONE;
}

static enum marlin_progress debug(const struct marlin_call *call)
{
    double flags = 0;

    words_value(call->args, 'S', &flags);
    call->m->dry_run = ((int)flags & 8) != 0;
    board_say(&call->m->board, call->m->dry_run ? "echo:DEBUG:DRYRUN\n" : "echo:DEBUG:off\n");
    return MARLIN_DONE;
}

static enum marlin_progress print_time(const struct marlin_call *call)
{
    if (marlin_has(call->m, MARLIN_PROMPTS))
        board_say(&call->m->board, "//action:notification 0s\n");
    board_say(&call->m->board, "echo:Print time: 0s\n");
    return MARLIN_DONE;
}

static enum marlin_progress motion_limit(const struct marlin_call *call)
{
    static const char letters[AXES] = {'X', 'Y', 'Z', 'E'};
    struct planner_limits *limits = &call->m->planner.limits;
    double value;

    if (*call->args == '\0')
        return marlin_say_settings(call);
    for (int i = 0; i < AXES && call->code == 203; i++)
        if (words_value(call->args, letters[i], &value) && value > 0)
            limits->max_feed_mm_s[i] = value;
    if (call->code == 204 &&
        (words_value(call->args, 'P', &value) || words_value(call->args, 'S', &value)) && value > 0)
        limits->accel_mm_s2 = value;
    if (call->code == 205 && words_value(call->args, 'X', &value) && value > 0)
        limits->jerk_mm_s = value;
    return MARLIN_DONE;
}

static enum marlin_progress feed_percent(const struct marlin_call *call)
{
    double percent;

    if (words_value(call->args, 'S', &percent) && percent > 0)
        call->m->feed_factor = percent / 100;
    return MARLIN_DONE;
}

/* A watch over the host, who lives in real time whatever the speed. */
static enum marlin_progress idle_limit(const struct marlin_call *call)
{
    struct marlin *m = call->m;

    if (words_value(call->args, 'S', &m->max_idle_s))
        m->idle_kill_us = m->board.now_us + (int64_t)(m->max_idle_s * m->board.speed * 1e6);
    return MARLIN_DONE;
}

static enum marlin_progress halt(const struct marlin_call *call)
{
    marlin_kill(call->m, "echo:M112 Shutdown");
    return MARLIN_ANSWERED;
}

static enum marlin_progress stop_moves(const struct marlin_call *call)
{
    if (call->m->stage > 0)
        return MARLIN_DONE;
    planner_stop(&call->m->planner, call->m->board.now_us);
    return marlin_wait_until(call->m, MARLIN_FOR_TIME, call->m->board.now_us + BOARD_SECOND);
}

enum { BOTH = 0, PRINTER = 1, LASER = 2, FIELD = 4, REALTIME = 8 };

/* clang-format off */
static const struct row {
    char letter;
    int code;
    int where; /* BOTH, or the builds that know it */
    enum marlin_progress (*run)(const struct marlin_call *call);
} rows[] = {
    { 'G',   1, BOTH,     marlin_move },          { 'G',   0, BOTH,     marlin_move },
    { 'G',   2, BOTH,     marlin_arc },           { 'G',   3, BOTH,     marlin_arc },
    { 'M', 106, BOTH,     marlin_fan },           { 'M', 107, BOTH,     marlin_fan },
    { 'M', 204, BOTH,     motion_limit },         { 'G',  92, BOTH,     marlin_set_position },
    { 'M', 104, PRINTER,  marlin_heat },          { 'M', 109, PRINTER,  marlin_heat },
    { 'M', 140, PRINTER,  marlin_heat },          { 'M', 190, PRINTER,  marlin_heat },
    { 'M', 105, BOTH,     say_temperatures },     { 'M', 155, PRINTER,  auto_report },
    { 'M', 110, BOTH,     set_number },           { 'M', 400, BOTH,     finish_moves },
    { 'G',   4, BOTH,     dwell },                { 'G',  28, BOTH,     marlin_home },
    { 'G',  29, FIELD,    marlin_home },          { 'G',  80, FIELD,    marlin_home },
    { 'G',  90, BOTH,     set_relative },         { 'G',  91, BOTH,     set_relative },
    { 'M',  82, PRINTER,  set_e_relative },       { 'M',  83, PRINTER,  set_e_relative },
    { 'M',   3, LASER,    marlin_beam },          { 'M',   4, LASER,    marlin_beam },
    { 'M',   5, LASER,    marlin_beam },          { 'M',   0, BOTH,     marlin_stop_for_person },
    { 'M',   1, BOTH,     marlin_stop_for_person},{ 'M', 600, PRINTER,  marlin_change_filament },
    { 'M', 108, BOTH,     quiet },                { 'M', 876, BOTH,     quiet },
    { 'M', 112, BOTH,     halt },                 { 'M', 410, BOTH,     stop_moves },
    { 'M', 113, BOTH,     keepalive },            { 'M', 154, BOTH,     auto_report },
    { 'M', 114, BOTH,     say_where },            { 'M', 115, BOTH,     marlin_say_capabilities },
    { 'M', 119, BOTH,     say_endstops },         { 'M', 117, BOTH,     quiet },
    { 'M', 118, BOTH,     say_text },             { 'M', 111, BOTH,     debug },
    { 'M',  31, BOTH,     print_time },           { 'M',  85, BOTH,     idle_limit },
    { 'M', 503, BOTH,     marlin_say_settings },  { 'M', 500, BOTH,     marlin_say_settings },
    { 'M', 501, BOTH,     marlin_say_settings },  { 'M', 502, BOTH,     marlin_say_settings },
    { 'M',  92, BOTH,     marlin_say_settings },  { 'M', 201, BOTH,     marlin_say_settings },
    { 'M', 203, BOTH,     motion_limit },  { 'M', 205, BOTH,     motion_limit },
    { 'M', 220, BOTH,     feed_percent },         { 'M', 221, PRINTER,  quiet },
    { 'M',  17, BOTH,     quiet },                { 'M',  18, BOTH,     finish_moves },
    { 'M',  84, BOTH,     finish_moves },         { 'M', 486, BOTH,     quiet },
    { 'G',  21, BOTH,     quiet },                { 'M', 999, BOTH,     quiet },
    { 'T',   0, PRINTER,  quiet },                { 'M',  73, FIELD,    quiet },
    { 'M', 211, FIELD,    quiet },                { 'M', 420, FIELD,    quiet },
    { 'M', 572, FIELD,    quiet },                { 'M', 900, FIELD,    quiet },
    { 'M', 907, FIELD,    quiet },                { 'M', 302, PRINTER,  quiet },
    { 'S',   0, REALTIME, quiet },                { 'P',   0, REALTIME, quiet },
    { 'R',   0, REALTIME, quiet },
};
/* clang-format on */

static bool known(const struct marlin *m, const struct row *row)
{
    switch (row->where) {
    case PRINTER:
        return !marlin_has(m, MARLIN_LASER);
    case LASER:
        return marlin_has(m, MARLIN_LASER);
    case FIELD:
        return marlin_has(m, MARLIN_LEVELLING);
    case REALTIME:
        return marlin_has(m, MARLIN_REALTIME);
    default:
        return true;
    }
}

/* "G1", "G01" and "G1X5" are the same command; "g1" is none. */
static const struct row *find(const struct marlin *m, const char *text, const char **args)
{
    const char *at = text + 1;
    double code;

    if (!words_number(&at, &code) || text[1] == '-' || text[1] == '+')
        return NULL;
    *args = at;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].letter == text[0] && rows[i].code == (int)code)
            return known(m, &rows[i]) ? &rows[i] : NULL;
    return NULL;
}

enum marlin_progress marlin_execute(struct marlin *m, const struct marlin_command *command)
{
    struct marlin_call call = {.m = m};
    const struct row *row = find(m, command->text, &call.args);

    if (row == NULL) {
        board_say(&m->board, "echo:Unknown command: \"%s\"\n", command->text);
        return MARLIN_DONE;
    }
    call.code = row->code;
    return row->run(&call);
}
