/* SPDX-License-Identifier: Apache-2.0 */
/* Where does the machine stand? A line with a number that is never valid is refused with the last
 * one accepted (FAULTS.md section 1 rule 3). After a lost ok, a lost link, a restart of the daemon.
 */
#ifndef USINE_MACHINES_RECOVER_H
#define USINE_MACHINES_RECOVER_H

#include "machine.h"

/* A run does not go on that was without its machine, or its daemon, for so many ms: more than 60 s,
 * or less than nothing, as the clock was set meanwhile. Pure. */
static inline bool recover_too_late(int64_t gap_ms)
{
    return gap_ms > 60000 || gap_ms < -60000;
}

/* Sends the probe; the stream stands until it is answered. */
void recover_probe(struct machine *m);

/* Error:… Last Line or Resend came while probing. */
void recover_heard(struct machine *m, const struct reply *reply);

/* The ok of the probe's refusal came (or was waited for long enough). */
void recover_answered(struct machine *m);

/* Probes again, gives up. */
void recover_tick(struct machine *m);

/* The machine is greeted and a run is under way: adopted, or its link was lost. */
void recover_run(struct machine *m);

/* An adopted run's lines came. */
void recover_ready(struct machine *m);

#endif
