/* SPDX-License-Identifier: Apache-2.0 */
/* The stock, and what people do with it by hand. Office thread. */
#ifndef USINE_QUEUE_WAREHOUSE_H
#define USINE_QUEUE_WAREHOUSE_H

#include "production/goods.h"
#include "queue.h"

/* What there is; follows each commit. Borrowed. */
const struct stock *queue_stock(const struct queue *queue);

/* The same, how far its pieces have come by hand, and what is blocked. */
struct hand_view queue_hand(const struct queue *queue);

/* hand_waiting of it, worked out when something was counted since. */
int64_t queue_by_hand(struct queue *queue);

/* Writes the facts of what is asked (production/goods.h) in one transaction. Errors are those of
 * goods_make. */
void queue_goods(struct queue *queue, const struct goods_ask *ask, queue_done done, void *context);

#endif
