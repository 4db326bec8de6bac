/* SPDX-License-Identifier: Apache-2.0 */
/* From the queue's state to a start: the dispatcher's snapshot, the run's row with the consent it
 * consumes in one transaction, then the order to the floor. */
#ifndef USINE_QUEUE_START_H
#define USINE_QUEUE_START_H

#include "room.h"

/* Looks for starts on the loop's next turn; many calls make one look. */
void start_soon(struct queue *queue);

/* Looks for starts now. */
void start_dispatch(struct queue *queue);

/* The dispatcher's view of things now; with all jobs (for why) or only the open ones. NULL: no
 * memory. Valid until the queue changes. */
struct snapshot;
struct snapshot *snapshot_make(struct queue *queue);
struct dispatch *snapshot_dispatch(struct snapshot *snapshot);
void snapshot_free(struct snapshot *snapshot);

/* Fills an order to start or to adopt this run. False: its program or machine is gone. */
bool start_order(struct queue *queue, const struct run_item *run, struct order *order);

#endif
