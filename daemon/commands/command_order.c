/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: somebody wants N kits of a product by a date. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job_args.h"
#include "noun_json.h"
#include "order_json.h"
#include "paging.h"
#include "queue/product_order.h"
#include "rows.h"

static cJSON *current(struct office *office, const struct asking *asking)
{
    return order_to_json(office, command_number(asking->id));
}

struct list_args {
    char state[16];
    char product[ID_SIZE];
    struct paging_args page;
};

static const struct json_field list_fields[] = {
    PAGING_NEWER(struct list_args, page),
    {.name = "state",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, state),
     .size = 16,
     .words = "open held cancelled done",
     .help = "only orders in this state"},
    {.name = "product",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, product),
     .size = ID_SIZE,
     .help = "only orders of this product"},
};

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    struct order_need *needs = queue_order_needs(office->queue);
    const struct product_order *order;
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    for (size_t i = 0; (order = queue_order_at(office->queue, i)) != NULL; i++) {
        if (*args->state != '\0' &&
            strcmp(product_order_state_name(order->state), args->state) != 0)
            continue;
        if (*args->product != '\0' && strcmp(order->product, args->product) != 0)
            continue;
        if (paging_takes(&paging, order->id))
            cJSON_AddItemToArray(paging.items, order_to_json_by(office, i, needs));
    }
    free(needs);
    answer_json(answer, paging_end(&paging));
}

/* NULL: there is none, and the answer was given. */
static const struct product_order *find(struct office *office, const struct call *call,
                                        struct answer *answer)
{
    const struct product_order *order = queue_order_find(office->queue, command_number(call->id));

    if (order == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "no order \"%.32s\"; `usine orders` lists them",
                    call->id);
    return order;
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct product_order *order = find(office, call, answer);

    if (order != NULL)
        answer_json(answer, order_to_json(office, order->id));
}

struct order_args {
    char product[ID_SIZE];
    char due[40];
    char customer[128];
    int64_t quantity, priority;
    bool hold;
};

static const struct json_field add_fields[] = {
    {.name = "product",
     .type = JSON_STRING,
     .offset = offsetof(struct order_args, product),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "which kit: a product id"},
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct order_args, quantity),
     .required = true,
     .min = 1,
     .max = PRODUCT_ORDER_QUANTITY_MAX,
     .help = "kits wanted"},
    {.name = "due",
     .type = JSON_STRING,
     .offset = offsetof(struct order_args, due),
     .size = 40,
     .help = "2020-04-07 or RFC 3339"},
    {.name = "for",
     .type = JSON_STRING,
     .offset = offsetof(struct order_args, customer),
     .size = 128,
     .help = "who wants them"},
    {.name = "priority",
     .type = JSON_INTEGER,
     .offset = offsetof(struct order_args, priority),
     .min = 0,
     .max = 9,
     .preset = "5",
     .help = "9 goes first"},
    {.name = "hold",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct order_args, hold),
     .preset = "false",
     .help = "add it held"},
};

static const struct json_field set_fields[] = {
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct order_args, quantity),
     .min = 0,
     .max = PRODUCT_ORDER_QUANTITY_MAX,
     .preset = "0",
     .help = "kits wanted; 0: unchanged"},
    {.name = "due",
     .type = JSON_STRING,
     .offset = offsetof(struct order_args, due),
     .size = 40,
     .help = "2020-04-07, RFC 3339, or none"},
    {.name = "for",
     .type = JSON_STRING,
     .offset = offsetof(struct order_args, customer),
     .size = 128,
     .help = "who wants them"},
    {.name = "priority",
     .type = JSON_INTEGER,
     .offset = offsetof(struct order_args, priority),
     .min = -1,
     .max = 9,
     .preset = "-1",
     .help = "9 goes first; -1: unchanged"},
};

static void end(struct answer *answer, enum err err, const char *text, int64_t id, bool created)
{
    struct office *office = answer->office;

    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    chronicle_add(&office->chronicle, "", "", "%s", text);
    if (created)
        answer_created(answer, order_to_json(office, id));
    else
        answer_json(answer, order_to_json(office, id));
}

static void on_added(void *context, enum err err, const char *text, int64_t id)
{
    end(context, err, text, id, true);
}

static void on_changed(void *context, enum err err, const char *text, int64_t id)
{
    end(context, err, text, id, false);
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct order_args *args = call->args;
    struct product_order order = {.quantity = args->quantity, .priority = (int)args->priority};

    memcpy(order.product, args->product, sizeof order.product);
    memcpy(order.customer, args->customer, sizeof order.customer);
    snprintf(order.by, sizeof order.by, "%s", call->by);
    order.state = args->hold ? PRODUCT_ORDER_HELD : PRODUCT_ORDER_OPEN;
    if (due_read(args->due, &order.due_ms, answer))
        queue_order_add(office->queue, &order, on_added, answer);
}

static void run_set(struct office *office, const struct call *call, struct answer *answer)
{
    const struct order_args *args = call->args;
    const struct product_order *found = find(office, call, answer);
    struct product_order order;
    unsigned changes = 0;

    if (found == NULL)
        return;
    order = *found;
    snprintf(order.by, sizeof order.by, "%s", call->by);
    order.quantity = args->quantity;
    order.priority = (int)args->priority;
    memcpy(order.customer, args->customer, sizeof order.customer);
    if (!due_read(args->due, &order.due_ms, answer))
        return;
    changes |= args->quantity > 0 ? PRODUCT_ORDER_SET_QUANTITY : 0u;
    changes |= args->priority >= 0 ? PRODUCT_ORDER_SET_PRIORITY : 0u;
    changes |= *args->due != '\0' ? PRODUCT_ORDER_SET_DUE : 0u;
    changes |= *args->customer != '\0' ? PRODUCT_ORDER_SET_CUSTOMER : 0u;
    if (changes == 0)
        answer_fail(answer, ERR_INVALID, "nothing to change: give quantity, priority, due or for");
    else
        queue_order_set(office->queue, &order, changes, on_changed, answer);
}

static void set_state(struct office *office, const struct call *call,
                      enum product_order_state state, struct answer *answer)
{
    const struct product_order *found = find(office, call, answer);
    struct product_order order;

    if (found == NULL)
        return;
    order = *found;
    snprintf(order.by, sizeof order.by, "%s", call->by);
    order.state = state;
    queue_order_set(office->queue, &order, PRODUCT_ORDER_SET_STATE, on_changed, answer);
}

static void run_hold(struct office *office, const struct call *call, struct answer *answer)
{
    set_state(office, call, PRODUCT_ORDER_HELD, answer);
}

static void run_release(struct office *office, const struct call *call, struct answer *answer)
{
    set_state(office, call, PRODUCT_ORDER_OPEN, answer);
}

static void run_cancel(struct office *office, const struct call *call, struct answer *answer)
{
    set_state(office, call, PRODUCT_ORDER_CANCELLED, answer);
}

const struct command command_order_list = {
    .name = "order.list",
    .route = "GET /api/v1/orders",
    .role = ROLE_VIEWER,
    .help = "All orders, with what each still needs of every part.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_order_add = {
    .name = "order.add",
    .route = "POST /api/v1/orders",
    .role = ROLE_COORDINATOR,
    .help = "Order N kits of a product; its parts become jobs.",
    FIELDS(add_fields),
    .args_size = sizeof(struct order_args),
    .creates = true,
    .made = order_to_json,
    .run = run_add,
};

const struct command command_order_show = {
    .name = "order.show",
    .route = "GET /api/v1/orders/{id}",
    .role = ROLE_VIEWER,
    .help = "One order.",
    .current = current,
    .run = run_show,
};

const struct command command_order_set = {
    .name = "order.set",
    .route = "PATCH /api/v1/orders/{id}",
    .role = ROLE_COORDINATOR,
    .help = "Change an order; its jobs follow.",
    FIELDS(set_fields),
    .args_size = sizeof(struct order_args),
    .current = current,
    .run = run_set,
};

const struct command command_order_hold = {
    .name = "order.hold",
    .route = "POST /api/v1/orders/{id}/hold",
    .role = ROLE_COORDINATOR,
    .help = "Start no more runs for it, give it no more kits; runs under way go on.",
    .current = current,
    .run = run_hold,
};

const struct command command_order_release = {
    .name = "order.release",
    .route = "POST /api/v1/orders/{id}/release",
    .role = ROLE_COORDINATOR,
    .help = "Go on with a held order.",
    .current = current,
    .run = run_release,
};

const struct command command_order_cancel = {
    .name = "order.cancel",
    .route = "POST /api/v1/orders/{id}/cancel",
    .role = ROLE_COORDINATOR,
    .help = "Give the order up for good; its kits in stock go to others.",
    .current = current,
    .run = run_cancel,
};
