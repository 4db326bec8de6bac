/* SPDX-License-Identifier: Apache-2.0 */
/* Machine time: what each machine spends its day on, booked as closed intervals in the ledger
 * without gap or overlap. An interval is closed when what the machine does changes, at midnight,
 * every ten minutes, and at shutdown; what a crash left open is booked as offline at the next
 * start. */
#ifndef USINE_QUEUE_CLOCKWORK_H
#define USINE_QUEUE_CLOCKWORK_H

#include "room.h"

/* After a view or the run changed: closes the interval if the machine now does something else. */
void clockwork_update(struct queue *queue, struct machine_item *machine);

/* Closes all open intervals and writes them. */
void clockwork_book(struct queue *queue);

/* After a start of the daemon: a run under way ran until its machine's last word; all the rest of
 * the time since the last booking is offline. */
void clockwork_restore(struct queue *queue);

/* Closes those of machines that the new config has no more. */
void clockwork_leave(struct queue *queue, const struct config *next);

/* What kind of time a machine in this state spends. Pure. */
enum machine_time clockwork_kind(const struct machine_view *view);

#endif
