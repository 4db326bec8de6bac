/* SPDX-License-Identifier: Apache-2.0 */
/* States, their legal moves, and how a machine tells of itself. */
#ifndef USINE_MACHINES_STATE_H
#define USINE_MACHINES_STATE_H

#include "machine.h"

/* True if m may become next: people's wishes are asked for here before anything is done. */
bool machine_may_become(const struct machine *m, enum machine_state next);

/* The only place where a machine changes state. To become what it is already is harmless. */
void machine_become(struct machine *m, enum machine_state next);

/* What a person should know, cut to the view's size. */
void machine_say(struct machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tells the office of the run (kind EVENT_RUN_STARTED or _ENDED): outcome and reason of an end. */
void machine_tell_run(struct machine *m, enum event_kind kind, enum run_outcome outcome,
                      const char *reason);

/* Answers an order; nothing if token is 0. text may be NULL. */
void machine_answer(struct machine *m, uint64_t token, enum err err, const char *text);

/* It moved, or may have: what was said of a clear bed before is void. */
void machine_disturbed(struct machine *m);

/* Changes the bed by the machine's doings: the consent (if any) is used up or void. */
void machine_set_bed(struct machine *m, enum bed_state bed);

#endif
