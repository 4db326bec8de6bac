/* SPDX-License-Identifier: Apache-2.0 */
/* The product orders' table. Within the caller's transaction. */
#ifndef USINE_STORE_STORE_ORDER_H
#define USINE_STORE_STORE_ORDER_H

#include "db.h"

struct order_row {
    int64_t id;
    char product[64];
    int64_t quantity;
    int64_t priority;
    int64_t due_ms;
    char customer[128];
    int64_t state; /* enum product_order_state of queue/product_order.h: open, held or cancelled */
    char by[64];
    int64_t added_ms;
};

/* Adds an order, or changes what may be changed of the one with this id. */
enum err store_order_put(struct db *db, const struct order_row *row);

/* Hands each row, oldest first, to `each` until that fails. */
enum err store_order_each(struct db *db,
                          enum err (*each)(void *context, const struct order_row *row),
                          void *context);

/* The kits each order was given and those of them that were shipped, by the facts. */
enum err store_order_facts(struct db *db,
                           void (*each)(void *context, int64_t order, int64_t claimed,
                                        int64_t shipped),
                           void *context);

#endif
