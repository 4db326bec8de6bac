/* SPDX-License-Identifier: Apache-2.0 */
/* The job's lines under way: pump, acknowledgements, resends, link quality. */
#ifndef USINE_MACHINES_STREAM_H
#define USINE_MACHINES_STREAM_H

#include "machine.h"

/* A fresh run (or an adopted one, from line `from`): nothing sent yet; reading starts. False:
 * without memory. */
bool stream_begin(struct machine *m, uint64_t from);

/* Sends what may go now; safe to call after any event. */
void stream_pump(struct machine *m);

/* An ok that was not for talk.c. */
void stream_ack(struct machine *m, const struct reply *reply);

/* Resend: number. */
void stream_resend(struct machine *m, int64_t number);

/* Goes on at line k, whatever was in flight (probe answered, link back). */
void stream_from(struct machine *m, uint64_t k);

/* Deadlines: permits, the ok clock. */
void stream_tick(struct machine *m);

/* A link fault was seen: counts it and holds or ends the run beyond 5 % and 10 %. */
void stream_fault(struct machine *m);

/* Lets go of the run's lines. What is in flight is still owed its ok: talk.c swallows it. */
void stream_end(struct machine *m);

#endif
