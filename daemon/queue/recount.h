/* SPDX-License-Identifier: Apache-2.0 */
/* Today's counts, read again from the ledger when another day has begun: also when the clock was
 * set back, or forward and back, and that day has been counted on before. */
#ifndef USINE_QUEUE_RECOUNT_H
#define USINE_QUEUE_RECOUNT_H

#include "room.h"

/* Has them read if they are not of queue->today; tried again by the next call if the disk refuses.
 */
void recount_today(struct queue *queue);

#endif
