/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of work by hand. Office thread. */
#ifndef USINE_QUEUE_STEPPED_H
#define USINE_QUEUE_STEPPED_H

#include "production/stepping.h"
#include "queue.h"

/* Writes the facts of a batch (production/stepping.h), or those that take it back, in one
 * transaction. Errors are those of stepping_make and stepping_back. */
void queue_stepped(struct queue *queue, const struct stepping_ask *ask, bool back, queue_done done,
                   void *context);

#endif
