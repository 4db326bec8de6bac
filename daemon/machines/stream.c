/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: an ok takes the oldest line out of the window, the pump puts the next ones on the
 * wire in one write, and at the end of the supply the run finishes.
 * What can go wrong: the firmware asks for a line again (rewind once, wait for the permit that its
 * ok is), an ok is lost (the ok clock; recover.c probes), the reader is behind (on_ready pumps), a
 * host action stands between two lines (wait until all before it are acknowledged). */
#include "stream.h"

#include <string.h>

#include "finish.h"
#include "heat.h"
#include "hold.h"
#include "recover.h"
#include "safety.h"
#include "start.h"
#include "state.h"
#include "wire.h"

enum {
    PUMP_BYTES = 512,
    AHEAD_LINES = 16,  /* most lines in flight on a printer, whatever it offers */
    AHEAD_BYTES = 127, /* small boards: a ring of 128 (FIRMWARE.md, Marlin 11) */
    TORN_MS = 1000,    /* after a torn ok: the answers to other lines come first */
};

static void on_supply(void *owner)
{
    struct machine *m = owner;

    if (m->run.adopted)
        recover_ready(m);
    else if (m->run.active && !m->run.prologue)
        start_ready(m);
    stream_pump(m);
}

static void window_reset(struct machine *m)
{
    unsigned lines = m->dialect->window_lines;
    unsigned bytes = m->dialect->window_bytes;

    if (bytes > 0 && m->window_bytes > 0)
        bytes = (unsigned)m->window_bytes;
    window_init(&m->stream.window, lines, bytes);
}

bool stream_begin(struct machine *m, uint64_t from)
{
    struct supply_spec spec = {.path = m->run.order.path,
                               .sha256 = m->run.order.sha256,
                               .profile = &m->own->profile,
                               .dialect = m->dialect,
                               .from = from,
                               .lines = m->run.order.lines,
                               .on_ready = on_supply,
                               .owner = m};
    struct stream old = m->stream;

    memset(&m->stream, 0, sizeof m->stream);
    m->stream.ok_numbers = old.ok_numbers; /* of the connection, not of the run */
    m->stream.narrow = old.narrow;
    m->stream.okless = old.okless;
    m->stream.sent = m->stream.acked = from;
    m->stream.last_line = -1;
    window_reset(m);
    m->stream.supply = supply_create(m->host, &spec);
    return m->stream.supply != NULL;
}

void stream_end(struct machine *m)
{
    m->talk.ghosts = (uint8_t)(m->talk.ghosts + m->stream.window.count);
    supply_destroy(m->stream.supply);
    m->stream.supply = NULL;
    m->stream.open = m->stream.probing = m->stream.permit_wait = false;
    m->stream.refused_due = m->stream.empty_since = 0;
    window_clear(&m->stream.window);
}

/* ---- out ---- */

static bool may_send(const struct machine *m)
{
    const struct stream *s = &m->stream;

    return s->open && s->supply != NULL && !s->permit_wait && !s->probing && !s->doubt &&
           m->talk.owed == 0 && m->link != NULL && !m->closing && m->phase == PHASE_READY &&
           m->state == MACHINE_RUNNING;
}

/* Does a host action; true if lines may go on at once. */
static bool act(struct machine *m, const struct supply_item *item)
{
    switch (item->kind) {
    case ITEM_PAUSE:
        hold_begin(m, HOLD_PROGRAM, "the program asks for a person: %.*s", (int)item->len,
                   item->text);
        return false;
    case ITEM_MESSAGE:
        machine_say(m, "%.*s", (int)item->len, item->text);
        return true;
    case ITEM_WAIT_NOZZLE:
    case ITEM_WAIT_BED:
        return heat_wait(m, item);
    case ITEM_PROGRESS:
        m->run.percent = item->value;
        m->run.left_s = item->extra * 60;
        m->run.left_at = m->now;
        return true;
    case ITEM_SEND:
    case ITEM_NOZZLE:
    case ITEM_BED:
        break;
    }
    return true;
}

static bool is_barrier(enum item_kind kind)
{
    return kind == ITEM_PAUSE || kind == ITEM_WAIT_NOZZLE || kind == ITEM_WAIT_BED;
}

struct burst {
    size_t n;
    char bytes[PUMP_BYTES];
};

/* Adds one line to the burst; false: it must wait. */
static bool add_line(struct machine *m, const struct supply_item *item, struct burst *burst)
{
    struct stream *s = &m->stream;

    if (!window_has_room(&s->window, item->len) || burst->n + item->len > PUMP_BYTES)
        return false;
    if (item->kind != ITEM_SEND && !heat_may_set(m, item))
        return false;
    memcpy(burst->bytes + burst->n, item->text, item->len);
    burst->n += item->len;
    ring_add(&m->ring, m->now, RING_SENT, item->text, item->len);
    if (s->window.count == 0) {
        s->ok_since = m->now;
        s->torn_at = 0;
    }
    window_sent(&s->window, item->len);
    if (item->number >= s->sent) {
        s->sent = item->number + 1;
        s->noise_lines++; /* what is sent again says nothing new about the link */
    }
    m->sent_lines++;
    return true;
}

static void flush(struct machine *m, struct burst *burst)
{
    if (burst->n == 0)
        return;
    if (!m->run.began) {
        m->run.began = true;
        machine_tell_run(m, EVENT_RUN_STARTED, RUN_FINISHED, "");
    }
    wire_write(m, burst->bytes, burst->n, true);
    burst->n = 0;
}

/* Takes the next item; false: stop here. */
static bool take(struct machine *m, struct supply_item *item, struct burst *burst)
{
    struct stream *s = &m->stream;

    if (item->kind <= ITEM_BED) {
        if (!add_line(m, item, burst))
            return false;
        supply_next(s->supply);
        return true;
    }
    if (item->number < s->sent) { /* done before a rewind */
        supply_next(s->supply);
        return true;
    }
    if (is_barrier(item->kind) && s->window.count > 0)
        return false;
    flush(m, burst);
    supply_next(s->supply);
    return act(m, item);
}

/* Every line is acknowledged. After any doubt on the way the machine is asked what it really took.
 */
static void at_end(struct machine *m)
{
    if (m->dialect->numbered && m->stream.faults > 0) {
        m->stream.faults = 0;
        recover_probe(m);
        return;
    }
    finish_begin(m);
}

void stream_pump(struct machine *m)
{
    enum supply_state state = SUPPLY_READY;
    struct supply_item item;
    struct burst burst;

    burst.n = 0;
    while (may_send(m)) {
        state = supply_peek(m->stream.supply, &item);
        if (state != SUPPLY_READY || !take(m, &item, &burst))
            break;
    }
    flush(m, &burst);
    if (!may_send(m))
        return;
    if (state == SUPPLY_FAILED)
        run_fail(m, "%s", supply_fault(m->stream.supply));
    else if (state == SUPPLY_END && m->stream.window.count == 0)
        at_end(m);
}

/* ---- in ---- */

static void permit(struct machine *m)
{
    m->stream.permit_wait = m->stream.quiet_wait = false;
    m->stream.ok_since = m->now;
    stream_pump(m);
}

/* A printer that says how much room it has may be sent that much; rule 6 of FAULTS.md section 1. */
static void widen(struct machine *m, int slots)
{
    struct window *w = &m->stream.window;

    if (!m->dialect->numbered || m->dialect->window_bytes > 0)
        return;
    if (slots < 1 || m->stream.narrow)
        slots = 1;
    w->lines_max = (uint16_t)(slots > AHEAD_LINES ? AHEAD_LINES : slots);
    w->bytes_max = slots > 1 ? AHEAD_BYTES : 0;
}

static void take_acked(struct machine *m, uint64_t until)
{
    struct stream *s = &m->stream;

    while (s->acked < until && s->window.count > 0) {
        window_acked(&s->window);
        s->acked++;
    }
    if (s->acked > s->asked) {
        s->same = s->bare = 0;
        s->repeats = 0;
    }
    s->ok_since = m->now;
    s->torn_at = s->empty_since = 0;
    m->dirty = true;
}

void stream_ack(struct machine *m, const struct reply *reply)
{
    struct stream *s = &m->stream;
    int64_t k = reply->line - SUPPLY_NUMBER;
    bool named = m->dialect->numbered && reply->line >= SUPPLY_NUMBER && (uint64_t)k < s->sent;

    if (reply->slots_free >= 0)
        widen(m, reply->slots_free);
    s->ok_numbers = s->ok_numbers || named;
    if (s->probing && s->answered) {
        recover_answered(m);
        return;
    }
    if (s->refused_due > 0 && !named)
        stream_resend(m, s->last_line + 1); /* its Resend was lost on the way */
    if (s->permit_wait && !named) {
        s->okless = false;
        if (!s->quiet_wait)
            permit(m);
        return;
    }
    if (s->supply == NULL || (s->ok_numbers && !named))
        return; /* the ok of a refusal, or a surplus one: it raises no credit */
    take_acked(m, named ? (uint64_t)k + 1 : s->acked + 1);
    if (s->doubt) {
        s->doubt = false;
        recover_probe(m);
        return;
    }
    if (m->state == MACHINE_HELD && m->hold.why == HOLD_WAITS)
        hold_end(m); /* the person at its panel has answered */
    stream_pump(m);
}

void stream_from(struct machine *m, uint64_t k)
{
    struct stream *s = &m->stream;
    uint64_t taken = k > s->acked ? k - s->acked : 0;

    if (taken > 0)
        m->dirty = true;
    s->acked = k;
    window_clear(&s->window);
    if (k > s->sent)
        s->sent = k;
    supply_rewind(s->supply, k);
}

/* The ok clock has run out, or what was left of an ok came a second ago and no other one since. */
static bool is_ok_late(const struct machine *m)
{
    const struct stream *s = &m->stream;
    unsigned patience = m->busy_seen ? m->dialect->busy_timeout_ms : m->dialect->ok_timeout_ms;

    if (s->window.count == 0)
        return false;
    if (s->torn_at > 0 && m->now - s->torn_at >= TORN_MS)
        return true;
    return patience > 0 && m->now - s->ok_since >= (int64_t)patience;
}

static void on_ok_late(struct machine *m)
{
    if (m->dialect->numbered && m->own->profile.kind == KIND_PRINTER) {
        stream_fault(m);
        if (m->run.active)
            recover_probe(m);
        return;
    }
    m->quarantined = true;
    run_fail(m, "an answer was lost on the way: check cable and shielding");
}

void stream_tick(struct machine *m)
{
    struct stream *s = &m->stream;

    if (!s->open || m->phase != PHASE_READY || (s->supply == NULL && !s->probing))
        return; /* a board is greeted before it is asked where it stands */
    if (s->refused_due > 0 && m->now >= s->refused_due) {
        s->refused_due = 0;
        stream_resend(m, s->last_line + 1);
        if (s->permit_wait)
            s->permit_due = m->now;
    }
    if (s->permit_wait && m->now >= s->permit_due) {
        s->okless = !s->quiet_wait;
        permit(m);
    }
    if (s->doubt && s->window.count == 0 && !s->permit_wait)
        recover_probe(m); /* no ok is owed that would ask it */
    if (s->probing) {
        recover_tick(m);
        return;
    }
    if (m->state == MACHINE_HELD && (m->hold.why == HOLD_WAITS || m->hold.why == HOLD_MACHINE))
        s->ok_since = m->now;
    if (is_ok_late(m))
        on_ok_late(m);
}
