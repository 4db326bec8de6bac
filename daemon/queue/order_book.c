/* SPDX-License-Identifier: Apache-2.0 */
#include "order_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "claims.h"
#include "store/store_order.h"

struct product_order *order_book_find(const struct queue *queue, int64_t id)
{
    size_t low = 0, high = queue->order_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (queue->orders[middle]->id == id)
            return queue->orders[middle];
        if (queue->orders[middle]->id > id)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void order_book_refresh(struct product_order *order)
{
    bool done = order->done >= order->quantity;

    if (order->state == PRODUCT_ORDER_OPEN && done)
        order->state = PRODUCT_ORDER_DONE;
    else if (order->state == PRODUCT_ORDER_DONE && !done)
        order->state = PRODUCT_ORDER_OPEN;
}

enum err order_book_insert(struct queue *queue, const struct product_order *order)
{
    struct product_order *copy = malloc(sizeof *copy);
    struct product_order **orders =
        array_grow(queue->orders, queue->order_count, &queue->order_room, sizeof *orders);

    if (orders != NULL)
        queue->orders = orders;
    if (copy == NULL || orders == NULL) {
        free(copy);
        return ERR_NO_MEMORY;
    }
    *copy = *order;
    order_book_refresh(copy);
    queue->orders[queue->order_count++] = copy;
    return ERR_OK;
}

void order_book_count(struct queue *queue, const struct fact *fact)
{
    struct product_order *order = order_book_find(queue, fact->product_order);

    if (order == NULL)
        return;
    if (fact->kind == FACT_CLAIMED)
        order->done += fact->qty;
    else if (fact->kind == FACT_SHIPPED)
        order->shipped -= fact->qty;
    order_book_refresh(order);
}

static int by_turn(const void *a, const void *b)
{
    const struct product_order *one = *(const struct product_order *const *)a;
    const struct product_order *other = *(const struct product_order *const *)b;
    bool open = one->state == PRODUCT_ORDER_OPEN, open_too = other->state == PRODUCT_ORDER_OPEN;

    return open != open_too ? open_too - open : claims_turn(one, other);
}

const struct product_order **order_book_turns(const struct queue *queue)
{
    const struct product_order **turns = calloc(queue->order_count + 1, sizeof *turns);

    if (turns == NULL)
        return NULL;
    for (size_t i = 0; i < queue->order_count; i++)
        turns[i] = queue->orders[i];
    qsort(turns, queue->order_count, sizeof *turns, by_turn);
    return turns;
}

static enum err load_row(void *context, const struct order_row *row)
{
    struct queue *queue = context;
    struct product_order order = {.id = row->id,
                                  .quantity = row->quantity,
                                  .priority = (int)row->priority,
                                  .due_ms = row->due_ms,
                                  .state = (enum product_order_state)row->state,
                                  .added_ms = row->added_ms};

    memcpy(order.product, row->product, sizeof order.product);
    memcpy(order.customer, row->customer, sizeof order.customer);
    memcpy(order.by, row->by, sizeof order.by);
    queue->last_order = row->id;
    return order_book_insert(queue, &order);
}

static void load_counts(void *context, int64_t id, int64_t claimed, int64_t shipped)
{
    struct product_order *order = order_book_find(context, id);

    if (order == NULL)
        return;
    order->done = claimed;
    order->shipped = shipped;
    order_book_refresh(order);
}

enum err order_book_load(struct queue *queue, struct db *db)
{
    enum err err = store_order_each(db, load_row, queue);

    return err != ERR_OK ? err : store_order_facts(db, load_counts, queue);
}

void order_book_free(struct queue *queue)
{
    for (size_t i = 0; i < queue->order_count; i++)
        free(queue->orders[i]);
    free(queue->orders);
}
