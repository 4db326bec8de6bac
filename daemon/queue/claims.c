/* SPDX-License-Identifier: Apache-2.0 */
#include "claims.h"

int claims_turn(const struct product_order *a, const struct product_order *b)
{
    int64_t due_a = a->due_ms != 0 ? a->due_ms : INT64_MAX;
    int64_t due_b = b->due_ms != 0 ? b->due_ms : INT64_MAX;

    if (a->priority != b->priority)
        return a->priority > b->priority ? -1 : 1;
    if (due_a != due_b)
        return due_a < due_b ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Kits given and still in stock. */
static int64_t held(const struct product_order *order, int64_t change)
{
    int64_t kits = order->done + change - order->shipped;

    return kits > 0 ? kits : 0;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* What an order may not keep: all of a cancelled one, what is beyond its quantity. */
static int64_t beyond(const struct product_order *order)
{
    int64_t may = order->state == PRODUCT_ORDER_CANCELLED ? 0 : order->quantity;
    int64_t keep = most(may, order->shipped);

    return order->done > keep ? order->done - keep : 0;
}

/* The last in turn gives back first; those that are complete only after all others. */
static void give_back(const struct product_order *const *orders, size_t count, int64_t missing,
                      int64_t *change)
{
    for (int complete = 0; complete <= 1; complete++)
        for (size_t i = count; i-- > 0 && missing > 0;) {
            int64_t kits = held(orders[i], change[i]);

            if ((orders[i]->done >= orders[i]->quantity) != (complete == 1))
                continue;
            kits = kits < missing ? kits : missing;
            change[i] -= kits;
            missing -= kits;
        }
}

void claims_settle(const struct product_order *const *orders, size_t count, int64_t stock,
                   int64_t *change)
{
    int64_t given = 0, free;

    for (size_t i = 0; i < count; i++) {
        change[i] = -beyond(orders[i]);
        given += held(orders[i], change[i]);
    }
    free = most(stock, 0) - given;
    if (free < 0)
        give_back(orders, count, -free, change);
    for (size_t i = 0; i < count && free > 0; i++) {
        int64_t owed = orders[i]->quantity - orders[i]->done - change[i];

        if (orders[i]->state != PRODUCT_ORDER_OPEN || owed <= 0)
            continue;
        owed = owed < free ? owed : free;
        change[i] += owed;
        free -= owed;
    }
}
