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
#include "uses.h"

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

/* The row of one site; 0: it used none lately. */
static size_t at_site(const struct queue *queue, const struct consumable *all, const char *site,
                      struct consumable *item)
{
    const int64_t *used = uses_of(queue, site, all->part->id);
    struct available view = {queue->stock, queue->blocks};
    struct cover_ask ask = {.needed = all->needed, .warn_days = all->part->cover_days};

    if (used == NULL)
        return 0;
    memcpy(ask.used, used, sizeof ask.used);
    ask.stock = available_of(&view, site, all->part->id);
    *item = (struct consumable){all->part, site, ask.stock, ask.needed, cover_of(&ask)};
    return item->cover.per_day > 0;
}

struct consumable *queue_consumables(struct queue *queue, size_t *count)
{
    struct consumable *all;
    const struct config *config = queue->config;
    struct order_need *needs = queue_order_needs(queue);
    struct consumable *items =
        calloc(config->part_count * (config->site_count + 1) + 1, sizeof *items);
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
        all = &items[n++];
        *all = (struct consumable){part, NULL, ask.stock, ask.needed, cover_of(&ask)};
        for (size_t k = 0; k < config->site_count; k++)
            n += at_site(queue, all, config->sites[k].id, &items[n]);
    }
    free(needs);
    *count = n;
    return items;
}

void consumable_words(const struct consumable *c, char *text, size_t size)
{
    const char *unit = c->part->unit == UNIT_GRAM ? " g" : "";
    int n =
        snprintf(text, size, "%s%s%s: %lld%s left", c->part->id, c->site != NULL ? " at " : "",
                 c->site != NULL ? c->site : "", (long long)(c->stock > 0 ? c->stock : 0), unit);

    if (c->stock < 0 && n > 0 && (size_t)n < size)
        n += snprintf(text + n, size - (size_t)n,
                      " (%lld%s more were used than came in: take stock)", (long long)-c->stock,
                      unit);
    if (c->cover.per_day > 0 && n > 0 && (size_t)n < size)
        n += snprintf(text + n, size - (size_t)n, ", enough for %.1f days", c->cover.days);
    if (c->site == NULL && c->cover.lacking > 0 && n > 0 && (size_t)n < size)
        snprintf(text + n, size - (size_t)n, "; the orders need %lld%s more",
                 (long long)c->cover.lacking, unit);
}
