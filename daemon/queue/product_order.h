/* SPDX-License-Identifier: Apache-2.0 */
/* What people order: N kits of a product. An order gives one job for each part that is made; their
 * targets follow the stock, so that pieces that are there already, that others bring, that turn out
 * bad or that are miscounted all change what is still to be made. Office thread. */
#ifndef USINE_QUEUE_PRODUCT_ORDER_H
#define USINE_QUEUE_PRODUCT_ORDER_H

#include "queue.h"

enum { PRODUCT_ORDER_QUANTITY_MAX = 1000000, PRODUCT_ORDER_JOBS_MAX = 500 };

enum product_order_state {
    PRODUCT_ORDER_OPEN,
    PRODUCT_ORDER_HELD,
    PRODUCT_ORDER_CANCELLED,
    PRODUCT_ORDER_DONE, /* done >= quantity; open again when kits turn out bad */
};

struct product_order {
    int64_t id;
    char product[ID_SIZE];
    int64_t quantity; /* kits */
    int priority;     /* 0..9, 9 first; 5 unless given */
    int64_t due_ms;   /* wall; 0: none */
    char customer[128];
    enum product_order_state state;
    int64_t done;    /* kits put together that are this order's */
    int64_t shipped; /* of them */
    char by[ID_SIZE];
    int64_t added_ms;
};

enum product_order_change { /* which members queue_order_set takes */
                            PRODUCT_ORDER_SET_QUANTITY = 1,
                            PRODUCT_ORDER_SET_PRIORITY = 2,
                            PRODUCT_ORDER_SET_DUE = 4,
                            PRODUCT_ORDER_SET_CUSTOMER = 8,
                            PRODUCT_ORDER_SET_STATE = 16, /* open, held, cancelled (for good) */
};

const char *product_order_state_name(enum product_order_state state); /* "open" */

/* Takes product, quantity, priority, due_ms, customer, by and state (open or held). ERR_INVALID:
 * no such product, quantity, priority. */
void queue_order_add(struct queue *queue, const struct product_order *order, queue_done done,
                     void *context);

/* Changes the members named by `changes`, and those of its jobs. Runs under way go on.
 * ERR_NOT_FOUND, ERR_INVALID, ERR_REFUSED (cancelled). */
void queue_order_set(struct queue *queue, const struct product_order *order, unsigned changes,
                     queue_done done, void *context);

/* NULL: none. */
const struct product_order *queue_order_find(const struct queue *queue, int64_t id);

/* The i-th order in order of addition; NULL after the last. */
const struct product_order *queue_order_at(const struct queue *queue, size_t i);

/* What the rest of an order asks of one item of production/kits.h. */
struct order_need {
    int64_t need;      /* = have + in_flight + owed */
    int64_t have;      /* of the stock, by turn */
    int64_t in_flight; /* of the pieces under way or not yet judged, by turn */
    int64_t owed;      /* still to be made or bought; of a product: to be put together */
};

/* Of every order, by queue_order_at, and of each item of the config: needs[order * items + item].
 * malloc'ed, the caller's; NULL: no memory. */
struct order_need *queue_order_needs(struct queue *queue);

#endif
