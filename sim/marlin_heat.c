/* SPDX-License-Identifier: Apache-2.0 */
/* Heaters: setting, waiting for, reporting and protecting them. */
#include <math.h>
#include <stdio.h>

#include "marlin_parts.h"
#include "words.h"

#define NEVER INT64_MAX

static bool away(const struct heater *h, int64_t now)
{
    return h->target_c > 0 && fabs(heater_at(h, now) - h->target_c) > 3;
}

bool marlin_is_heating(const struct marlin *m)
{
    return away(&m->nozzle, m->board.now_us) || away(&m->bed, m->board.now_us);
}

/* "W:?" outside the window, else the seconds still to hold it. */
static void say_wait(struct marlin *m)
{
    int64_t held = m->board.now_us - m->window_since_us;

    if (m->window_since_us < 0 || held < 0)
        board_say(&m->board, " W:?");
    else
        board_say(&m->board, " W:%d",
                  (int)(9 - held / BOARD_SECOND > 0 ? 9 - held / BOARD_SECOND : 0));
}

void marlin_say_heat(struct marlin *m, const char *before, bool waiting)
{
    int64_t now = m->board.now_us;

    if (marlin_has(m, MARLIN_LASER)) {
        board_say(&m->board, "%sT:0\n", before);
        return;
    }
    board_say(&m->board, "%sT:%.2f /%.2f B:%.2f /%.2f @:%d B@:%d", before,
              heater_at(&m->nozzle, now), m->nozzle.target_c, heater_at(&m->bed, now),
              m->bed.target_c, heater_duty(&m->nozzle, now), heater_duty(&m->bed, now));
    if (waiting)
        say_wait(m);
    board_say(&m->board, "\n");
}

/* A broken heater never reaches its target, so the wait ends in a halt instead (20 s twice). */
static void expect(struct marlin *m, struct heater *h)
{
    int64_t reach = heater_reaches(h, m->board.now_us, 1);

    m->heating = h;
    m->window_since_us = reach == NEVER ? -1 : reach;
    if (h == &m->nozzle && m->runaway)
        m->fails_at_us = m->board.now_us + 40 * BOARD_SECOND;
}

enum marlin_progress marlin_heat(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    struct heater *h = call->code == 104 || call->code == 109 ? &m->nozzle : &m->bed;
    bool wait = call->code == 109 || call->code == 190;
    bool given, cool_too;
    double target = 0;

    if (m->stage > 0) {
        m->heating = NULL;
        m->window_since_us = -1;
        return MARLIN_DONE;
    }
    given = words_value(call->args, 'S', &target);
    cool_too = !given && words_value(call->args, 'R', &target);
    if (given || cool_too)
        heater_set(h, m->board.now_us, target);
    if (h == &m->nozzle && m->runaway && target > 0 && heater_at(h, m->board.now_us) < target)
        m->fails_at_us = m->board.now_us + 40 * BOARD_SECOND;
    if (wait && call->code == 190 && marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:notification Bed Heating...\n");
    if (!wait || h->target_c <= 0 || (!cool_too && heater_at(h, m->board.now_us) > h->target_c + 1))
        return MARLIN_DONE;
    expect(m, h);
    marlin_say_heat(m, " ", true);
    m->next_heat_report_us = m->board.now_us + board_period_us(&m->board, 1);
    return marlin_wait_until(m, MARLIN_FOR_HEAT, NEVER);
}

void marlin_watch_heaters(struct marlin *m)
{
    bool prompts = marlin_has(m, MARLIN_PROMPTS), climbing = m->wait == MARLIN_FOR_HEAT;

    if (!m->runaway || m->killed || m->board.now_us < m->fails_at_us)
        return;
    m->fails_at_us = m->board.now_us + 5 * BOARD_SECOND;
    if (!away(&m->nozzle, m->board.now_us))
        return;
    board_say(&m->board, "Error:%s, system stopped! Heater_ID: E0\n\necho:Home XYZ First\n",
              climbing ? "Heating failed" : "Thermal Runaway");
    if (prompts)
        board_say(&m->board, "//action:notification Home XYZ First\n");
    marlin_kill(m, climbing ? "echo:Heating Failed" : "echo:THERMAL RUNAWAY");
}
