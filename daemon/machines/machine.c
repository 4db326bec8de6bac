/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estop.h"
#include "greet.h"
#include "hear.h"
#include "heat.h"
#include "hold.h"
#include "incident.h"
#include "orders.h"
#include "safety.h"
#include "start.h"
#include "state.h"
#include "status.h"
#include "stream.h"
#include "talk.h"
#include "tools.h"
#include "view.h"
#include "watch.h"
#include "wire.h"

enum { BACKOFF_MIN_MS = 500, BACKOFF_MAX_MS = 30000 };

/* A dialect that is in no table cannot pass the config's check; silence is its safest reading. */
static const struct dialect *dialect_of(const struct config_machine *own)
{
    const struct dialect *dialect = dialect_find(own->profile.dialect);

    return dialect == NULL ? &dialect_marlin : dialect;
}

void machine_init(struct machine *m, struct host *host, struct site *site, struct config *config,
                  const struct config_machine *own)
{
    memset(m, 0, sizeof *m);
    m->host = host;
    m->site = site;
    m->config = config_ref(config);
    m->own = own;
    m->dialect = dialect_of(own);
    m->random = 2463534242u;
    for (const char *p = own->id; *p != '\0'; p++)
        m->random = (m->random ^ (unsigned char)*p) * 16777619u;
    m->nozzle = m->nozzle_target = m->bed_temp = m->bed_target = NAN;
    tools_forget(m);
    m->bed = BED_UNCERTAIN;
    m->run.percent = m->run.left_s = -1;
    m->heat.want_nozzle = m->heat.want_bed = -1;
    m->heat.tool = -1;
    framer_init(&m->framer);
}

void machine_finish(struct machine *m)
{
    incident_forget(m);
    supply_destroy(m->stream.supply);
    m->stream.supply = NULL;
    if (m->heat.slot)
        m->site->heating--;
    m->heat.slot = false;
    config_unref(m->config);
    config_unref(m->next_config);
    m->config = m->next_config = NULL;
}

static void prefetch_self(const struct machine *m)
{
    const void *const hot[] = {
        m,
        &m->now,
        &m->heard_at,
        &m->framer,
        &m->talk,
        &m->stream,
        &m->stream.ok_since,
        &m->stream.asked,
        &m->stream.ok_numbers,
        &m->run,
        &m->hold,
        &m->heat,
        &m->reported,
        &m->sent_lines,
        &m->ring,
    };

    for (size_t i = 0; i < sizeof hot / sizeof *hot; i++)
        __builtin_prefetch(hot[i], 1);
}

void machine_prefetch(const struct machine *m, unsigned turns)
{
    if (turns == 3) {
        prefetch_self(m);
    } else if (turns == 2) { /* what it points to, now that the pointers are here */
        ring_prefetch(&m->ring);
        __builtin_prefetch(m->stream.supply, 1);
    } else {
        supply_prefetch(m->stream.supply); /* and what that points to */
    }
}

void machine_on_bytes(struct machine *m, const char *bytes, size_t n, int64_t now)
{
    const char *line;
    size_t length;

    m->now = now;
    m->heard_at = now;
    m->dirty = true;
    while (m->link != NULL && (line = framer_next(&m->framer, &bytes, &n, &length)) != NULL)
        machine_hear(m, line, length);
}

/* 0.5 s to 30 s, doubling, with jitter so that a hub's ports do not all come at once. */
static void retry_later(struct machine *m)
{
    m->backoff_ms = m->backoff_ms == 0 ? BACKOFF_MIN_MS : m->backoff_ms * 2;
    if (m->backoff_ms > BACKOFF_MAX_MS)
        m->backoff_ms = BACKOFF_MAX_MS;
    m->random ^= m->random << 13;
    m->random ^= m->random >> 17;
    m->random ^= m->random << 5;
    m->retry_at = m->now + m->backoff_ms / 2 + m->random % (m->backoff_ms / 2 + 1);
}

/* A printer's run waits for the cable to come back; nothing else does. */
static void lose_run(struct machine *m, const char *text)
{
    struct run *r = &m->run;

    if (!r->active || r->lost || m->released || (r->adopted && m->stream.supply == NULL))
        return; /* an adopted run's gap counts from before the daemon's stop */
    if (!r->prologue) {
        run_end(m, RUN_REFUSED, text); /* its file was being read: nothing was sent */
        return;
    }
    if (m->own->profile.kind != KIND_PRINTER || !m->dialect->numbered || !m->stream.open) {
        run_fail(m, "the link was lost: %s", text);
        return;
    }
    r->lost = true;
    r->lost_at = m->now;
    r->held = m->state == MACHINE_HELD;
    m->stream.probing = m->stream.permit_wait = false;
    m->stream.refused_due = 0;
}

void machine_on_closed(struct machine *m, const char *text, int64_t now)
{
    bool ours = m->closing;

    m->now = now;
    ring_add(&m->ring, now, RING_NOTE, text, strlen(text));
    m->link = NULL;
    m->closing = false;
    m->phase = PHASE_CLOSED;
    m->had_link_loss = m->had_link_loss || !ours;
    talk_reset(m);
    start_withdraw(m, "the link was lost before the start"); /* nothing begins as it comes back */
    lose_run(m, text);
    m->stop.home = m->stop.home || m->stop.active;
    m->stop.active = false;
    if (!ours && !m->locked)
        machine_say(m, "%s", text);
    if (!m->locked)
        machine_become(m, MACHINE_OFFLINE);
    retry_later(m);
}

static void try_port(struct machine *m)
{
    char text[160] = "";
    enum err err;

    if (m->link != NULL || m->locked || m->removed || m->now < m->retry_at)
        return;
    err = m->host->ops->open(m->host, m, text, sizeof text);
    if (err == ERR_TIMEOUT)
        return; /* its turn comes */
    if (err != ERR_OK) {
        if (!m->swept && strncmp(m->message, text, sizeof m->message - 1) != 0)
            machine_say(m, "%s", text);
        retry_later(m);
        return;
    }
    greet_opened(m);
}

void machine_tick(struct machine *m, int64_t now)
{
    m->now = now;
    if (m->link == NULL) {
        watch_offline(m);
        try_port(m);
        return;
    }
    if (m->closing)
        return;
    greet_tick(m);
    talk_tick(m);
    stream_tick(m);
    hold_tick(m);
    heat_tick(m);
    safety_tick(m);
    status_tick(m);
    start_tick(m);
    watch_tick(m);
}

static void order_wire(struct machine *m, const struct order *order)
{
    char *text = ring_text(&m->ring, m->now);

    machine_answer(m, order->token, text == NULL ? ERR_NO_MEMORY : ERR_OK, text);
    free(text);
}

static void order_pause(struct machine *m, const struct order *order)
{
    if (!m->run.active || (m->state != MACHINE_RUNNING && m->state != MACHINE_HEATING)) {
        machine_answer(m, order->token, ERR_REFUSED, "there is nothing to pause");
        return;
    }
    hold_begin(m, HOLD_PERSON, "paused by %s", order->by);
    machine_answer(m, order->token, ERR_OK, "paused");
}

static void order_cancel(struct machine *m, const struct order *order)
{
    if (start_withdraw(m, "cancelled before the start")) {
        machine_answer(m, order->token, ERR_OK, "cancelled before the start");
        return;
    }
    if (!m->run.active) {
        machine_answer(m, order->token, ERR_REFUSED, "there is no run to cancel");
        return;
    }
    run_cancel(m, order->by);
    machine_answer(m, order->token, ERR_OK, "cancelled");
}

static void order_estop(struct machine *m, const struct order *order)
{
    char text[160];
    enum err err = machine_estop(m, order->by, text, sizeof text);

    machine_answer(m, order->token, err, text);
}

void machine_order(struct machine *m, const struct order *order, int64_t now)
{
    m->now = now;
    switch (order->kind) {
    case ORDER_START:
        start_run(m, &order->run);
        break;
    case ORDER_ADOPT:
        start_adopted(m, &order->run);
        break;
    case ORDER_CONSENT:
    case ORDER_WITHDRAW:
    case ORDER_OCCUPY:
        order_bed(m, order);
        break;
    case ORDER_PAUSE:
        order_pause(m, order);
        break;
    case ORDER_RESUME:
        order_resume(m, order);
        break;
    case ORDER_CANCEL:
        order_cancel(m, order);
        break;
    case ORDER_ESTOP:
        order_estop(m, order);
        break;
    case ORDER_UNLOCK:
        order_unlock(m, order);
        break;
    case ORDER_TEST:
        order_test(m, order);
        break;
    case ORDER_SEND:
        order_send(m, order);
        break;
    case ORDER_OUT:
    case ORDER_IN:
        m->out = order->kind == ORDER_OUT;
        machine_answer(m, order->token, ERR_OK, NULL);
        m->host->ops->changed(m->host, m, true);
        break;
    case ORDER_WIRE:
        order_wire(m, order);
        break;
    case ORDER_CONFIGURE:
    case ORDER_STOP:
        break; /* the fleet's */
    }
}

void machine_release(struct machine *m)
{
    start_withdraw(m, "the daemon stops: nothing was sent");
    safety_release(m);
    m->released = true;
    m->stream.open = false;
    wire_close(m);
}
