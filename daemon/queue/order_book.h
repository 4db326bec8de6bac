/* SPDX-License-Identifier: Apache-2.0 */
/* The queue's list of product orders and their counts. */
#ifndef USINE_QUEUE_ORDER_BOOK_H
#define USINE_QUEUE_ORDER_BOOK_H

#include "product_order.h"
#include "room.h"

/* NULL: none. */
struct product_order *order_book_find(const struct queue *queue, int64_t id);

/* Adds a copy; ids must rise. ERR_NO_MEMORY. */
enum err order_book_insert(struct queue *queue, const struct product_order *order);

/* Works out whether an open order is done, or one that was done is open again. */
void order_book_refresh(struct product_order *order);

/* Counts a fact that has been committed. */
void order_book_count(struct queue *queue, const struct fact *fact);

/* Pointers to all orders: those that are open first, by turn. malloc'ed, the caller's; NULL: no
 * memory. */
const struct product_order **order_book_turns(const struct queue *queue);

enum err order_book_load(struct queue *queue, struct db *db);
void order_book_free(struct queue *queue);

#endif
