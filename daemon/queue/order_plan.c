/* SPDX-License-Identifier: Apache-2.0 */
#include "order_plan.h"

#include <string.h>

/* Splits what was taken: first the stock, then what is under way. */
static struct order_need split(const struct kits_use *use, int64_t *stock, int64_t *in_flight)
{
    int64_t there = *stock > 0 ? *stock : 0;
    struct order_need need = {.need = use->need, .owed = use->rest};

    need.have = use->taken < there ? use->taken : there;
    need.in_flight = use->taken - need.have;
    *stock -= need.have;
    *in_flight -= need.in_flight;
    return need;
}

static void plan_one(const struct order_plan *plan, const struct product_order *order,
                     struct order_need *needs)
{
    const struct config_product *product = config_product(plan->config, order->product);
    size_t items = kits_items(plan->config);
    int64_t kits = order->quantity - order->done;

    if (product == NULL || kits <= 0 || order->state == PRODUCT_ORDER_CANCELLED)
        return;
    for (size_t i = 0; i < items; i++)
        plan->supply[i] = (plan->stock[i] > 0 ? plan->stock[i] : 0) + plan->in_flight[i];
    kits_explode(plan->config, (size_t)(product - plan->config->products), kits, plan->supply,
                 plan->use);
    for (size_t i = 0; i < items; i++)
        if (plan->use[i].need > 0)
            needs[i] = split(&plan->use[i], &plan->stock[i], &plan->in_flight[i]);
}

void order_plan_fill(const struct order_plan *plan, struct order_need *needs)
{
    size_t items = kits_items(plan->config);

    memset(needs, 0, plan->count * items * sizeof *needs);
    for (size_t i = 0; i < plan->count; i++)
        plan_one(plan, plan->orders[i], &needs[i * items]);
}
