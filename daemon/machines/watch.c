/* SPDX-License-Identifier: Apache-2.0 */
#include "watch.h"

#include "gate.h"
#include "recover.h"
#include "safety.h"
#include "state.h"
#include "talk.h"

enum { IDLE_MUTE_MS = 30000, SETTLED_MS = 5000, AWAY_MS = 15000 };

int64_t consent_age(const struct machine *m)
{
    int64_t by_loop = m->now - m->consent.given_at;
    int64_t by_wall = m->host->ops->wall(m->host, m->now) - m->consent.given_ms;

    return by_loop > by_wall ? by_loop : by_wall;
}

/* Who was away for long may be another board, or have been moved: boards of one model all give the
 * same name. */
static void watch_consent(struct machine *m)
{
    bool away = m->phase != PHASE_READY;

    if (!away)
        m->away_since = 0;
    else if (m->away_since == 0)
        m->away_since = m->now;
    if (m->bed != BED_CLEAR || m->run.active)
        return;
    if ((m->consent.id != 0 && consent_age(m) > CONSENT_AGE_MS) ||
        (away && m->now - m->away_since > AWAY_MS))
        machine_disturbed(m);
}

/* An idle printer that said nothing for long is asked; no answer closes the link (step.c). */
static void watch_idle(struct machine *m)
{
    bool cold = m->nozzle_target <= 0 && (m->bed_target <= 0 || m->own->profile.bed_max_c <= 0);

    if (m->state != MACHINE_IDLE || m->stranger || m->phase != PHASE_READY ||
        m->talk.step != STEP_NONE || !m->dialect->numbered)
        return;
    if (m->armed && cold && m->report_at > m->since && m->now - m->since > SETTLED_MS) {
        m->armed = false; /* stock Marlin's dead-man would kill an idle board too */
        talk_begin(m, STEP_IDLE);
        talk_say(m, "M85 S0");
        talk_pump(m, false);
        return;
    }
    if (m->now - m->heard_at < IDLE_MUTE_MS)
        return;
    talk_begin(m, STEP_POLL);
    talk_say(m, "%s", m->dialect->poll != NULL ? m->dialect->poll : "M105");
    talk_pump(m, false);
}

void watch_tick(struct machine *m)
{
    watch_consent(m);
    watch_idle(m);
}

void watch_offline(struct machine *m)
{
    const struct run *r = &m->run;
    int64_t gap;

    watch_consent(m);
    if (!r->active)
        return;
    gap = r->lost ? m->now - r->lost_at : m->host->ops->wall(m->host, m->now) - r->order.heard_ms;
    if (recover_too_late(gap))
        run_fail(m, "the link was lost for more than 60 s");
}
