/* SPDX-License-Identifier: Apache-2.0 */
#include "hold.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "greet.h"
#include "heat.h"
#include "recover.h"
#include "safety.h"
#include "state.h"
#include "stream.h"
#include "talk.h"
#include "wire.h"

enum {
    FAIL_MS = 60000,
    COOLER_MS = 10 * 60000, /* nozzle to 170: a blob does not burn in */
    NOZZLE_OFF_MS = 30 * 60000,
    BED_OFF_MS = 60 * 60000,
    COOLER_C = 170,
    COLD_C = 5,      /* a bed that is so much colder is waited for */
    WAITS_MS = 6000, /* it says so every 2 s */
};

void hold_begin(struct machine *m, enum hold_why why, const char *format, ...)
{
    struct hold *h = &m->hold;
    bool again = m->state == MACHINE_HELD;
    va_list args;

    if (!m->run.active || !machine_may_become(m, MACHINE_HELD) || (again && why <= h->why))
        return;
    va_start(args, format);
    vsnprintf(m->message, sizeof m->message, format, args);
    va_end(args);
    h->why = why;
    h->fail_at = why == HOLD_FAULT ? m->now + FAIL_MS : 0;
    if (m->dialect->hold != NULL && why != HOLD_MACHINE)
        wire_urgent(m, m->dialect->hold);
    if (!again) {
        h->since = m->now;
        h->cooled = 0;
        h->resumed = false;
        h->nozzle = m->heat.want_nozzle >= 0 ? m->heat.want_nozzle : m->nozzle_target;
        h->bed = m->heat.want_bed >= 0 ? m->heat.want_bed : m->bed_target;
    }
    machine_become(m, MACHINE_HELD);
    m->host->ops->changed(m->host, m, true);
}

void hold_end(struct machine *m)
{
    struct hold *h = &m->hold;

    if (m->state != MACHINE_HELD || m->talk.step == STEP_RESTORE)
        return; /* told twice: it is on its way back to its targets */
    if (h->cooled > 0 && m->phase == PHASE_READY) {
        h->resumed = !heat_take_slot(m); /* it may be one of many that were paused together */
        if (h->resumed)
            return;
        m->heat.warm = false;
        talk_begin(m, STEP_RESTORE);
        if (h->nozzle > 0)
            talk_say(m, "M104 S%.0f", (double)h->nozzle);
        if (h->bed > 0)
            talk_say(m, "M140 S%.0f", (double)h->bed);
        if (h->cooled >= 3)
            greet_arm(m);
        talk_pump(m, false);
        return;
    }
    h->why = HOLD_NONE;
    h->since = m->now;
    m->stream.same = m->stream.bare = 0;
    m->stream.ok_since = m->now;
    machine_say(m, "%s", "");
    machine_become(m, m->heat.waiting != ITEM_SEND ? MACHINE_HEATING : MACHINE_RUNNING);
    m->heat.since = m->now;
    stream_pump(m);
}

void hold_restored(struct machine *m)
{
    struct heat *h = &m->heat;

    m->hold.cooled = 0; /* until here the link may have been lost, and the targets with it */
    h->want_nozzle = m->hold.nozzle;
    h->want_bed = m->hold.bed;
    h->want_nozzle_at = h->want_bed_at = m->now;
    if (h->waiting == ITEM_SEND && (m->hold.nozzle > 0 || m->hold.bed > 0)) {
        bool bed = m->hold.bed > 0 && !(m->bed_temp >= m->hold.bed - COLD_C); /* by far slower */

        bed = bed || m->hold.nozzle <= 0;
        h->waiting = bed ? ITEM_WAIT_BED : ITEM_WAIT_NOZZLE;
        h->target = bed ? m->hold.bed : m->hold.nozzle;
        h->cooling = false;
        h->good = 0;
    }
    h->warm = h->waiting == ITEM_SEND;
    hold_end(m);
}

/* One step of cooling down; the read-back expects the new targets. */
static void cool(struct machine *m, uint8_t step)
{
    m->hold.cooled = step;
    talk_begin(m, STEP_IDLE);
    if (step == 1 && m->hold.nozzle > COOLER_C) {
        m->heat.want_nozzle = COOLER_C;
        talk_say(m, "M104 S%d", COOLER_C);
    } else if (step == 2 && m->hold.nozzle > 0) {
        m->heat.want_nozzle = 0;
        talk_say(m, "M104 S0");
    } else if (step == 3 && m->hold.bed > 0) {
        m->heat.want_bed = 0;
        talk_say(m, "M140 S0");
        talk_say(m,
                 "M85 S0"); /* nothing is hot any more; the dead-man would kill a waiting board */
    }
    m->heat.want_nozzle_at = m->heat.want_bed_at = m->now;
    talk_pump(m, false);
}

void hold_tick(struct machine *m)
{
    static const int64_t after[] = {COOLER_MS, NOZZLE_OFF_MS, BED_OFF_MS};
    struct hold *h = &m->hold;

    if (m->state != MACHINE_HELD)
        return;
    if (h->why == HOLD_WAITS && m->stream.window.count == 0 && m->dialect->numbered &&
        m->talk.step == STEP_NONE && m->now - h->waits_at > WAITS_MS) {
        recover_probe(m); /* it has stopped saying that it waits, and owes no ok that would tell */
        hold_end(m);
        return;
    }
    if (h->resumed) {
        hold_end(m);
        return;
    }
    if (h->fail_at > 0 && m->now >= h->fail_at) {
        run_fail(m, "%s", m->message);
        return;
    }
    if (m->own->profile.kind != KIND_PRINTER || h->cooled >= 3 ||
        (m->talk.step != STEP_NONE && m->talk.step != STEP_IDLE) || m->phase != PHASE_READY ||
        m->stream.probing)
        return;
    if (isnan(h->nozzle))
        h->nozzle = m->nozzle_target; /* an adopted run: no report had come when it was held */
    if (isnan(h->bed))
        h->bed = m->bed_target;
    if (m->now - h->since >= after[h->cooled])
        cool(m, (uint8_t)(h->cooled + 1));
}
