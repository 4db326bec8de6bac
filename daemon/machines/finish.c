/* SPDX-License-Identifier: Apache-2.0 */
#include "finish.h"

#include "safety.h"
#include "state.h"
#include "talk.h"

enum { AT_ONCE_MS = 100, SETTLE_LINES = 8, IDLES = 2 };

void finish_begin(struct machine *m)
{
    machine_become(m, MACHINE_FINISHING);
    m->run.idles = 0;
    if (m->dialect->motion_done == NULL)
        return; /* finish_report */
    talk_begin(m, STEP_DONE);
    talk_say(m, "%s", m->dialect->motion_done);
    talk_pump(m, false);
}

const char *const *numbers_end(const struct machine *m)
{
    static const char *const script[] = {"M110 N0", NULL};

    return m->dialect->numbered ? script : NULL;
}

void finish_moved(struct machine *m)
{
    bool at_once = m->now - m->since < AT_ONCE_MS;

    talk_begin(m, STEP_SETTLE);
    for (int i = 0; at_once && i < SETTLE_LINES; i++)
        talk_say(m, "G4 P1"); /* some builds answer M400 at once; these wait for the planner */
    talk_script(m, m->dialect->safe);
    talk_script(m, numbers_end(m));
    talk_pump(m, false);
}

void finish_report(struct machine *m, const struct reply *reply)
{
    bool still = reply->state == REPORT_IDLE && m->spindle <= 0;

    if (m->state != MACHINE_FINISHING || m->dialect->motion_done != NULL ||
        m->talk.step != STEP_NONE)
        return;
    m->run.idles = still ? (uint8_t)(m->run.idles + 1) : 0;
    if (m->run.idles < IDLES)
        return;
    talk_begin(m, STEP_SETTLE);
    talk_say(m, "$G"); /* and in what mode it ended */
    talk_script(m, m->dialect->safe);
    talk_pump(m, false);
}

void finish_end(struct machine *m)
{
    run_end(m, RUN_FINISHED, "");
    machine_become(m, MACHINE_IDLE);
}
