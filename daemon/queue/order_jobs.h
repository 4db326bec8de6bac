/* SPDX-License-Identifier: Apache-2.0 */
/* From orders to jobs: which are born, and how many pieces each is to make. */
#ifndef USINE_QUEUE_ORDER_JOBS_H
#define USINE_QUEUE_ORDER_JOBS_H

#include "product_order.h"
#include "room.h"

/* Works out anew what orders owe, if that may have changed, and gives their jobs the targets that
 * follow. A job is born when the first piece is owed. Targets are a consequence of stock, runs and
 * orders: memory has them at once, the database when it can. */
void order_jobs_plan(struct queue *queue);

/* The order's jobs take over what has changed (enum product_order_change). */
void order_jobs_follow(struct queue *queue, const struct product_order *order, unsigned changes);

/* True when the part is made here, not bought. */
bool order_jobs_makes(const struct queue *queue, const struct config_part *part);

#endif
