/* SPDX-License-Identifier: Apache-2.0 */
/* For each product that has orders: copies of the orders as the change leaves them, by turn; kits
 * that leave are taken off them, kits put together for one order in particular are given to it,
 * then what the stock allows is settled. */
#include "settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "order_book.h"

struct settling {
    struct change *change;
    const char *product;
    struct product_order *copies; /* owned */
    struct product_order **turns; /* owned; of the product alone, by turn */
    int64_t *given;               /* owned; scratch of claims_settle */
    size_t count;
};

static int by_turn(const void *a, const void *b)
{
    return claims_turn(*(const struct product_order *const *)a,
                       *(const struct product_order *const *)b);
}

static void copy_order(struct settling *s, const struct product_order *order)
{
    if (strcmp(order->product, s->product) != 0)
        return;
    s->copies[s->count] = *order;
    s->turns[s->count] = &s->copies[s->count];
    s->count++;
}

static bool gather(struct settling *s)
{
    const struct queue *queue = s->change->request.queue;
    const struct product_order *new = s->change->order;

    s->copies = calloc(queue->order_count + 1, sizeof *s->copies);
    s->turns = calloc(queue->order_count + 1, sizeof *s->turns);
    s->given = calloc(queue->order_count + 1, sizeof *s->given);
    if (s->copies == NULL || s->turns == NULL || s->given == NULL)
        return false;
    for (size_t i = 0; i < queue->order_count; i++)
        if (new == NULL || new->id != queue->orders[i]->id)
            copy_order(s, queue->orders[i]);
    if (new != NULL)
        copy_order(s, new);
    qsort(s->turns, s->count, sizeof *s->turns, by_turn);
    return true;
}

/* The one that was asked for first, then those that are complete, then by turn. */
static struct product_order *next_to_leave(const struct settling *s)
{
    struct product_order *best = NULL;

    for (size_t i = 0; i < s->count; i++) {
        struct product_order *order = s->turns[i];

        if (order->done <= order->shipped)
            continue;
        if (order->id == s->change->for_order)
            return order;
        if (best == NULL || (best->done < best->quantity && order->done >= order->quantity))
            best = order;
    }
    return best;
}

/* Splits a fact about shipped kits by the orders they were given to. */
static void name_shipped(struct settling *s, size_t at)
{
    struct goods_facts *facts = &s->change->facts;
    struct product_order *order;

    while (facts->items[at].qty < 0 && (order = next_to_leave(s)) != NULL) {
        int64_t kits = order->done - order->shipped, rest = -facts->items[at].qty - kits;
        struct fact *more;

        kits = rest > 0 ? kits : kits + rest;
        order->shipped += kits;
        facts->items[at].product_order = order->id;
        facts->items[at].qty = -kits;
        if (rest <= 0 || (more = goods_facts_add(facts)) == NULL)
            return;
        *more = facts->items[at];
        more->product_order = 0;
        more->qty = -rest;
        at = facts->count - 1;
    }
}

static void claim(struct settling *s, struct product_order *order, int64_t kits)
{
    const struct queue *queue = s->change->request.queue;
    struct fact *fact = kits != 0 ? goods_facts_add(&s->change->facts) : NULL;

    if (fact == NULL)
        return;
    order->done += kits;
    fact->kind = FACT_CLAIMED;
    fact->at_ms = clock_wall(queue->clock);
    fact->day = ledger_day(fact->at_ms);
    fact->product_order = order->id;
    fact->qty = kits;
    memcpy(fact->part, order->product, sizeof fact->part);
    memcpy(fact->by, s->change->by, sizeof fact->by);
}

/* Kits of the product that the change puts together. */
static int64_t assembled(const struct settling *s)
{
    int64_t kits = 0;

    for (size_t i = 0; i < s->change->facts.count; i++) {
        const struct fact *fact = &s->change->facts.items[i];

        if (fact->kind == FACT_ASSEMBLED && strcmp(fact->part, s->product) == 0 && fact->qty > 0)
            kits += fact->qty;
    }
    return kits;
}

static void claim_for_one(struct settling *s)
{
    int64_t kits = assembled(s);

    for (size_t i = 0; i < s->count; i++) {
        struct product_order *order = s->turns[i];
        int64_t owed = order->quantity - order->done;

        if (order->id == s->change->for_order && owed > 0)
            claim(s, order, kits < owed ? kits : owed);
    }
}

static enum err settle(struct change *change, const char *product)
{
    struct settling s = {.change = change, .product = product};
    const struct queue *queue = change->request.queue;
    struct available view = {queue->stock, queue->blocks};
    enum err err = ERR_NO_MEMORY;

    if (gather(&s)) {
        for (size_t i = 0, n = change->facts.count; i < n; i++)
            if (change->facts.items[i].kind == FACT_SHIPPED &&
                strcmp(change->facts.items[i].part, product) == 0)
                name_shipped(&s, i);
        claim_for_one(&s);
        claims_settle((const struct product_order *const *)s.turns, s.count,
                      available_after(&view, product, change->facts.items, change->facts.count),
                      s.given);
        for (size_t i = 0; i < s.count; i++)
            claim(&s, s.turns[i], s.given[i]);
        err = change->facts.failed ? ERR_NO_MEMORY : ERR_OK;
    }
    free(s.copies);
    free(s.turns);
    free(s.given);
    return err;
}

static bool seen_before(const struct queue *queue, size_t order)
{
    for (size_t i = 0; i < order; i++)
        if (strcmp(queue->orders[i]->product, queue->orders[order]->product) == 0)
            return true;
    return false;
}

enum err settle_change(struct change *change)
{
    const struct queue *queue = change->request.queue;
    bool new = change->order != NULL;
    enum err err = ERR_OK;

    for (size_t i = 0; i < queue->order_count && err == ERR_OK; i++) {
        const char *product = queue->orders[i]->product;

        new = new &&strcmp(product, change->order->product) != 0;
        if (!seen_before(queue, i))
            err = settle(change, product);
    }
    return err == ERR_OK && new ? settle(change, change->order->product) : err;
}
