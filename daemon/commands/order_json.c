/* SPDX-License-Identifier: Apache-2.0 */
#include "order_json.h"

#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "production/kits.h"
#include "queue/product_order.h"
#include "version.h"

static void add_jobs(cJSON *object, const struct office *office, int64_t order)
{
    cJSON *jobs = cJSON_AddArrayToObject(object, "jobs");
    const struct job *job;

    for (size_t i = 0; (job = queue_job_at(office->queue, i)) != NULL; i++)
        if (job->product_order == order)
            cJSON_AddItemToArray(jobs, cJSON_CreateNumber((double)job->id));
}

/* The part of which the smallest share is there; CONFIG_NONE: all is there. */
static size_t limiting(const struct config *config, const struct order_need *needs)
{
    size_t worst = CONFIG_NONE;
    double least = 1;

    for (size_t i = 0; i < config->part_count; i++) {
        double share = needs[i].need > 0 ? (double)needs[i].have / (double)needs[i].need : 1;

        if (share >= least)
            continue;
        worst = i;
        least = share;
    }
    return worst;
}

static void add_parts(cJSON *object, const struct config *config, const struct order_need *needs)
{
    cJSON *parts = cJSON_AddArrayToObject(object, "parts");
    size_t worst = limiting(config, needs);

    for (size_t i = 0; i < config->part_count; i++) {
        cJSON *part;

        if (needs[i].need == 0)
            continue;
        part = cJSON_CreateObject();
        cJSON_AddStringToObject(part, "part", config->parts[i].id);
        cJSON_AddNumberToObject(part, "needed", (double)needs[i].need);
        cJSON_AddNumberToObject(part, "have", (double)needs[i].have);
        cJSON_AddNumberToObject(part, "in_flight", (double)needs[i].in_flight);
        cJSON_AddNumberToObject(part, "owed", (double)needs[i].owed);
        cJSON_AddBoolToObject(part, "bought", config->parts[i].process == PART_BUY);
        cJSON_AddItemToArray(parts, part);
    }
    if (worst != CONFIG_NONE)
        cJSON_AddStringToObject(object, "limiting", config->parts[worst].id);
    else
        cJSON_AddNullToObject(object, "limiting");
}

static cJSON *make(const struct office *office, const struct product_order *order,
                   const struct order_need *needs)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddNumberToObject(object, "id", (double)order->id);
    cJSON_AddStringToObject(object, "product", order->product);
    cJSON_AddNumberToObject(object, "quantity", (double)order->quantity);
    cJSON_AddNumberToObject(object, "done", (double)order->done);
    cJSON_AddNumberToObject(object, "shipped", (double)order->shipped);
    json_add_time(object, "due", order->due_ms);
    json_add_text(object, "for", order->customer);
    cJSON_AddNumberToObject(object, "priority", order->priority);
    cJSON_AddStringToObject(object, "state", product_order_state_name(order->state));
    add_jobs(object, office, order->id);
    add_parts(object, office->config, needs);
    json_add_time(object, "added", order->added_ms);
    cJSON_AddStringToObject(object, "by", order->by);
    version_add(object, "product quantity priority due for state");
    return object;
}

cJSON *order_to_json_by(const struct office *office, size_t i, const struct order_need *needs)
{
    const struct product_order *order = queue_order_at(office->queue, i);

    return needs != NULL ? make(office, order, &needs[i * kits_items(office->config)]) : NULL;
}

cJSON *order_to_json(const struct office *office, int64_t id)
{
    struct order_need *needs = queue_order_needs(office->queue);
    const struct product_order *order;
    cJSON *object = NULL;

    for (size_t i = 0; (order = queue_order_at(office->queue, i)) != NULL; i++)
        if (order->id == id)
            object = order_to_json_by(office, i, needs);
    free(needs);
    return object;
}
