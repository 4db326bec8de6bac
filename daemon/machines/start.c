/* SPDX-License-Identifier: Apache-2.0 */
#include "start.h"

#include <stdio.h>
#include <string.h>

#include "gate.h"
#include "greet.h"
#include "heat.h"
#include "ready.h"
#include "recover.h"
#include "safety.h"
#include "state.h"
#include "stream.h"
#include "talk.h"
#include "watch.h"

/* Refuses order without touching the run under way, if any. */
static void refuse(struct machine *m, const struct run_order *order, const char *reason)
{
    struct run saved = m->run;

    m->run.order = *order;
    m->run.heating_ms = m->run.running_ms = 0;
    machine_tell_run(m, EVENT_RUN_ENDED, RUN_REFUSED, reason);
    m->run = saved;
}

/* Why it is not ready, as it reported last. */
static const char *not_ready(const struct machine *m)
{
    if (m->not_ready[0] == '\0' && m->reported == REPORT_DOOR)
        return "its door is open: close it, then unlock";
    if (m->not_ready[0] == '\0' && m->reported == REPORT_HOLD)
        return "it holds: see the machine, then unlock";
    return m->not_ready;
}

static struct gate_facts facts_of(const struct machine *m)
{
    int64_t wall = m->host->ops->wall(m->host, m->now);

    return (struct gate_facts){
        .profile = &m->own->profile,
        .state = m->state,
        .connected = m->phase == PHASE_READY && m->link != NULL && !m->closing,
        .locked = m->locked,
        .quarantined = m->quarantined,
        .out = m->out,
        .home_first = m->stop.home,
        .run_active = m->run.active,
        .not_ready = not_ready(m),
        .bed = m->bed,
        .consent = m->consent.id,
        .consent_ms = wall - consent_age(m),
        .wall_ms = wall,
        .changing = m->next_config != NULL || m->removed,
    };
}

static void begin(struct machine *m, const struct run_order *order)
{
    struct run *r = &m->run;

    memset(r, 0, sizeof *r);
    r->order = *order;
    r->percent = r->left_s = -1;
    r->active = true;
    heat_forget(m);
    m->hold.why = HOLD_NONE;
}

/* The run ends before anything was sent. */
static void not_begun(struct machine *m, const char *reason)
{
    run_end(m, RUN_REFUSED, reason);
    if (m->state == MACHINE_RUNNING)
        machine_become(m, MACHINE_IDLE);
}

void start_run(struct machine *m, const struct run_order *order)
{
    struct gate_facts facts = facts_of(m);
    char reason[160];

    if (m->run.waits && order != &m->run.order) {
        refuse(m, order, "another start waits on this machine");
        return;
    }
    if (!gate_open(&facts, order, reason, sizeof reason)) {
        refuse(m, order, reason);
        return;
    }
    if (facts.wall_ms < m->consent.until_ms) {
        m->run.order = *order;
        m->run.waits = true;
        return;
    }
    begin(m, order);
    machine_say(m, "%s", "");
    m->report_at = m->now;
    machine_become(m, MACHINE_RUNNING);
    if (!stream_begin(m, 0))
        not_begun(m, "out of memory");
}

void start_ready(struct machine *m)
{
    char wire[WIRE_MAX];
    struct gate_facts facts = facts_of(m);
    struct supply_item item;
    char reason[160];
    size_t n;

    if (supply_peek(m->stream.supply, &item) == SUPPLY_FAILED) {
        snprintf(reason, sizeof reason, "%s", supply_fault(m->stream.supply)); /* it goes with it */
        not_begun(m, reason);
        return;
    }
    facts.state = MACHINE_IDLE;
    facts.run_active = false;
    if (!gate_open(&facts, &m->run.order, reason, sizeof reason)) { /* it has read for long */
        not_begun(m, reason);
        return;
    }
    m->run.prologue = true;
    machine_set_bed(m, BED_OCCUPIED);
    talk_begin(m, STEP_PROLOGUE);
    if (m->dialect->numbered) {
        n = m->dialect->encode(wire, sizeof wire, SUPPLY_NUMBER - 1, "M110 N9999", 10);
        talk_say(m, "%.*s", (int)n - 1, wire);
    } else if (m->own->profile.kind == KIND_LASER) {
        talk_say(m, "$$"); /* settings may have changed since the greeting */
    }
    talk_script(m, m->dialect->prologue);
    if (!m->dialect->numbered)
        talk_say(m, "$G"); /* the wire ring shows in what mode the run began */
    greet_arm(m);
    talk_pump(m, false);
}

void start_stream(struct machine *m, bool well)
{
    if (!m->run.active)
        return;
    if (!well) {
        run_fail(m, "the machine did not take the commands before the run");
        return;
    }
    if (!m->dialect->numbered && !ready_check(m)) {
        run_fail(m, "%s", m->not_ready);
        return;
    }
    m->stream.open = true;
    m->report_at = m->now;
    stream_pump(m);
}

/* It was held when the daemon stopped: only a person's resume lets it go on. */
static void stay_held(struct machine *m)
{
    m->run.held = true;
    m->hold = (struct hold){
        .why = HOLD_PERSON, .since = m->now, .nozzle = m->nozzle_target, .bed = m->bed_target};
}

void start_adopted(struct machine *m, const struct run_order *order)
{
    int64_t wall = m->host->ops->wall(m->host, m->now);

    if (m->run.active || m->run.waits) {
        refuse(m, order, "the machine has a run already");
        return;
    }
    begin(m, order);
    m->run.adopted = m->run.prologue = m->run.began = true;
    m->bed = BED_OCCUPIED;
    if (order->held)
        stay_held(m);
    if (m->locked)
        run_end(m, RUN_FAILED, "the machine is locked");
    else if (m->state == MACHINE_STOPPING || m->stranger)
        run_end(m, RUN_FAILED, "the machine is being stopped, or another board answers");
    else if (m->own->profile.kind != KIND_PRINTER || !m->dialect->numbered)
        run_fail(m, "the daemon stopped in the run: this machine never resumes");
    else if (recover_too_late(wall - order->heard_ms))
        run_fail(m, "the daemon was away too long to go on with the run");
    else if (m->phase == PHASE_READY)
        greet_done(m);
}

bool start_withdraw(struct machine *m, const char *reason)
{
    struct run_order order = m->run.order;

    if (m->run.active && !m->run.prologue) { /* its file is being read: nothing was sent */
        run_end(m, RUN_REFUSED, reason);
        machine_become(m, MACHINE_IDLE);
        return true;
    }
    if (!m->run.waits)
        return false;
    m->run.waits = false;
    refuse(m, &order, reason);
    return true;
}

void start_tick(struct machine *m)
{
    struct run_order order;

    if (!m->run.waits || m->host->ops->wall(m->host, m->now) < m->consent.until_ms)
        return;
    order = m->run.order;
    m->run.waits = false;
    start_run(m, &order);
}
