/* SPDX-License-Identifier: Apache-2.0 */
/* N5 M105*<xor> is refused: "Error:Line Number is not Last Line Number+1, Last Line: X",
 * "Resend: X+1", "ok". We go on at X+1: no gap, no repeat. X = 0 or a banner: the board was reset.
 * The refusal empties the receive buffer too, so nothing else may be in flight when it is answered.
 * Goes wrong: no answer (probe again every 10 s; the machine may be in a long silent command), an
 * answer that does not agree with itself (noise: probe again), a line we never sent (end). */
#include "recover.h"

#include <string.h>

#include "safety.h"
#include "state.h"
#include "stream.h"
#include "wire.h"

enum {
    PROBE_NUMBER = 5,
    PROBE_MS = 10000,
    PROBE_SOON_MS = 3000, /* the machine is answering other things */
    PROBES_MAX = 6,       /* their bytes must fit the receive buffer */
    MUTE_MS = 30000,
    GIVE_UP_MS = 300000,
    OK_MS = 500,
};

static const char asking[] = "asking the machine where it stands";

static void send_probe(struct machine *m)
{
    char wire[WIRE_MAX];
    size_t n = m->dialect->encode(wire, sizeof wire, PROBE_NUMBER, "M105", 4);

    m->stream.probe_at = m->now;
    m->stream.probes++;
    wire_write(m, wire, n, false);
}

void recover_probe(struct machine *m)
{
    struct stream *s = &m->stream;

    if (s->probing)
        return;
    s->probing = true;
    s->answered = s->permit_wait = s->quiet_wait = s->doubt = false;
    s->probes = 0;
    s->torn_at = 0;
    s->last_line = -1;
    s->ok_since = m->now;
    send_probe(m);
}

void recover_heard(struct machine *m, const struct reply *reply)
{
    struct stream *s = &m->stream;

    if (reply->kind == REPLY_ERROR_LINK) {
        s->last_line = reply->line;
        return;
    }
    s->asked = reply->line < SUPPLY_NUMBER ? 0 : (uint64_t)(reply->line - SUPPLY_NUMBER);
    s->answered = s->last_line + 1 == reply->line && s->last_line >= 0;
    s->permit_due = m->now + OK_MS;
}

/* The question is answered; a run that stays held says what for. */
static void end_asking(struct machine *m)
{
    if (strcmp(m->message, asking) == 0)
        machine_say(m, "%s",
                    m->run.adopted && m->run.held
                        ? "held since before usined started anew: resume when ready"
                        : "");
}

/* The machine says that it accepted everything before line k. */
static void go_on(struct machine *m, uint64_t k)
{
    struct stream *s = &m->stream;
    uint8_t repeats = s->probes > 1 ? (uint8_t)(s->probes - 1) : 0;

    stream_from(m, k);
    s->repeats = repeats;
    s->ok_since = m->now;
    end_asking(m);
    stream_pump(m);
}

void recover_answered(struct machine *m)
{
    struct stream *s = &m->stream;
    int64_t next = s->last_line + 1;

    s->probing = s->answered = false;
    window_clear(&s->window); /* nothing is in flight any more: the machine said so */
    if (next < SUPPLY_NUMBER) {
        run_fail(m, "the machine was reset in the run: it lost its place");
        return;
    }
    next -= SUPPLY_NUMBER;
    if (m->run.adopted && s->supply == NULL) {
        if (next == 0) /* nor is it known what of the commands before it was taken */
            run_fail(m, "the run had not begun when usined stopped");
        else if ((uint64_t)next > m->run.order.lines || (uint64_t)next < m->run.order.acked)
            run_fail(m, "the machine stands at line %lld, which is not where this run was",
                     (long long)next);
        else if (!stream_begin(m, (uint64_t)next))
            run_fail(m, "out of memory");
        else
            end_asking(m);
        return;
    }
    if ((uint64_t)next > s->sent) {
        run_fail(m, "the machine says that it took line %lld, which was never sent",
                 (long long)next - 1);
        return;
    }
    go_on(m, (uint64_t)next);
}

void recover_tick(struct machine *m)
{
    struct stream *s = &m->stream;
    bool lively = m->heard_at > s->probe_at && m->now - m->heard_at < PROBE_MS;
    int64_t wait = lively ? PROBE_SOON_MS : PROBE_MS;

    if (s->answered) {
        if (m->now >= s->permit_due)
            recover_answered(m);
        return;
    }
    if (m->now - m->heard_at > MUTE_MS && s->probes >= 3 && m->now - s->probe_at >= PROBE_MS) {
        m->quarantined = true;
        run_fail(m, "the machine does not answer any more: check its power and cable");
        return;
    }
    if (m->now - s->ok_since > GIVE_UP_MS) {
        m->quarantined = true;
        run_fail(m, "the machine reports but takes no lines any more");
        return;
    }
    if (m->now - s->probe_at >= wait && s->probes < PROBES_MAX)
        send_probe(m);
}

void recover_run(struct machine *m)
{
    struct run *r = &m->run;
    int64_t wall = m->host->ops->wall(m->host, m->now);
    int64_t gap = r->lost ? m->now - r->lost_at : wall - r->order.heard_ms;

    if (m->own->profile.kind != KIND_PRINTER || !m->dialect->numbered) {
        run_fail(m, "the link was lost in the run: %s never resumes",
                 m->own->profile.kind == KIND_LASER ? "a laser" : "this machine");
        return;
    }
    if (recover_too_late(gap)) {
        run_fail(m, "the link was lost for %d s: too long to go on", (int)(gap / 1000));
        return;
    }
    r->lost = false;
    machine_become(m, MACHINE_RUNNING);
    if (r->held)
        machine_become(m, MACHINE_HELD);
    else if (m->heat.waiting != ITEM_SEND)
        machine_become(m, MACHINE_HEATING); /* what it waited for is still to come */
    m->stream.open = true;
    r->began = true;
    window_clear(&m->stream.window);
    m->stream.probing = false;
    machine_say(m, "%s", asking);
    recover_probe(m);
}

void recover_ready(struct machine *m)
{
    if (!m->run.adopted || m->stream.probing || m->stream.supply == NULL)
        return;
    m->run.adopted = false; /* from here on it is a run like any other */
    m->stream.open = true;
    m->stream.ok_since = m->now;
}
