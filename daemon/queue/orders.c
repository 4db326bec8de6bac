/* SPDX-License-Identifier: Apache-2.0 */
#include "orders.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

struct order *orders_make(enum order_kind kind)
{
    struct order *order = calloc(1, sizeof *order);

    if (order == NULL)
        log_error("queue: out of memory: an order to the floor is lost");
    else
        order->kind = kind;
    return order;
}

void orders_send(struct queue *queue, struct order *order)
{
    if (queue->order(queue->floor, order))
        return;
    if (order->kind == ORDER_CONFIGURE)
        config_unref(order->config);
    free(order);
}

void orders_consent(struct queue *queue, const struct machine_item *machine)
{
    struct order *order = orders_make(ORDER_CONSENT);

    if (order == NULL)
        return;
    snprintf(order->machine, sizeof order->machine, "%s", machine->config->id);
    snprintf(order->by, sizeof order->by, "%s", machine->given_by);
    order->consent = machine->consent;
    order->given_ms = machine->given_ms;
    order->hold_ms = machine->hold_ms;
    orders_send(queue, order);
}

void orders_configure(struct queue *queue)
{
    struct order *order = orders_make(ORDER_CONFIGURE);

    if (order == NULL)
        return;
    order->config = config_ref(queue->config);
    orders_send(queue, order);
}

void orders_restore(struct queue *queue, const struct machine_item *machine)
{
    struct order *order = orders_make(ORDER_OCCUPY);

    if (order == NULL)
        return;
    snprintf(order->machine, sizeof order->machine, "%s", machine->config->id);
    snprintf(order->line, sizeof order->line, "%.127s", machine->condition.why);
    order->bed = machine->bed;
    order->locked = machine->condition.locked;
    order->flags = machine->condition.flags;
    orders_send(queue, order);
}
