/* SPDX-License-Identifier: Apache-2.0 */
/* M109 and M190 never go to a machine: the target is sent (M104, M140) and the host watches, so
 * that a cancel is immediate. A cold machine's first target above 0 needs one of its site's heating
 * slots; it is given back when the targets are reached, at 0, or the run ends.
 * Wrong: the report shows another target than the one sent (a digit was corrupted) -> HOLD; it does
 * not get warm in time -> the run fails. */
#include "heat.h"

#include <math.h>

#include "hold.h"
#include "safety.h"
#include "state.h"
#include "stream.h"
#include "talk.h"
#include "tools.h"

enum {
    REACH_C = 2,
    REPORTS = 2,         /* in a row, before a temperature or a wrong target is believed */
    READ_BACK_MS = 3000, /* a target sent shows in the reports by then */
    POLL_MS = 2000,
    SOAK_MIN = 15,   /* where the profile does not say */
    HOT_MS = 600000, /* FAULTS.md section 7.1 */
};

static bool near(float now, float target, bool cooling)
{
    if (isnan(now))
        return false;
    return now >= target - REACH_C && (!cooling || now <= target + REACH_C);
}

/* Of the heater that the program waits for. */
static float now_of(const struct machine *m)
{
    if (m->heat.waiting == ITEM_WAIT_BED)
        return m->bed_temp;
    return m->heat.tool >= 0 ? m->tools[m->heat.tool].now : m->nozzle;
}

bool heat_reached(const struct machine *m)
{
    const struct heat *h = &m->heat;

    if (tools_several(m) ? !tools_reached(m, REACH_C)
                         : h->want_nozzle > 0 && !near(m->nozzle, h->want_nozzle, false))
        return false;
    return (h->want_bed <= 0 || near(m->bed_temp, h->want_bed, false));
}

static void give_back(struct machine *m)
{
    if (!m->heat.slot)
        return;
    m->heat.slot = false;
    m->site->heating--;
}

void heat_forget(struct machine *m)
{
    give_back(m);
    m->heat.waiting = ITEM_SEND;
    m->heat.tool = -1;
    m->heat.warm = false;
    m->heat.wrong = m->heat.good = 0;
    m->heat.left_nozzle = m->heat.want_nozzle;
    m->heat.left_bed = m->heat.want_bed;
    m->heat.want_nozzle = m->heat.want_bed = -1;
}

bool heat_take_slot(struct machine *m)
{
    if (m->heat.slot || m->site->max_heating == 0)
        return true;
    if (m->site->heating >= m->site->max_heating) {
        machine_say(m, "waiting to heat: %d machines of %s heat already", m->site->heating,
                    m->site->id);
        return false;
    }
    m->heat.slot = true;
    m->site->heating++;
    machine_say(m, "%s", "");
    return true;
}

bool heat_may_set(struct machine *m, const struct supply_item *item)
{
    struct heat *h = &m->heat;
    bool nozzle = item->kind == ITEM_NOZZLE;

    if (item->value > 0 && !h->warm && !heat_take_slot(m))
        return false;
    h->want_line = item->number;
    if (nozzle) {
        h->want_nozzle = (float)item->value;
        h->want_nozzle_at = m->now;
    } else {
        h->want_bed = (float)item->value;
        h->want_bed_at = m->now;
    }
    h->wrong = 0;
    return true;
}

bool heat_wait(struct machine *m, const struct supply_item *item)
{
    struct heat *h = &m->heat;

    h->waiting = item->kind;
    h->target = (float)item->value;
    h->cooling = (int)item->extra % 2 != 0;
    h->tool = tools_several(m) ? (int)item->extra / 2 - 1 : -1;
    if (h->tool >= REPLY_TOOLS)
        h->tool = -1;
    h->good = 0;
    h->since = m->now;
    if (h->target <= 0 && !h->cooling) {
        h->waiting = ITEM_SEND;
        h->tool = -1;
        return true;
    }
    machine_become(m, MACHINE_HEATING);
    return false;
}

/* The wait is over. */
static void reached(struct machine *m)
{
    m->heat.waiting = ITEM_SEND;
    m->heat.tool = -1;
    m->heat.warm = true;
    if (m->state == MACHINE_HEATING)
        machine_become(m, MACHINE_RUNNING);
    stream_pump(m);
}

/* Does the machine hold the targets that were sent? A damaged report shows another one too, but not
 * the same again. */
static void read_back(struct machine *m)
{
    struct heat *h = &m->heat;
    float shown;
    bool taken = m->stream.acked > h->want_line;
    bool nozzle = !tools_several(m) && h->want_nozzle >= 0 &&
                  m->now - h->want_nozzle_at > READ_BACK_MS && !isnan(m->nozzle_target) &&
                  fabsf(m->nozzle_target - h->want_nozzle) > 1;
    bool bed = h->want_bed >= 0 && m->now - h->want_bed_at > READ_BACK_MS &&
               !isnan(m->bed_target) && fabsf(m->bed_target - h->want_bed) > 1;

    if (!taken)
        h->want_nozzle_at = h->want_bed_at = m->now;
    if (!taken || (!nozzle && !bed)) {
        h->wrong = 0;
        return;
    }
    shown = nozzle ? m->nozzle_target : m->bed_target;
    h->wrong = h->wrong > 0 && shown == h->odd ? (uint8_t)(h->wrong + 1) : 1;
    h->odd = shown;
    if (h->wrong < REPORTS || m->state == MACHINE_HELD || !m->run.active)
        return;
    hold_begin(m, HOLD_FAULT, "the %s target is %.0f °C, but %.0f °C was sent: a digit was damaged",
               nozzle ? "nozzle" : "bed", (double)shown,
               nozzle ? (double)h->want_nozzle : (double)h->want_bed);
}

static void take(const struct heater_report *heater, float *now, float *target)
{
    if (!heater->has)
        return;
    *now = heater->now;
    if (!isnan(heater->target))
        *target = heater->target;
}

void heat_report(struct machine *m, const struct reply *reply)
{
    struct heat *h = &m->heat;

    if (!reply->nozzle.has && !reply->bed.has)
        return;
    take(&reply->nozzle, &m->nozzle, &m->nozzle_target);
    take(&reply->bed, &m->bed_temp, &m->bed_target);
    tools_report(m, reply);
    m->report_at = m->now;
    m->dirty = true;
    if (!m->run.active)
        return;
    read_back(m);
    if (h->slot && h->warm && heat_reached(m))
        give_back(m);
    if (h->waiting == ITEM_SEND || m->state != MACHINE_HEATING)
        return;
    h->good = near(now_of(m), h->target, h->cooling) ? (uint8_t)(h->good + 1) : 0;
    if (h->good >= REPORTS)
        reached(m);
}

static int64_t soak_ms(const struct machine *m)
{
    double minutes = m->own->profile.preheat_max_min;

    return (int64_t)((minutes > 0 ? minutes : SOAK_MIN) * 60000);
}

static void switch_off(struct machine *m)
{
    talk_begin(m, STEP_IDLE);
    talk_script(m, m->dialect->safe);
    talk_pump(m, false);
}

/* "Heaters off" may be damaged into something harmless that is acknowledged. A target of the run
 * that is over shows it: it is told again. */
static void watch_left(struct machine *m)
{
    struct heat *h = &m->heat;
    bool left = (h->left_nozzle > 0 && m->nozzle_target == h->left_nozzle) ||
                (h->left_bed > 0 && m->bed_target == h->left_bed);

    if (m->run.active || m->state != MACHINE_IDLE || m->report_at <= m->since)
        return;
    if (!left) {
        h->left_nozzle = h->left_bed = -1; /* a person may preheat to just that from now on */
        return;
    }
    if (m->report_at < h->off_at + POLL_MS || m->talk.step != STEP_NONE)
        return; /* what it said before it was told says nothing */
    h->off_at = m->now;
    switch_off(m);
    machine_say(m, "heaters switched off again: they were still on after the run");
}

/* No heater stays on for long without a run (a person may preheat by the panel for ten minutes). */
static void watch_idle(struct machine *m)
{
    bool hot = m->nozzle_target > 0 || m->bed_target > 0 || tools_hot(m);

    if (m->run.active || m->state != MACHINE_IDLE || !hot) {
        m->heat.hot_since = 0;
        return;
    }
    if (m->heat.hot_since == 0)
        m->heat.hot_since = m->now;
    if (m->now - m->heat.hot_since < HOT_MS || m->talk.step != STEP_NONE)
        return;
    m->heat.hot_since = 0;
    switch_off(m);
    machine_say(m, "heaters switched off: they were on for 10 min without a run");
}

void heat_tick(struct machine *m)
{
    struct heat *h = &m->heat;
    bool wants = m->state == MACHINE_HEATING || h->slot || (m->state == MACHINE_IDLE && m->armed);

    if (m->own->profile.kind != KIND_PRINTER || m->phase != PHASE_READY || m->stranger)
        return;
    watch_left(m);
    watch_idle(m);
    if (m->state == MACHINE_HEATING && m->now - h->since > soak_ms(m)) {
        run_fail(m, "%s did not reach %.0f °C in %d min",
                 h->waiting == ITEM_WAIT_BED ? "the bed" : "the nozzle", (double)h->target,
                 (int)(soak_ms(m) / 60000));
        return;
    }
    if (m->state == MACHINE_RUNNING && !h->slot && !h->warm && m->stream.window.count == 0)
        stream_pump(m); /* a heating slot may be free now */
    if (!wants || m->dialect->poll == NULL || m->now - m->report_at < POLL_MS + 1500 ||
        m->now - h->polled_at < POLL_MS || m->talk.step != STEP_NONE ||
        m->stream.window.count > 0 || m->stream.probing)
        return;
    h->polled_at = m->now;
    talk_begin(m, STEP_POLL);
    talk_say(m, "%s", m->dialect->poll);
    talk_pump(m, false);
}
