/* SPDX-License-Identifier: Apache-2.0 */
/* What is still to be made for the orders: each, by turn, takes from stock, then from what is under
 * way, then owes the rest. All stock and all that is under way is looked at together, whatever job
 * it was made for, so that nothing is made twice. Pure. */
#ifndef USINE_QUEUE_ORDER_PLAN_H
#define USINE_QUEUE_ORDER_PLAN_H

#include "product_order.h"
#include "production/kits.h"

struct order_plan {
    const struct config *config;
    const struct product_order *const *orders; /* by turn */
    size_t count;
    int64_t *stock;     /* of every item, of products only what no order was given; counted down */
    int64_t *in_flight; /* the same; counted down */
    int64_t *supply;    /* scratch, of every item */
    struct kits_use *use; /* scratch, of every item */
};

/* needs: of each order, every item. Orders that are done or cancelled need nothing. */
void order_plan_fill(const struct order_plan *plan, struct order_need *needs);

#endif
