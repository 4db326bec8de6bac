/* SPDX-License-Identifier: Apache-2.0 */
/* Locked, quarantined, out of service, held: the floor decides, the queue writes it down, so that a
 * restart of the daemon unlocks nothing and lets no held run go on by itself. */
#ifndef USINE_QUEUE_CONDITION_H
#define USINE_QUEUE_CONDITION_H

#include "room.h"

/* After a view: writes the condition down if it has changed. */
void condition_update(struct queue *queue, struct machine_item *machine);

/* What the view says, as far as it says anything: while a machine is not connected it stays locked
 * or held as it was. Pure. */
struct condition condition_of(const struct machine_view *view, const struct condition *before);

#endif
