/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: first bytes, a banner or none, the dialect's questions one by one, M85, ready.
 * Goes wrong: no answer to a question three times within 10 s -> the link is closed and tried again
 * later; a banner in between -> from the start; another board, $32 off or $30 not the profile's ->
 * not ready, nothing is sent. */
#include "greet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ready.h"
#include "recover.h"
#include "safety.h"
#include "state.h"
#include "talk.h"
#include "tools.h"
#include "wire.h"

enum {
    ASK_MS = 200,        /* without a banner */
    BANNER_MS = 3000,    /* Grbl is deaf for up to 2.5 s after 0x18 (FIRMWARE.md, Grbl 7) */
    SETTLE_MS = 300,     /* after a banner line */
    OWN_RESET_MS = 2000, /* our opening may reset the board */
    HOLD_MIN = 70,       /* a hold may last this long before the dead-man strikes */
    SOAK_MIN = 15,
};

static void forget_connection(struct machine *m)
{
    talk_reset(m);
    framer_init(&m->framer);
    m->capabilities = 0;
    m->window_bytes = 0;
    m->planner_most = 0;
    m->seen_30 = m->seen_32 = false;
    m->setting_22 = 0;
    m->identity_now = 0;
    m->stranger = false;
    m->busy_seen = m->in_list = false;
    m->stream.ok_numbers = m->stream.narrow = m->stream.okless = false;
    m->reported = REPORT_NONE;
    m->nozzle_target = m->bed_target = NAN;
    tools_forget(m);
    m->not_ready[0] = '\0';
}

void greet_again(struct machine *m)
{
    forget_connection(m);
    m->phase = PHASE_OPENED;
    m->opened_at = m->now;
    m->next_at = m->now + (m->dialect->numbered ? ASK_MS : BANNER_MS);
    if (!m->locked)
        machine_become(m, MACHINE_GREETING);
    wire_write(m, m->dialect->greet_raw, strlen(m->dialect->greet_raw), false);
}

void greet_opened(struct machine *m)
{
    m->closing = false;
    m->sent_lines = m->resends = 0;
    m->heard_at = m->report_at = m->now;
    greet_again(m);
}

void greet_banner(struct machine *m)
{
    bool own = m->phase != PHASE_READY && m->now - m->opened_at < OWN_RESET_MS && !m->had_link_loss;

    if (m->stop.active || m->locked) {
        talk_reset(m);
        return; /* our own 0x18 */
    }
    if (m->phase != PHASE_READY) {
        bool run = m->run.active;

        talk_reset(m);
        m->phase = PHASE_OPENED;
        m->next_at = m->now + SETTLE_MS;
        if (run)
            run_end(m, RUN_FAILED, "the machine was reset in the run: it lost its place");
        m->cool = m->cool || run;
        if (!own && !run)
            machine_disturbed(m);
        return;
    }
    if (m->run.active && m->own->profile.kind == KIND_LASER) {
        run_fail(m, "the machine was reset in the run");
        if (m->stop.active)
            return;
    }
    run_end(m, RUN_FAILED, "the machine was reset in the run");
    machine_disturbed(m);
    forget_connection(m);
    m->phase = PHASE_OPENED;
    m->opened_at = m->now;
    m->next_at = m->now + SETTLE_MS;
    m->cool = true;
    machine_become(m, MACHINE_GREETING);
}

void greet_tick(struct machine *m)
{
    if (m->phase != PHASE_OPENED || m->now < m->next_at || m->locked)
        return;
    m->phase = PHASE_HELLO;
    talk_begin(m, STEP_HELLO);
    m->talk.ghosts = 0;
    talk_script(m, m->dialect->hello);
    talk_pump(m, false);
}

void greet_arm(struct machine *m)
{
    double soak = m->own->profile.preheat_max_min;

    if (!m->dialect->numbered || m->own->profile.kind != KIND_PRINTER)
        return;
    talk_say(m, "M85 S%d", (int)((soak > 0 ? soak : SOAK_MIN) + HOLD_MIN) * 60);
    m->armed = true;
}

/* A person has unlocked it: home where it can, else trust the person. Otherwise dead-man and, after
 * a bad end, heaters off. */
static void ready_script(struct machine *m)
{
    if (m->unlocking && !m->dialect->numbered) {
        machine_disturbed(m); /* homing is motion */
        talk_begin(m, STEP_HOME);
        talk_say(m, "%s", m->setting_22 > 0 ? "$H" : "$X");
        m->unlocking = m->stop.home = false;
        talk_pump(m, false);
        return;
    }
    m->unlocking = false;
    talk_begin(m, STEP_ARM);
    greet_arm(m);
    if (m->cool && m->run.active == false)
        talk_script(m, m->dialect->safe);
    if (m->dialect->numbered && !m->run.active)
        talk_say(m, "M110 N0"); /* no later run may be taken for the one this number is of */
    m->cool = false;
    talk_pump(m, false);
}

void greet_asked(struct machine *m, bool well)
{
    if (!well) {
        machine_say(m, "it does not answer: is %s the right port, baud rate %d?", m->own->port,
                    m->own->baud);
        wire_close(m);
        return;
    }
    ready_check(m);
    ready_script(m);
}

void greet_done(struct machine *m)
{
    m->phase = PHASE_READY;
    m->backoff_ms = 0;
    m->had_link_loss = false;
    m->report_at = m->asked_at = m->now;
    machine_say(m, "%s", m->not_ready);
    if (m->run.active)
        recover_run(m);
    else
        machine_become(m, MACHINE_IDLE);
}
