/* SPDX-License-Identifier: Apache-2.0 */
/* Printers: no more job bytes, then at once M104 S0, M140 S0, M107 and M400, without waiting for
 * answers. Lasers that listen to single bytes: `!` and 0x18 (a cancel lets it come to a stand
 * first, which keeps its position), then the status must say Idle or Alarm without power; silence
 * -> LOCKED and the words to switch it off. Ends are told once, before the machine is asked
 * anything more. */
#include "safety.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "finish.h"
#include "heat.h"
#include "state.h"
#include "stream.h"
#include "talk.h"
#include "wire.h"

enum {
    STAND_MS = 2000,
    STATUS_MS = 6000,
    AGAIN_MS = 1000,
    ANSWERED_MS = 100, /* a report from before the reset may still come */
};

void run_end(struct machine *m, enum run_outcome outcome, const char *reason)
{
    struct run *r = &m->run;
    char words[160]; /* reason may stand in the supply or in m->message, which change below */

    snprintf(words, sizeof words, "%s", reason);
    stream_end(m);
    heat_forget(m);
    m->hold.why = HOLD_NONE;
    m->stop.gentle = false;
    if (!r->active)
        return;
    if (m->state == MACHINE_HEATING)
        r->heating_ms += m->now - m->since;
    if (m->state == MACHINE_RUNNING || m->state == MACHINE_FINISHING)
        r->running_ms += m->now - m->since;
    if (outcome != RUN_FINISHED)
        log_warning("%s: run %lld %s: %s", m->own->id, (long long)r->order.run,
                    run_outcome_name(outcome), words);
    machine_tell_run(m, EVENT_RUN_ENDED, outcome, words);
    m->last_run = r->order.run;
    m->last_outcome = outcome;
    if (outcome != RUN_REFUSED) {
        m->disturbed_at = m->now;
        machine_set_bed(m, outcome == RUN_FINISHED ? BED_OCCUPIED : BED_UNCERTAIN);
    }
    machine_say(m, "%s", words);
    memset(r, 0, sizeof *r);
    r->percent = r->left_s = -1;
    m->host->ops->changed(m->host, m, true);
}

/* A laser that obeys single bytes. */
static bool has_bytes(const struct machine *m)
{
    return m->own->profile.kind == KIND_LASER && m->dialect->stop != NULL &&
           m->dialect->hold != NULL;
}

static void stop_laser(struct machine *m, bool gentle)
{
    m->stop.gentle = gentle;
    m->stop.active = true;
    m->stop.since = m->now;
    m->stop.reset_sent = !gentle;
    m->stop.again_at = m->now + AGAIN_MS;
    m->reported = REPORT_NONE;
    talk_reset(m);
    wire_urgent(m, m->dialect->hold);
    if (!gentle) {
        m->stop.home = true;
        wire_urgent(m, m->dialect->stop);
    }
}

/* Heaters and beam off now, without waiting for answers. The number of the run's last line is
 * closed with it: no later run may be taken for this one. */
static void make_safe(struct machine *m)
{
    talk_begin(m, STEP_STOP);
    talk_script(m, m->dialect->safe);
    if (m->dialect->motion_done != NULL && m->state != MACHINE_LOCKED) {
        talk_script(m, numbers_end(m));
        talk_say(m, "%s", m->dialect->motion_done);
    }
    talk_pump(m, true);
}

/* The run is over without success: the machine must come to rest. */
static void stop_machine(struct machine *m, bool gentle)
{
    if (m->link == NULL || m->closing || m->phase != PHASE_READY) {
        m->cool = true;
        m->stop.home = m->stop.home || has_bytes(m); /* nobody saw where it came to a stand */
        machine_become(m, m->link == NULL ? MACHINE_OFFLINE : MACHINE_GREETING);
        return;
    }
    machine_become(m, MACHINE_STOPPING);
    if (has_bytes(m))
        stop_laser(m, gentle);
    else
        make_safe(m);
}

void run_fail(struct machine *m, const char *format, ...)
{
    char reason[160];
    va_list args;

    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    if (!m->run.active)
        return;
    run_end(m, RUN_FAILED, reason);
    stop_machine(m, false);
}

void run_cancel(struct machine *m, const char *by)
{
    char reason[160];

    snprintf(reason, sizeof reason, "cancelled by %s", by);
    run_end(m, RUN_CANCELLED, reason);
    stop_machine(m, true);
}

void machine_lock(struct machine *m, const char *format, ...)
{
    char reason[160];
    va_list args;

    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    if (m->locked)
        return; /* the first reason stands */
    m->locked = true;
    m->cool = true; /* what it does not hear now it is told when a person has unlocked it */
    log_error("%s: locked: %s", m->own->id, reason);
    run_end(m, RUN_FAILED, reason);
    machine_set_bed(m, m->bed == BED_OCCUPIED ? BED_OCCUPIED : BED_UNCERTAIN);
    machine_become(m, MACHINE_LOCKED);
    machine_say(m, "%s", reason);
    if (!has_bytes(m))
        make_safe(m);
    else if (m->link != NULL && !m->closing)
        stop_laser(m, false);
    else
        m->stop.home = true;
}

void safety_release(struct machine *m)
{
    if (!m->run.active || m->own->profile.kind != KIND_LASER || m->link == NULL || m->closing)
        return;
    if (has_bytes(m)) {
        wire_urgent(m, m->dialect->hold);
        wire_urgent(m, m->dialect->stop);
        return;
    }
    talk_begin(m, STEP_STOP);
    talk_script(m, m->dialect->safe);
    talk_pump(m, true);
}

void safety_tick(struct machine *m)
{
    struct stop *s = &m->stop;

    if (!s->active)
        return;
    if (!s->reset_sent && m->now - s->since > STAND_MS) {
        s->again_at = m->now + AGAIN_MS;
        s->reset_sent = s->home = true; /* it did not stand still: the reset loses its place */
        wire_urgent(m, m->dialect->stop);
    }
    if (m->now - s->since <= STATUS_MS)
        return;
    s->active = false;
    s->home = true;
    machine_lock(m, "no answer after the stop: switch the laser off at its supply");
}

/* Its own words decide: Idle or Alarm, without power, after the reset. */
void safety_report(struct machine *m, const struct reply *reply)
{
    struct stop *s = &m->stop;
    bool still = reply->state == REPORT_IDLE || reply->state == REPORT_ALARM;

    if (!s->active)
        return;
    if (!s->reset_sent) {
        if ((reply->state == REPORT_HOLD && reply->substate == 0) || reply->state == REPORT_IDLE) {
            s->reset_sent = true;
            s->again_at = m->now + AGAIN_MS;
            wire_urgent(m, m->dialect->stop);
        }
        return;
    }
    if ((reply->state == REPORT_RUN || reply->state == REPORT_HOLD) && m->now >= s->again_at) {
        s->again_at = m->now + AGAIN_MS; /* the bytes were lost on the way */
        s->home = true;
        wire_urgent(m, m->dialect->hold);
        wire_urgent(m, m->dialect->stop);
    }
    if (!still || m->spindle > 0 || m->now - s->since < ANSWERED_MS)
        return;
    s->active = false;
    s->home = s->home || reply->state == REPORT_ALARM;
    m->phase = PHASE_READY;
    if (!m->locked)
        machine_become(m, MACHINE_IDLE);
}

void safety_stopped(struct machine *m, bool well)
{
    if (m->state != MACHINE_STOPPING)
        return;
    if (!well) {
        m->cool = true;
        wire_close(m); /* it does not answer: greet it anew before anything else */
        return;
    }
    machine_become(m, MACHINE_IDLE);
}
