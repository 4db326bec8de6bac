/* SPDX-License-Identifier: Apache-2.0 */
#include "talk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "state.h"
#include "step.h"
#include "tools.h"
#include "wire.h"

enum { TRIES = 3, HELLO_MS = 3300, ANSWER_MS = 10000, HOME_MS = 180000, MOTION_MS = 600000 };

void talk_begin(struct machine *m, enum step step)
{
    struct talk *t = &m->talk;

    if (t->token != 0)
        machine_answer(m, t->token, ERR_REFUSED, "something more urgent came in between");
    t->ghosts = (uint8_t)(t->ghosts + t->owed);
    t->step = step;
    t->first = t->count = t->owed = t->tries = 0;
    t->again = t->refused = false;
    t->token = 0;
}

void talk_say(struct machine *m, const char *format, ...)
{
    struct talk *t = &m->talk;
    va_list args;

    if (t->count == TALK_LINES)
        return;
    va_start(args, format);
    vsnprintf(t->lines[(t->first + t->count) % TALK_LINES], TALK_SIZE, format, args);
    va_end(args);
    t->count++;
}

void talk_script(struct machine *m, const char *const *script)
{
    for (; script != NULL && *script != NULL; script++) {
        talk_say(m, "%s", *script);
        if (strcmp(*script, "M104 S0") == 0)
            tools_off(m); /* that was the active one alone */
    }
}

static void send_one(struct machine *m)
{
    struct talk *t = &m->talk;
    char wire[TALK_SIZE + 1];
    int n = snprintf(wire, sizeof wire, "%s\n", t->lines[t->first]);

    if (wire_write(m, wire, (size_t)n, false)) {
        t->owed++;
        t->sent_at = m->now;
        t->again = false;
    }
}

static void pop(struct talk *t)
{
    t->first = (uint8_t)((t->first + 1) % TALK_LINES);
    t->count--;
    t->tries = 0;
}

/* The script is through (or given up). */
static void end(struct machine *m, bool well)
{
    enum step step = m->talk.step;

    m->talk.step = STEP_NONE;
    m->talk.count = m->talk.owed = 0;
    step_done(m, step, well);
}

void talk_pump(struct machine *m, bool all)
{
    struct talk *t = &m->talk;

    if (t->step == STEP_NONE)
        return;
    if (t->count == 0 && t->owed == 0) {
        end(m, true);
        return;
    }
    if (!all && t->owed == 0)
        send_one(m);
    if (all)
        t->said = t->count;
    while (all && t->count > 0 && m->link != NULL && !m->closing) {
        send_one(m);
        pop(t);
    }
}

/* Lines said all at once: which of them was damaged cannot be told, so all of them once more. */
static void say_again(struct machine *m)
{
    m->talk.first = 0;
    m->talk.count = m->talk.said;
    talk_pump(m, true);
}

/* An ok: the oldest line said (or, before it, of the run given up) was taken. */
static void on_ack(struct machine *m)
{
    struct talk *t = &m->talk;

    if (t->ghosts > 0) {
        t->ghosts--;
        return;
    }
    t->owed--;
    if (t->again && t->step == STEP_STOP && t->tries < TRIES) {
        t->tries++;
        t->again = false;
        say_again(m);
        return;
    }
    if (t->again && t->count > 0 && t->tries < TRIES + 2) {
        t->tries++;
        send_one(m);
        return;
    }
    if (t->count > 0)
        pop(t);
    talk_pump(m, false);
}

bool talk_heard(struct machine *m, const struct reply *reply)
{
    struct talk *t = &m->talk;

    if (t->owed == 0 && t->ghosts == 0)
        return false;
    if (reply->kind == REPLY_ACK) {
        if (t->owed == 0)
            t->ghosts--;
        else
            on_ack(m);
        return true;
    }
    if (t->owed == 0)
        return false;
    switch (reply->kind) {
    case REPLY_RESEND:
    case REPLY_ERROR_LINK:
        t->refused = t->step == STEP_TEST; /* one damaged line fails the link test */
        t->again = true; /* our line was damaged on its way; the ok of the refusal follows */
        t->sent_at = m->now;
        return true;
    case REPLY_UNKNOWN:
        t->again = t->step != STEP_OPERATOR && t->tries < TRIES - 1;
        return true;
    case REPLY_REJECT:
        t->refused = true;
        on_ack(m);
        return true;
    case REPLY_BUSY:
    case REPLY_HEATING:
        t->sent_at = m->now;
        return false;
    default: /* the rest tells of the machine, not of our line */
        return false;
    }
}

/* How long the answer to one line may take. */
static int64_t patience(const struct machine *m)
{
    switch (m->talk.step) {
    case STEP_HELLO:
        return HELLO_MS;
    case STEP_HOME:
        return HOME_MS;
    case STEP_DONE:
    case STEP_SETTLE:
        return m->busy_seen ? m->dialect->busy_timeout_ms * 2 : m->dialect->ok_timeout_ms;
    default:
        return ANSWER_MS;
    }
}

void talk_tick(struct machine *m)
{
    struct talk *t = &m->talk;
    int64_t wait = patience(m);

    if (m->state == MACHINE_HELD && m->hold.why == HOLD_WAITS)
        t->sent_at = m->now; /* nothing is answered before the person at its panel is */
    if (t->owed == 0 || t->step == STEP_NONE || m->now - t->sent_at < (wait > 0 ? wait : ANSWER_MS))
        return;
    if (t->step == STEP_DONE && m->now - m->since < MOTION_MS)
        t->tries = 0; /* motion may last; M400 twice does no harm */
    t->ghosts = 0;
    if (++t->tries >= TRIES || t->count == 0) {
        end(m, false);
        return;
    }
    t->owed = 0;
    send_one(m);
}

void talk_reset(struct machine *m)
{
    struct talk *t = &m->talk;

    if (t->token != 0)
        machine_answer(m, t->token, ERR_LINK, "the machine was reset or its link was lost");
    memset(t, 0, offsetof(struct talk, lines));
}
