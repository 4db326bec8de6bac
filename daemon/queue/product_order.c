/* SPDX-License-Identifier: Apache-2.0 */
#include "product_order.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "changes.h"
#include "order_book.h"
#include "order_jobs.h"
#include "store/store_order.h"

struct ordering {
    struct change change;       /* first */
    struct product_order order; /* as asked, then as it will be */
    unsigned changes;           /* 0: a new one */
};

static const char *const state_names[] = {[PRODUCT_ORDER_OPEN] = "open",
                                          [PRODUCT_ORDER_HELD] = "held",
                                          [PRODUCT_ORDER_CANCELLED] = "cancelled",
                                          [PRODUCT_ORDER_DONE] = "done"};

const char *product_order_state_name(enum product_order_state state)
{
    return state_names[state];
}

const struct product_order *queue_order_find(const struct queue *queue, int64_t id)
{
    return order_book_find(queue, id);
}

const struct product_order *queue_order_at(const struct queue *queue, size_t i)
{
    return i < queue->order_count ? queue->orders[i] : NULL;
}

/* What is wrong with the order, in words; ERR_OK: nothing. */
static enum err check(const struct queue *queue, const struct product_order *order,
                      char text[GOODS_TEXT_SIZE])
{
    if (config_product(queue->config, order->product) == NULL)
        snprintf(text, GOODS_TEXT_SIZE, "no product \"%s\" in the config", order->product);
    else if (order->quantity < 1 || order->quantity > PRODUCT_ORDER_QUANTITY_MAX)
        snprintf(text, GOODS_TEXT_SIZE, "the quantity must be from 1 to %d",
                 PRODUCT_ORDER_QUANTITY_MAX);
    else if (order->priority < 0 || order->priority > 9)
        snprintf(text, GOODS_TEXT_SIZE, "the priority must be from 0 to 9 (9 goes first)");
    else
        return ERR_OK;
    return ERR_INVALID;
}

static enum err put_apply(struct change *change, struct db *db)
{
    const struct product_order *order = &((struct ordering *)(void *)change)->order;
    struct order_row row = {.id = order->id,
                            .quantity = order->quantity,
                            .priority = order->priority,
                            .due_ms = order->due_ms,
                            .state = (int64_t)order->state,
                            .added_ms = order->added_ms};

    memcpy(row.product, order->product, sizeof row.product);
    memcpy(row.customer, order->customer, sizeof row.customer);
    memcpy(row.by, order->by, sizeof row.by);
    return store_order_put(db, &row);
}

static enum err add_prepare(struct change *change, char text[GOODS_TEXT_SIZE])
{
    struct ordering *ordering = (struct ordering *)(void *)change;
    struct queue *queue = change->request.queue;
    struct product_order *order = &ordering->order;
    enum err err = check(queue, order, text);

    if (err != ERR_OK)
        return err;
    order->done = order->shipped = 0;
    order->added_ms = clock_wall(queue->clock);
    if (order->state != PRODUCT_ORDER_HELD)
        order->state = PRODUCT_ORDER_OPEN;
    order->id = change->request.id = ++queue->last_order;
    change->order = order;
    snprintf(change->request.text, sizeof change->request.text, "order %lld: %lld %s",
             (long long)order->id, (long long)order->quantity, order->product);
    return ERR_OK;
}

static void add_committed(struct change *change)
{
    struct ordering *ordering = (struct ordering *)(void *)change;

    log_info("%s, for %s", change->request.text, ordering->order.customer);
    if (order_book_insert(change->request.queue, &ordering->order) != ERR_OK)
        log_error("order %lld: out of memory: it is there after a restart",
                  (long long)ordering->order.id);
}

void queue_order_add(struct queue *queue, const struct product_order *order, queue_done done,
                     void *context)
{
    static const struct change_steps steps = {
        .prepare = add_prepare, .apply = put_apply, .committed = add_committed};
    struct ordering *ordering = request_begin(queue, sizeof *ordering, done, context);

    if (ordering == NULL)
        return;
    ordering->order = *order;
    memcpy(ordering->change.by, order->by, sizeof ordering->change.by);
    change_ask(&ordering->change, &steps);
}

static void merge(struct product_order *order, const struct product_order *from, unsigned changes)
{
    if ((changes & PRODUCT_ORDER_SET_QUANTITY) != 0)
        order->quantity = from->quantity;
    if ((changes & PRODUCT_ORDER_SET_PRIORITY) != 0)
        order->priority = from->priority;
    if ((changes & PRODUCT_ORDER_SET_DUE) != 0)
        order->due_ms = from->due_ms;
    if ((changes & PRODUCT_ORDER_SET_CUSTOMER) != 0)
        memcpy(order->customer, from->customer, sizeof order->customer);
    if ((changes & PRODUCT_ORDER_SET_STATE) != 0)
        order->state = from->state;
}

static enum err set_prepare(struct change *change, char text[GOODS_TEXT_SIZE])
{
    struct ordering *ordering = (struct ordering *)(void *)change;
    const struct queue *queue = change->request.queue;
    const struct product_order *found = order_book_find(queue, ordering->order.id);
    struct product_order after;

    if (found == NULL) {
        snprintf(text, GOODS_TEXT_SIZE, "no order %lld", (long long)ordering->order.id);
        return ERR_NOT_FOUND;
    }
    if (found->state == PRODUCT_ORDER_CANCELLED) {
        snprintf(text, GOODS_TEXT_SIZE, "order %lld is cancelled for good: add another",
                 (long long)found->id);
        return ERR_REFUSED;
    }
    after = *found;
    merge(&after, &ordering->order, ordering->changes);
    if (after.state == PRODUCT_ORDER_DONE)
        after.state = PRODUCT_ORDER_OPEN;
    ordering->order = after;
    change->order = &ordering->order;
    change->request.id = found->id;
    snprintf(change->request.text, sizeof change->request.text, "order %lld is %s",
             (long long)found->id, product_order_state_name(after.state));
    return check(queue, &after, text);
}

static void set_committed(struct change *change)
{
    struct ordering *ordering = (struct ordering *)(void *)change;
    struct queue *queue = change->request.queue;
    struct product_order *order = order_book_find(queue, ordering->order.id);

    merge(order, &ordering->order, ~0u);
    order_book_refresh(order);
    order_jobs_follow(queue, order, ordering->changes);
}

void queue_order_set(struct queue *queue, const struct product_order *order, unsigned changes,
                     queue_done done, void *context)
{
    static const struct change_steps steps = {
        .prepare = set_prepare, .apply = put_apply, .committed = set_committed};
    struct ordering *ordering = request_begin(queue, sizeof *ordering, done, context);

    if (ordering == NULL)
        return;
    ordering->order = *order;
    ordering->changes = changes;
    memcpy(ordering->change.by, order->by, sizeof ordering->change.by);
    change_ask(&ordering->change, &steps);
}
