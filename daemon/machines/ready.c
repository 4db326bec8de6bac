/* SPDX-License-Identifier: Apache-2.0 */
#include "ready.h"

#include <math.h>
#include <stdio.h>

#include "safety.h"
#include "state.h"
#include "talk.h"

bool ready_check(struct machine *m)
{
    const struct profile *p = &m->own->profile;
    char *why = m->not_ready;
    bool grbl = p->kind == KIND_LASER && !m->dialect->numbered;

    why[0] = '\0';
    if (m->stranger)
        snprintf(why, sizeof m->not_ready,
                 "another board answers on this port: check the cables, "
                 "then unlock");
    else if (grbl && (!m->seen_32 || m->setting_32 < 1))
        snprintf(why, sizeof m->not_ready, "laser mode is off: set $32=1");
    else if (grbl && (!m->seen_30 || fabs(m->setting_30 - p->s_max) > 0.5))
        snprintf(why, sizeof m->not_ready, "$30=%.0f, but the profile says %.0f", m->setting_30,
                 p->s_max);
    else if (m->reported == REPORT_CHECK)
        snprintf(why, sizeof m->not_ready, "check mode is on: reset the controller");
    else if (m->reported == REPORT_SLEEP)
        snprintf(why, sizeof m->not_ready, "the controller sleeps: unlock to wake and home it");
    m->host->ops->changed(m->host, m, true);
    return why[0] == '\0';
}

void ready_stranger(struct machine *m)
{
    if (m->phase == PHASE_READY || m->stranger || m->locked)
        return;
    m->stranger = true;
    talk_reset(m);
    m->phase = PHASE_READY;
    ready_check(m);
    m->cool = m->cool || m->run.active; /* for the board that belongs here, when it is back */
    run_end(m, RUN_FAILED, m->not_ready);
    machine_disturbed(m);
    machine_say(m, "%s", m->not_ready);
    if (!m->locked)
        machine_become(m, MACHINE_IDLE);
}
