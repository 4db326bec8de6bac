/* SPDX-License-Identifier: Apache-2.0 */
#include "warehouse.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "changes.h"

struct handling {
    struct change change; /* first */
    struct goods_ask ask;
};

const struct stock *queue_stock(const struct queue *queue)
{
    return queue->stock;
}

struct hand_view queue_hand(const struct queue *queue)
{
    return (struct hand_view){queue->config, queue->stock, queue->stages, queue->blocks};
}

int64_t queue_by_hand(struct queue *queue)
{
    const struct hand_view hand = queue_hand(queue);

    if (!queue->by_hand_known)
        queue->by_hand = hand_waiting(&hand);
    queue->by_hand_known = true;
    return queue->by_hand;
}

static void say(struct handling *handling, int64_t before)
{
    static const char *const did[] = {
        [GOODS_RECEIVE] = "received at",      [GOODS_MOVE] = "moved from",
        [GOODS_ASSEMBLE] = "put together at", [GOODS_DISCARD] = "thrown away at",
        [GOODS_COUNT] = "counted at",         [GOODS_SHIP] = "shipped from"};
    const struct goods_ask *ask = &handling->ask;
    char *text = handling->change.request.text;
    int n = snprintf(text, STORE_TEXT_SIZE, "%lld %s %s %s", (long long)ask->quantity, ask->item,
                     did[ask->kind], ask->site);

    if (ask->kind == GOODS_MOVE)
        snprintf(text + n, STORE_TEXT_SIZE - (size_t)n, " to %s", ask->to);
    if (ask->kind == GOODS_COUNT)
        snprintf(text + n, STORE_TEXT_SIZE - (size_t)n, "; %lld were known", (long long)before);
}

/* Whose the kits are, when that was said. */
static enum err check_order(const struct queue *queue, const struct goods_ask *ask,
                            char text[GOODS_TEXT_SIZE])
{
    const struct product_order *order = queue_order_find(queue, ask->product_order);
    bool takes =
        order != NULL && (order->state == PRODUCT_ORDER_OPEN || ask->kind != GOODS_ASSEMBLE);

    if (takes && strcmp(order->product, ask->item) == 0)
        return ERR_OK;
    if (order == NULL)
        snprintf(text, GOODS_TEXT_SIZE, "no order %lld", (long long)ask->product_order);
    else if (!takes)
        snprintf(text, GOODS_TEXT_SIZE, "order %lld is %s: it takes no more kits",
                 (long long)order->id, product_order_state_name(order->state));
    else
        snprintf(text, GOODS_TEXT_SIZE, "order %lld is for %s, not %s", (long long)order->id,
                 order->product, ask->item);
    return order == NULL ? ERR_INVALID : ERR_REFUSED;
}

static enum err prepare(struct change *change, char text[GOODS_TEXT_SIZE])
{
    struct handling *handling = (struct handling *)(void *)change;
    struct queue *queue = change->request.queue;
    struct goods goods = {queue_hand(queue), clock_wall(queue->clock)};
    enum err err = goods_make(&goods, &handling->ask, &change->facts, text);

    if (err == ERR_OK && handling->ask.product_order != 0)
        err = check_order(queue, &handling->ask, text);
    change->for_order = handling->ask.product_order;
    if (err == ERR_OK)
        say(handling, stock_of(queue->stock, handling->ask.site, handling->ask.item));
    return err;
}

static void committed(struct change *change)
{
    const struct handling *handling = (const struct handling *)(const void *)change;

    log_info("stock: %s, says %s", change->request.text, handling->ask.by);
}

void queue_goods(struct queue *queue, const struct goods_ask *ask, queue_done done, void *context)
{
    static const struct change_steps steps = {.prepare = prepare, .committed = committed};
    struct handling *handling = request_begin(queue, sizeof *handling, done, context);

    if (handling == NULL)
        return;
    handling->ask = *ask;
    memcpy(handling->change.by, ask->by, sizeof handling->change.by);
    change_ask(&handling->change, &steps);
}
