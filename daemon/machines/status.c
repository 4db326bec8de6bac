/* SPDX-License-Identifier: Apache-2.0 */
#include "status.h"

#include <stdio.h>

#include "finish.h"
#include "gcode/line.h"
#include "hold.h"
#include "recover.h"
#include "safety.h"
#include "state.h"
#include "wire.h"

enum {
    LOST_OK_MS = 2000, /* all empty while lines are in flight */
    LIT_MS = 2000,
    AGAIN_MS = 1000,
    DWELL_MAX_S = 3600,
    RESUMED_MS = 500, /* a report from before our `~` may still come */
    IDLE_ASK_MS = 1000,
    IDLE_SILENCE_MS = 10000,
};

/* How long the oldest line in flight may dwell: Grbl stands still and empty meanwhile. */
static int64_t dwell_ms(const struct machine *m)
{
    struct gcode_line line;
    double seconds = 0;
    size_t n = 0;
    const char *wire = supply_wire(m->stream.supply, m->stream.acked, &n);

    if (wire == NULL)
        return 0;
    gcode_line_parse(&line, wire, n, m->own->profile.flavour);
    if (line.fault != GCODE_LINE_OK || !gcode_line_is(&line, 'G', 4) ||
        !gcode_line_value(&line, 'P', &seconds) || seconds < 0 || seconds > DWELL_MAX_S)
        return 0;
    return (int64_t)(seconds * 1000);
}

/* Nothing is left to do: it stands still, or planner and ring are both empty. The ring alone says
 * nothing: M5 and a full planner keep a line waiting outside of it (FIRMWARE.md, Grbl 12). */
static bool is_empty(const struct machine *m, const struct reply *reply)
{
    if (reply->state == REPORT_IDLE)
        return true;
    return reply->state == REPORT_RUN && reply->has_buffer && m->stream.window.bytes_max > 0 &&
           m->planner_most > 0 && reply->planner_free >= m->planner_most &&
           reply->slots_free >= m->stream.window.bytes_max;
}

/* Empty while answers are owed: one was lost, and must not be invented. */
static void watch_buffer(struct machine *m, const struct reply *reply)
{
    struct stream *s = &m->stream;

    if (!is_empty(m, reply) || s->window.count == 0 || m->dialect->numbered) {
        s->empty_since = 0;
        return;
    }
    if (s->empty_since == 0)
        s->empty_since = m->now;
    if (m->now - s->empty_since < LOST_OK_MS + dwell_ms(m))
        return;
    m->quarantined = true;
    run_fail(m, "an answer was lost on the way: check cable and shielding");
}

/* Held or behind its door it stands; of constant power (M3) a Grbl built so lets the beam on. */
static bool stands_lit(const struct machine *m, const struct reply *reply)
{
    return m->own->profile.m3_allowed && reply->has_feed && reply->substate == 0 &&
           (reply->state == REPORT_HOLD || reply->state == REPORT_DOOR);
}

/* A beam that stays on while it stands still: M5 was lost, or its laser mode is off after all. */
static void watch_beam(struct machine *m, const struct reply *reply)
{
    bool still =
        (reply->state == REPORT_IDLE && m->state == MACHINE_FINISHING) || stands_lit(m, reply);

    if (!still || m->spindle <= 0 || m->own->profile.kind != KIND_LASER) {
        m->lit_since = 0;
        return;
    }
    if (m->lit_since == 0)
        m->lit_since = m->now;
    if (m->now - m->lit_since >= LIT_MS)
        run_fail(m, "the beam is on while the machine stands still");
}

/* A hold of ours that it did not hear: it goes on through its buffer. */
static void hold_again(struct machine *m)
{
    if (m->state != MACHINE_HELD || m->hold.why == HOLD_MACHINE || m->dialect->hold == NULL ||
        m->now - m->hold.since < AGAIN_MS || m->now < m->stop.again_at)
        return;
    m->stop.again_at = m->now + AGAIN_MS;
    wire_urgent(m, m->dialect->hold);
}

/* What the reported state means while a run is under way. */
static void in_run(struct machine *m, const struct reply *reply)
{
    switch (reply->state) {
    case REPORT_HOLD:
    case REPORT_DOOR:
        if (m->state != MACHINE_HELD && m->now - m->hold.since > RESUMED_MS)
            hold_begin(m, HOLD_MACHINE, "%s",
                       reply->state == REPORT_DOOR ? "the door is open: close it, then resume"
                                                   : "the machine holds: resume when ready");
        break;
    case REPORT_RUN:
        hold_again(m);
        /* fall through */
    case REPORT_IDLE:
        if (m->state == MACHINE_HELD && m->hold.why == HOLD_MACHINE)
            hold_end(m); /* somebody at the machine let it go on */
        break;
    case REPORT_ALARM:
        run_fail(m, "the machine is in alarm");
        break;
    case REPORT_CHECK:
        run_fail(m, "check mode is on: lines are acknowledged but nothing is cut");
        break;
    case REPORT_SLEEP:
        run_fail(m, "the controller went to sleep");
        break;
    case REPORT_NONE:
    case REPORT_JOG:
    case REPORT_HOME:
    case REPORT_TOOL:
        break;
    }
}

/* Somebody moves it by hand: what was said of the bed is no longer true (FAULTS.md section 7.7). */
static void watch_motion(struct machine *m, const struct reply *reply)
{
    bool moves =
        reply->state == REPORT_RUN || reply->state == REPORT_JOG || reply->state == REPORT_HOME;

    if (moves)
        machine_disturbed(m);
}

static void out_of_run(struct machine *m, const struct reply *reply)
{
    watch_motion(m, reply);
    if ((m->state != MACHINE_IDLE && m->state != MACHINE_GREETING) || m->stop.active)
        return;
    if (reply->state == REPORT_ALARM && !m->stop.home) {
        m->stop.home = true;
        machine_say(m, "in alarm: see the machine, then unlock it");
        m->host->ops->changed(m->host, m, true);
    }
    if (reply->state == REPORT_CHECK || reply->state == REPORT_SLEEP)
        snprintf(m->not_ready, sizeof m->not_ready, "%s",
                 reply->state == REPORT_CHECK ? "check mode is on: reset the controller"
                                              : "the controller sleeps: unlock to wake it");
}

void status_report(struct machine *m, const struct reply *reply)
{
    if (reply->state == REPORT_NONE)
        return;
    if (reply->state != m->reported) {
        m->reported = reply->state;
        m->dirty = true;
    }
    m->report_at = m->now;
    if (reply->has_feed)
        m->spindle = (float)reply->spindle; /* left out: as in the last report */
    if (reply->has_buffer && reply->state == REPORT_IDLE && reply->planner_free > m->planner_most)
        m->planner_most = reply->planner_free;
    if (reply->kind == REPLY_REPORT)
        safety_report(m, reply); /* a message is not yet a status */
    if (!m->run.active) {
        out_of_run(m, reply);
        return;
    }
    watch_buffer(m, reply);
    if (m->run.active)
        watch_beam(m, reply);
    if (m->run.active)
        in_run(m, reply);
    finish_report(m, reply);
}

void status_alarm(struct machine *m, int code)
{
    if (code == 3 && m->stop.active)
        return; /* our own reset */
    m->stop.home = true;
    if (code == 2 || code == 3) {
        run_fail(m, code == 2 ? "soft limit: the file or the origin is wrong"
                              : "reset while moving: its position is lost");
        machine_say(m, "alarm %d: see the machine, then unlock it", code);
        return;
    }
    machine_lock(m,
                 code == 1 ? "hard limit: the position is lost (ALARM:%d)"
                           : "homing or probing failed: out of service (ALARM:%d)",
                 code);
}

static bool is_garbled(int code)
{
    return code == 1 || code == 2 || code == 20 || code == 22 || code == 24 || code == 33;
}

void status_reject(struct machine *m, int code)
{
    if (!m->run.active)
        return;
    if (is_garbled(code))
        m->quarantined = true;
    if (code == 9)
        run_fail(m, "the controller is locked (error:9)");
    else
        run_fail(m, "the machine refused a line after %llu (error:%d)%s",
                 (unsigned long long)m->stream.acked, code,
                 is_garbled(code) ? ": it was damaged on the way" : "");
}

/* Polled machines must go on reporting. */
static void watch_silence(struct machine *m)
{
    int64_t silent = m->now - m->report_at;

    if (m->stop.active || m->dialect->silence_ms == 0 || m->talk.step == STEP_HOME)
        return;
    if (m->run.active && silent > (int64_t)m->dialect->silence_ms) {
        m->quarantined = true;
        run_fail(m, "no status for %.1f s", (double)silent / 1000);
    } else if (!m->run.active && silent > IDLE_SILENCE_MS) {
        wire_close(m);
    }
}

void status_tick(struct machine *m)
{
    bool quick = m->run.active || m->stop.active;
    int64_t every = quick ? (int64_t)m->dialect->ask_every_ms : IDLE_ASK_MS;

    if (m->dialect->ask == NULL || m->link == NULL || m->closing)
        return;
    if (m->phase != PHASE_READY && !m->stop.active)
        return;
    watch_silence(m);
    if (m->now - m->asked_at < every || m->link == NULL || m->closing)
        return;
    m->asked_at = m->now;
    if (link_write_urgent(m->link, m->dialect->ask, 1) != ERR_OK)
        wire_close(m);
}
