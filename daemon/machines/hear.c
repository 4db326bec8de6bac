/* SPDX-License-Identifier: Apache-2.0 */
#include "hear.h"

#include <stdio.h>
#include <string.h>

#include "greet.h"
#include "heat.h"
#include "hold.h"
#include "ready.h"
#include "recover.h"
#include "safety.h"
#include "state.h"
#include "status.h"
#include "stream.h"
#include "talk.h"
#include "wire.h"

enum { REFUSAL_MS = 500, LATE_MS = 500, LIST_MS = 5000 };

static void on_refusal(struct machine *m, const struct reply *reply)
{
    struct stream *s = &m->stream;

    if (talk_heard(m, reply))
        return;
    if (s->probing) {
        recover_heard(m, reply);
        return;
    }
    if (s->supply == NULL || !s->open)
        return;
    if (reply->kind == REPLY_RESEND) {
        stream_resend(m, reply->line);
        s->last_line = -1;
        return;
    }
    if (strstr(reply->text, "No Checksum") != NULL)
        s->bare++;
    s->last_line = reply->line;
    s->refused_due = m->now + REFUSAL_MS;
}

/* The machine did not know a command. When it repeats exactly what was sent, that is its opinion;
 * else the line was damaged on its way. */
static void on_unknown(struct machine *m, const struct reply *reply)
{
    struct stream *s = &m->stream;
    size_t n = 0;
    const char *wire, *text, *quote;

    if (talk_heard(m, reply) || s->supply == NULL || s->window.count == 0)
        return;
    wire = supply_wire(s->supply, s->acked, &n);
    quote = strchr(reply->text, '"');
    text = wire == NULL || !m->dialect->numbered ? NULL : memchr(wire, ' ', n);
    if (text != NULL && quote != NULL) {
        const char *end = memchr(wire, '*', n);
        size_t len = end == NULL ? 0 : (size_t)(end - text) - 1;

        if (strncmp(quote + 1, text + 1, len) == 0 && quote[1 + len] == '"')
            return;
    }
    s->doubt = m->dialect->numbered;
    stream_fault(m);
}

/* "wait": its queue is empty; a line in flight for longer has lost its ok. */
static void on_wait(struct machine *m)
{
    struct stream *s = &m->stream;
    struct reply ok = {.kind = REPLY_ACK, .line = -1, .slots_free = -1, .planner_free = -1};

    if (!s->open || s->window.count == 0 || m->now - s->ok_since < LATE_MS || s->probing)
        return;
    s->ok_numbers = false;
    stream_fault(m);
    if (s->open)
        stream_ack(m, &ok);
}

/* More was sent than it could hold: never again on this connection. */
static void on_overflow(struct machine *m)
{
    m->stream.narrow = true;
    m->stream.window.lines_max = 1;
    machine_say(m, "its receive buffer overflowed: one line at a time from now on");
}

static void on_action(struct machine *m, const struct reply *reply)
{
    bool held = m->state == MACHINE_HELD;

    switch (reply->action) {
    case MACHINE_ACTION_PAUSE:
        hold_begin(m, HOLD_PERSON, "the machine asked to pause");
        break;
    case MACHINE_ACTION_PAUSED:
        hold_begin(m, HOLD_MACHINE, "the machine paused itself: see its panel");
        break;
    case MACHINE_ACTION_RESUME:
        if (held)
            hold_end(m);
        break;
    case MACHINE_ACTION_RESUMED:
        if (held && (m->hold.why == HOLD_MACHINE || m->hold.why == HOLD_WAITS))
            hold_end(m);
        break;
    case MACHINE_ACTION_CANCEL:
        if (m->run.active)
            run_cancel(m, "the machine's panel");
        break;
    case MACHINE_ACTION_DISCONNECT:
        run_fail(m, "the machine asked to disconnect");
        wire_close(m);
        break;
    case MACHINE_ACTION_PROMPT:
        if (strstr(reply->text, "prompt_begin ") != NULL)
            machine_say(m, "%s", strstr(reply->text, "prompt_begin ") + 13);
        break;
    case MACHINE_ACTION_NONE:
    case MACHINE_ACTION_OTHER:
        break; /* kept in the ring; nothing is ever started or powered by it */
    }
}

static void on_stopped(struct machine *m, enum reply_stop stop)
{
    switch (stop) {
    case STOP_LOCKED:
        machine_lock(m, "the printer is locked at its panel: lines are acknowledged, not made");
        break;
    case STOP_DRYRUN:
        run_fail(m, "dry run is on: lines are acknowledged, not made");
        break;
    case STOP_COLD:
        hold_begin(m, HOLD_FAULT, "cold extrusion prevented: the nozzle is not warm");
        break;
    case STOP_NONE:
        break;
    }
}

/* FNV-1a: two boards must not be taken for each other by accident, nothing more. */
static uint32_t identity_of(const char *text)
{
    uint32_t h = 2166136261u;

    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h == 0 ? 1 : h;
}

/* What it says of itself for the first time, or for the first time otherwise, may be damaged: it is
 * asked once more, and believed when it says the same again. */
static void new_identity(struct machine *m)
{
    if (m->identity_odd != m->identity_now && m->talk.step == STEP_HELLO) {
        m->identity_odd = m->identity_now;
        m->identity_now = 0;
        m->talk.again = true;
    } else if (m->identity == 0) {
        m->identity = m->identity_now;
    } else {
        ready_stranger(m);
    }
}

static void on_facts(struct machine *m, const struct reply *reply)
{
    switch (reply->kind) {
    case REPLY_IDENTITY:
        if (m->identity_now == 0) {
            m->identity_now = identity_of(reply->text);
            snprintf(m->firmware, sizeof m->firmware, "%s", reply->text);
            if (m->identity != m->identity_now)
                new_identity(m);
        }
        break;
    case REPLY_OPTIONS:
        m->capabilities = (m->capabilities & ~reply->capabilities_known) | reply->capabilities;
        if (reply->window_bytes > 0)
            m->window_bytes = reply->window_bytes > 255 * 4 ? 255 * 4 : reply->window_bytes;
        break;
    case REPLY_SETTING:
        if (reply->code == 30) {
            m->seen_30 = true;
            m->setting_30 = reply->value;
        } else if (reply->code == 32) {
            m->seen_32 = true;
            m->setting_32 = reply->value;
        } else if (reply->code == 22) {
            m->setting_22 = reply->value;
        }
        break;
    default: /* only these carry facts */
        break;
    }
}

static void on_position(struct machine *m, const struct reply *reply)
{
    if (!reply->has_position)
        return;
    memcpy(m->position, reply->position, sizeof m->position);
    m->has_position = true;
    m->dirty = true;
}

static void on_ack(struct machine *m, const struct reply *reply)
{
    heat_report(m, reply);
    if (!talk_heard(m, reply))
        stream_ack(m, reply);
}

/* It works on something long. */
static void on_busy(struct machine *m, const struct reply *reply)
{
    m->busy_seen = m->busy_seen || reply->kind == REPLY_BUSY;
    m->stream.ok_since = m->now;
    talk_heard(m, reply);
    heat_report(m, reply);
}

/* Kinds that concern the lines in flight. True if it was one. */
static bool hear_answer(struct machine *m, const struct reply *reply)
{
    switch (reply->kind) {
    case REPLY_ACK:
        on_ack(m, reply);
        return true;
    case REPLY_RESEND:
    case REPLY_ERROR_LINK:
        on_refusal(m, reply);
        return true;
    case REPLY_REJECT:
        if (!talk_heard(m, reply))
            status_reject(m, reply->code);
        return true;
    case REPLY_BUSY:
    case REPLY_HEATING:
        on_busy(m, reply);
        return true;
    case REPLY_WAIT:
        on_wait(m);
        return true;
    case REPLY_UNKNOWN:
        on_unknown(m, reply);
        return true;
    case REPLY_OVERFLOW:
        on_overflow(m);
        return true;
    default: /* the rest tells of the machine */
        return false;
    }
}

/* Kinds after which the machine is not what it was. True if it was one. */
static bool hear_change(struct machine *m, const struct reply *reply)
{
    switch (reply->kind) {
    case REPLY_ALARM:
        status_alarm(m, reply->code);
        return true;
    case REPLY_HELLO:
        greet_banner(m);
        return true;
    case REPLY_WAITS_PERSON:
        m->stream.ok_since = m->hold.waits_at = m->now;
        hold_begin(m, HOLD_WAITS, "the machine waits for a person: see its panel");
        return true;
    case REPLY_FATAL:
        machine_lock(m, "%s", reply->text);
        return true;
    case REPLY_STOPPED:
        on_stopped(m, reply->stop);
        return true;
    case REPLY_ACTION:
        on_action(m, reply);
        return true;
    default: /* the rest is only told */
        return false;
    }
}

/* By its panel somebody has it print from its card: "echo:enqueueing "M24"" (Marlin 1 and 2, Prusa,
 * in two spellings), "File opened: CUBE.GCO Size: 1234" (Marlin), "echo:Now fresh file: …". */
static bool prints_from_card(const char *text)
{
    static const char *const words[] = {
        "File opened:", "echo:Now fresh file:", "echo:enqueueing \"M24", "echo:enqueing \"M24"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* Two programs at once on one machine: neither is what its people think. */
static void on_card(struct machine *m)
{
    machine_disturbed(m);
    if (m->run.active)
        run_fail(m, "somebody prints from its card in the middle of the run");
    else
        machine_say(m, "somebody prints from its card: confirm the bed when that is done");
}

/* Filament ran out: the firmware throws away what it has queued and puts an M600 in front, with
 * Resend noise in between; only when it has settled does the last Resend count. */
static void on_words(struct machine *m, const struct reply *reply)
{
    static const char *const runout[] = {"fsensor_stop_and_save_print",
                                         "Enqueing to the front: \"M600\""};

    if (prints_from_card(reply->text))
        on_card(m);
    for (size_t i = 0; i < sizeof runout / sizeof *runout; i++)
        if (strstr(reply->text, runout[i]) != NULL)
            hold_begin(m, HOLD_MACHINE, "the filament ran out: see the machine's panel");
}

/* "o", "k", "o+", "oj N12 P15 B3": what is left of an ok. */
static bool is_torn_ok(const char *text)
{
    size_t n = strcspn(text, " ");

    return n > 0 && n <= 3 && (text[0] == 'o' || text[n - 1] == 'k') &&
           (text[n] == '\0' || text[n + 1] == 'N' || text[n + 1] == 'P');
}

static void hear_noise(struct machine *m, const struct reply *reply)
{
    struct stream *s = &m->stream;

    s->faults += m->run.active;
    if (m->dialect->numbered && m->own->profile.kind == KIND_PRINTER && s->window.count > 0 &&
        is_torn_ok(reply->text))
        s->torn_at = m->now;
    on_words(m, reply);
}

static void hear_report(struct machine *m, const struct reply *reply)
{
    switch (reply->kind) {
    case REPLY_NOISE:
        hear_noise(m, reply);
        break;
    case REPLY_MESSAGE:
        on_words(m, reply);
        status_report(m, reply);
        break;
    case REPLY_REPORT:
    case REPLY_POSITION:
        on_position(m, reply);
        heat_report(m, reply);
        status_report(m, reply);
        break;
    case REPLY_SD_BEGIN:
        m->in_list = true;
        m->list_at = m->now;
        break;
    case REPLY_SD_END:
        m->in_list = false;
        break;
    default: /* identity, options, settings */
        on_facts(m, reply);
        break;
    }
}

void machine_hear(struct machine *m, const char *line, size_t n)
{
    struct reply reply;

    m->dialect->decode(line, n, &reply);
    if (reply.kind != REPLY_REPORT || reply.state == REPORT_NONE || reply.state != m->reported)
        ring_add(&m->ring, m->now, RING_HEARD, line, n);
    if (m->now - m->list_at > LIST_MS)
        m->in_list = false; /* its end was lost */
    if (m->in_list && reply.kind != REPLY_SD_END)
        return;
    if (!hear_answer(m, &reply) && !hear_change(m, &reply))
        hear_report(m, &reply);
}
