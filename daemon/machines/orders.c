/* SPDX-License-Identifier: Apache-2.0 */
#include "orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "by_hand.h"
#include "gate.h"
#include "greet.h"
#include "hold.h"
#include "safety.h"
#include "start.h"
#include "state.h"
#include "stream.h"
#include "talk.h"
#include "wire.h"

enum {
    TEST_LINES = 16,
    CLOCK_SLACK_MS = 250, /* the floor follows the wall clock to 100 ms */
};

/* Another board than the one known here: it hears nothing before a person has unlocked it. */
static bool is_stranger(const struct machine *m)
{
    return m->identity != 0 && m->identity_now != 0 && m->identity != m->identity_now;
}

void order_send(struct machine *m, const struct order *order)
{
    const char *why = by_hand_refusal(&m->own->profile, order->line);

    if (why == NULL && m->state == MACHINE_HELD)
        why = by_hand_refusal_held(&m->own->profile, order->line);
    if (m->locked)
        why = "the machine is locked: a person on site must unlock it";
    else if (m->phase != PHASE_READY || m->stop.active)
        why = "the machine is not connected";
    else if (is_stranger(m))
        why = m->not_ready;
    else if (m->state != MACHINE_IDLE && m->state != MACHINE_HELD)
        why = "only when idle or held";
    else if (m->talk.step != STEP_NONE || m->stream.window.count > 0 || m->stream.probing)
        why = "the machine is still answering: try again in a moment";
    if (why != NULL) {
        machine_answer(m, order->token, ERR_REFUSED, why);
        return;
    }
    if (!by_hand_is_question(&m->own->profile, order->line))
        machine_disturbed(m);
    talk_begin(m, STEP_OPERATOR);
    m->talk.token = order->token;
    talk_say(m, "%s", order->line);
    talk_pump(m, false);
}

void order_test(struct machine *m, const struct order *order)
{
    char wire[WIRE_MAX];
    size_t n;

    if (m->state != MACHINE_IDLE || m->phase != PHASE_READY || m->talk.step != STEP_NONE ||
        is_stranger(m)) {
        machine_answer(m, order->token, ERR_REFUSED, "the link is tested when the machine is idle");
        return;
    }
    talk_begin(m, STEP_TEST);
    m->talk.token = order->token;
    if (!m->dialect->numbered) {
        for (int i = 0; i < TEST_LINES; i++)
            talk_say(m, "$G");
        talk_pump(m, false);
        return;
    }
    n = m->dialect->encode(wire, sizeof wire, SUPPLY_NUMBER - 1, "M110 N9999", 10);
    talk_say(m, "%.*s", (int)n - 1, wire);
    for (uint32_t i = 0; i < TEST_LINES; i++) {
        n = m->dialect->encode(wire, sizeof wire, SUPPLY_NUMBER + i, "M105", 4);
        talk_say(m, "%.*s", (int)n - 1, wire);
    }
    talk_pump(m, false);
}

void order_unlock(struct machine *m, const struct order *order)
{
    bool stands = m->reported == REPORT_DOOR || m->reported == REPORT_HOLD;
    bool needed = m->locked || m->stop.home || m->not_ready[0] != '\0' || stands;

    if (!needed || m->run.active) {
        machine_answer(m, order->token, ERR_REFUSED, "the machine is not locked");
        return;
    }
    m->locked = false;
    m->stop.active = false;
    m->identity = 0; /* the person has seen which board it is */
    m->unlocking = true;
    m->backoff_ms = 0;
    m->retry_at = m->now;
    machine_say(m, "unlocked by %s", order->by);
    machine_become(m, m->link == NULL ? MACHINE_OFFLINE : MACHINE_GREETING);
    if (m->link != NULL && !m->closing) {
        if (m->dialect->numbered)
            wire_close(m); /* opened again: a killed board needs its reset */
        else
            greet_again(m);
    }
    machine_answer(m, order->token, ERR_OK,
                   m->dialect->numbered ? "unlocked; if it does not come back, reset the board"
                                        : "unlocked; it homes before anything else");
}

void order_resume(struct machine *m, const struct order *order)
{
    if (m->state != MACHINE_HELD || m->phase != PHASE_READY) {
        machine_answer(m, order->token, ERR_REFUSED, "the machine is not held");
        return;
    }
    if (m->hold.why == HOLD_WAITS && !(m->capabilities & CAP_EMERGENCY_PARSER)) {
        machine_answer(m, order->token, ERR_REFUSED, "it waits at its own panel: press its button");
        return;
    }
    if (m->hold.why == HOLD_WAITS) {
        wire_write(m, "M108\n", 5, false);
        m->talk.ghosts++; /* it answers with an ok of its own (FIRMWARE.md, Marlin 13) */
        machine_answer(m, order->token, ERR_OK, "told to go on");
        return;
    }
    if (m->dialect->resume != NULL)
        wire_urgent(m, m->dialect->resume);
    hold_end(m);
    machine_answer(m, order->token, ERR_OK, "resumed");
}

/* Why a word given at that wall time is not taken; NULL: it is. */
static const char *no_consent(struct machine *m, int64_t given)
{
    int64_t (*wall)(struct host *, int64_t) = m->host->ops->wall;
    int64_t now = wall(m->host, m->now);
    int64_t slack = wall(m->host, m->now + CLOCK_SLACK_MS) - now; /* training: a fast calendar */

    if (m->run.active)
        return "a run is under way";
    if (m->state == MACHINE_STOPPING || m->talk.step == STEP_HOME || m->talk.step == STEP_OPERATOR)
        return "it may still move: look again in a moment";
    if (now - given > CONSENT_AGE_MS)
        return "that confirmation is older than 12 h";
    if (given - now > slack)
        return "that confirmation is of a time to come: the clock was set; confirm again";
    if (m->disturbed_at > 0 && wall(m->host, m->disturbed_at) > given + slack)
        return "it has moved since that confirmation: look again";
    return NULL;
}

static void consent(struct machine *m, const struct order *order)
{
    int64_t wall = m->host->ops->wall(m->host, m->now);
    int64_t given = order->given_ms > 0 ? order->given_ms : wall;
    const char *why = no_consent(m, given);

    if (why != NULL) {
        m->consent = (struct consent){.id = order->consent}; /* void, and the office hears it */
        machine_set_bed(m, m->bed == BED_CLEAR ? BED_UNCERTAIN : m->bed);
        machine_answer(m, order->token, ERR_REFUSED, why);
        return;
    }
    m->bed = BED_CLEAR;
    m->had_link_loss = false;
    m->consent = (struct consent){.id = order->consent,
                                  .given_ms = given,
                                  .given_at = m->now - (wall - given),
                                  .until_ms = given + order->hold_ms};
    machine_answer(m, order->token, ERR_OK, "the bed is clear");
}

static void withdraw(struct machine *m, const struct order *order)
{
    start_withdraw(m, "the clear-bed confirmation was taken back");
    if (m->run.active) {
        machine_answer(m, order->token, ERR_REFUSED, "the run has begun: cancel it");
        return;
    }
    m->consent = (struct consent){0};
    m->bed = BED_UNCERTAIN;
    machine_answer(m, order->token, ERR_OK, "taken back");
}

/* At start-up: what was known before the daemon stopped. Nothing unlocks by a restart. */
static void occupy(struct machine *m, const struct order *order)
{
    m->bed = order->bed;
    m->consent = (struct consent){0};
    m->quarantined = m->quarantined || (order->flags & FLAG_QUARANTINED);
    m->out = m->out || (order->flags & FLAG_OUT_OF_SERVICE);
    if (order->locked)
        machine_lock(m, "%s",
                     order->line[0] == '\0' ? "locked before the daemon's restart" : order->line);
    machine_answer(m, order->token, ERR_OK, NULL);
}

void order_bed(struct machine *m, const struct order *order)
{
    if (order->kind == ORDER_CONSENT) {
        consent(m, order);
    } else if (order->kind == ORDER_WITHDRAW) {
        withdraw(m, order);
    } else {
        occupy(m, order);
    }
    m->host->ops->changed(m->host, m, true);
}
