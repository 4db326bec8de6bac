/* SPDX-License-Identifier: Apache-2.0 */
#include "step.h"

#include "finish.h"
#include "greet.h"
#include "hold.h"
#include "safety.h"
#include "start.h"
#include "state.h"
#include "stream.h"
#include "wire.h"

static void tested(struct machine *m, bool well)
{
    uint64_t token = m->talk.token;

    m->talk.token = 0;
    if (well)
        m->quarantined = false;
    machine_say(m, "%s", well ? "" : "the link test failed: check cable, connectors and shielding");
    machine_answer(m, token, well ? ERR_OK : ERR_LINK, well ? "the link test passed" : m->message);
}

static void operator_said(struct machine *m, bool well)
{
    uint64_t token = m->talk.token;

    m->talk.token = 0;
    if (well && m->talk.refused)
        machine_answer(m, token, ERR_REFUSED, "the machine refused the line");
    else
        machine_answer(m, token, well ? ERR_OK : ERR_TIMEOUT,
                       well ? "taken" : "the machine did not answer");
}

static void moved(struct machine *m, bool well)
{
    if (well)
        finish_moved(m);
    else
        run_fail(m, "the machine did not say that its motion ended");
}

/* Heaters or beam may still be on: greeted anew, they are switched off before anything else. */
static void doubt(struct machine *m)
{
    m->cool = true;
    wire_close(m);
}

/* The run is over and was good; heaters and beam must be off for certain. */
static void settled(struct machine *m, bool well)
{
    if (m->state != MACHINE_FINISHING)
        return;
    finish_end(m);
    if (!well)
        doubt(m);
}

static void homed(struct machine *m, bool well)
{
    machine_disturbed(m);
    if (!well || m->talk.refused) {
        m->stop.home = true;
        machine_say(m, "homing failed: see the machine, then unlock again");
    }
    greet_done(m);
}

void step_done(struct machine *m, enum step step, bool well)
{
    switch (step) {
    case STEP_NONE:
        break;
    case STEP_HELLO:
        greet_asked(m, well);
        break;
    case STEP_ARM:
        greet_done(m);
        break;
    case STEP_PROLOGUE:
        start_stream(m, well && !m->talk.refused);
        break;
    case STEP_RESTORE:
        hold_restored(m);
        break;
    case STEP_POLL:
        if (!well && m->state == MACHINE_IDLE)
            wire_close(m);
        stream_pump(m);
        break;
    case STEP_IDLE:
        if (!well && m->state == MACHINE_IDLE)
            doubt(m);
        break;
    case STEP_DONE:
        moved(m, well);
        break;
    case STEP_SETTLE:
        settled(m, well && !m->talk.refused);
        break;
    case STEP_STOP:
        safety_stopped(m, well);
        break;
    case STEP_HOME:
        homed(m, well);
        break;
    case STEP_OPERATOR:
        operator_said(m, well);
        break;
    case STEP_TEST:
        tested(m, well && !m->talk.refused);
        break;
    }
}
