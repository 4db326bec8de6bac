/* SPDX-License-Identifier: Apache-2.0 */
/* Orders to the floor. */
#ifndef USINE_QUEUE_ORDERS_H
#define USINE_QUEUE_ORDERS_H

#include "room.h"

/* A zeroed order; NULL: no memory, and logged. */
struct order *orders_make(enum order_kind kind);

/* Hands it to the floor, or frees it when that has stopped. */
void orders_send(struct queue *queue, struct order *order);

/* The machine's consent, as it is in memory. */
void orders_consent(struct queue *queue, const struct machine_item *machine);

void orders_configure(struct queue *queue);

/* What the floor should believe of a machine after a restart: bed, locks and flags as in memory. */
void orders_restore(struct queue *queue, const struct machine_item *machine);

#endif
