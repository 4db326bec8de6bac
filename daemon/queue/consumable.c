/* SPDX-License-Identifier: Apache-2.0 */
#include "consumable.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "product_order.h"
#include "production/kits.h"
#include "tally.h"
#include "used.h"

/* Pieces of a part that all orders still owe. */
static int64_t owed_of(const struct queue *queue, size_t part, const struct order_need *needs)
{
    size_t items = kits_items(queue->config);
    int64_t sum = 0;

    for (size_t i = 0; i < queue->order_count; i++)
        sum += needs[i * items + part].owed > 0 ? needs[i * items + part].owed : 0;
    return sum;
}

/* Of what is material: for the pieces of parts that are still to be made. */
static double needed_by_making(const struct queue *queue, const struct config_part *material,
                               const struct order_need *needs)
{
    double sum = 0;

    for (size_t i = 0; i < queue->config->part_count; i++) {
        int64_t owed = owed_of(queue, i, needs);

        if (owed > 0)
            sum += (double)owed * used_per_piece(queue, material, queue->config->parts[i].id);
    }
    return sum;
}

/* Of everything, by all orders. */
static int64_t needed_of(const struct queue *queue, size_t part, const struct order_need *needs)
{
    const struct config_part *config = &queue->config->parts[part];
    size_t items = kits_items(queue->config);
    int64_t sum = 0;

    if (needs == NULL)
        return 0;
    for (size_t i = 0; i < queue->order_count; i++)
        sum += needs[i * items + part].need;
    if (config->material[0] != '\0')
        sum += (int64_t)ceil(needed_by_making(queue, config, needs));
    return sum;
}

struct consumable *queue_consumables(struct queue *queue, size_t *count)
{
    const struct config *config = queue->config;
    struct order_need *needs = queue_order_needs(queue);
    struct consumable *items = calloc(config->part_count + 1, sizeof *items);
    size_t n = 0;

    tally_midnight(queue);
    for (size_t i = 0; items != NULL && i < config->part_count; i++) {
        const struct config_part *part = &config->parts[i];
        struct cover_ask ask = {.warn_days = part->cover_days};
        size_t at = part->process == PART_BUY ? tally_part(queue, part->id) : SIZE_MAX;

        if (at == SIZE_MAX)
            continue;
        ask.stock = queue->parts[at].stock;
        ask.needed = needed_of(queue, i, needs);
        memcpy(ask.used, queue->parts[at].used, sizeof ask.used);
        items[n++] = (struct consumable){part, ask.stock, ask.needed, cover_of(&ask)};
    }
    free(needs);
    *count = n;
    return items;
}

void consumable_words(const struct consumable *c, char *text, size_t size)
{
    const char *unit = c->part->unit == UNIT_GRAM ? " g" : "";
    int n = snprintf(text, size, "%s: %lld%s left", c->part->id, (long long)c->stock, unit);

    if (c->cover.per_day > 0 && n > 0 && (size_t)n < size)
        n += snprintf(text + n, size - (size_t)n, ", enough for %.1f days", c->cover.days);
    if (c->cover.lacking > 0 && n > 0 && (size_t)n < size)
        snprintf(text + n, size - (size_t)n, "; the orders need %lld%s more",
                 (long long)c->cover.lacking, unit);
}
