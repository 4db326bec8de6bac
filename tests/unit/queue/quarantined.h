/* SPDX-License-Identifier: Apache-2.0 */
/* A desk at which lots are blocked and released. */
#ifndef USINE_TESTS_QUEUE_QUARANTINED_H
#define USINE_TESTS_QUEUE_QUARANTINED_H

#include "queue/product_order.h"
#include "queue/quarantine.h"
#include "stepped.h"

static inline enum err word(struct desk *desk, const char *lot, bool release, bool kits)
{
    struct quarantine_ask ask = {.release = release, .kits = kits, .by = "marie"};

    snprintf(ask.lot, sizeof ask.lot, "%s", lot);
    snprintf(ask.reason, sizeof ask.reason, "%s", release ? "checked" : "cracks");
    queue_quarantine(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static inline void block(struct desk *desk, const char *lot)
{
    if (word(desk, lot, false, false) != ERR_OK)
        fail_msg("%s", desk->text);
}

static inline void release(struct desk *desk, const char *lot)
{
    if (word(desk, lot, true, false) != ERR_OK)
        fail_msg("%s", desk->text);
}

static inline struct goods_ask asked(enum goods_kind kind, const char *item, int64_t n)
{
    struct goods_ask ask = {
        .kind = kind, .site = "caen", .to = "rouen", .quantity = n, .reason = "CHU"};

    snprintf(ask.item, sizeof ask.item, "%s", item);
    return ask;
}

static inline int64_t there(struct desk *desk, const char *item)
{
    return stock_of(queue_stock(desk->queue), "caen", item);
}

static inline int64_t usable(struct desk *desk, const char *item)
{
    struct available view = {queue_stock(desk->queue), queue_blocks(desk->queue)};

    return available_of(&view, NULL, item);
}

/* What the dispatcher and the forecast count on. */
static inline int64_t counted_on(struct desk *desk, const char *item)
{
    size_t count;
    const struct part_count *parts = queue_today(desk->queue, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].part, item) == 0)
            return parts[i].stock;
    return 0;
}

static inline int64_t order(struct desk *desk, int64_t quantity)
{
    struct product_order ask = {
        .product = "visiere", .quantity = quantity, .priority = 5, .by = "marie"};

    queue_order_add(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    return desk->id;
}

static inline int64_t owed(struct desk *desk, const char *part)
{
    const struct job *job;
    int64_t sum = 0;

    desk_settle(desk);
    for (size_t i = 0; (job = queue_job_at(desk->queue, i)) != NULL; i++)
        sum += strcmp(job->part, part) == 0 ? job->owed : 0;
    return sum;
}

#endif
