/* SPDX-License-Identifier: Apache-2.0 */
/* Taking what is in stock before building more of it is best: a kit cannot be taken apart, so one
 * in stock is of no other use. Products are looked at from the top down, so that all that is needed
 * of one is known before it takes from stock. */
#include "kits.h"

#include <stdlib.h>
#include <string.h>

static const int64_t kits_max = 10000000;

size_t kits_items(const struct config *config)
{
    return config->part_count + config->product_count;
}

size_t kits_item(const struct config *config, const char *id)
{
    const struct config_part *part = config_part(config, id);
    const struct config_product *product = part == NULL ? config_product(config, id) : NULL;

    if (part != NULL)
        return (size_t)(part - config->parts);
    return product != NULL ? config->part_count + (size_t)(product - config->products)
                           : CONFIG_NONE;
}

const char *kits_item_id(const struct config *config, size_t item)
{
    return item < config->part_count ? config->parts[item].id
                                     : config->products[item - config->part_count].id;
}

const struct config_part *kits_part(const struct config *config, size_t item)
{
    return item < config->part_count ? &config->parts[item] : NULL;
}

static void take(struct kits_use *use, int64_t *have)
{
    int64_t there = *have > 0 ? *have : 0;

    use->taken = use->need < there ? use->need : there;
    use->rest = use->need - use->taken;
    *have -= use->taken;
}

/* Asks for what goes into the kits that are to be put together. */
static void need_parts(const struct config *config, size_t product, struct kits_use *use)
{
    const struct config_product *kit = &config->products[product];
    int64_t kits = use[config->part_count + product].rest;

    for (size_t i = 0; i < kit->bom_count && kits > 0; i++) {
        const struct config_bom_row *row = &kit->bom[i];
        size_t item = row->part != CONFIG_NONE ? row->part : config->part_count + row->product;

        use[item].need += kits * row->quantity;
    }
}

void kits_explode(const struct config *config, size_t product, int64_t n, int64_t *have,
                  struct kits_use *use)
{
    size_t parts = config->part_count;

    memset(use, 0, kits_items(config) * sizeof *use);
    use[parts + product] = (struct kits_use){.need = n, .rest = n};
    need_parts(config, product, use);
    for (int level = config->products[product].level - 1; level >= 0; level--)
        for (size_t i = 0; i < config->product_count; i++)
            if (config->products[i].level == level && use[parts + i].need > 0) {
                take(&use[parts + i], &have[parts + i]);
                need_parts(config, i, use);
            }
    for (size_t i = 0; i < parts; i++)
        if (use[i].need > 0)
            take(&use[i], &have[i]);
}

struct trial {
    const struct config *config;
    size_t product;
    const int64_t *stock;
    int64_t *have;        /* scratch */
    struct kits_use *use; /* scratch */
};

static bool enough_for(const struct trial *trial, int64_t n)
{
    memcpy(trial->have, trial->stock, kits_items(trial->config) * sizeof *trial->have);
    kits_explode(trial->config, trial->product, n, trial->have, trial->use);
    for (size_t i = 0; i < trial->config->part_count; i++)
        if (trial->use[i].rest > 0)
            return false;
    return true;
}

/* Most kits that are enough for, by halving. */
static int64_t most(const struct trial *trial)
{
    int64_t can = 0, cannot = 1;

    while (cannot <= kits_max && enough_for(trial, cannot)) {
        can = cannot;
        cannot *= 2;
    }
    while (cannot - can > 1) {
        int64_t middle = can + (cannot - can) / 2;

        if (enough_for(trial, middle))
            can = middle;
        else
            cannot = middle;
    }
    return can;
}

/* The part of whose need the smallest share is there. */
static size_t scarcest(const struct trial *trial)
{
    size_t worst = CONFIG_NONE;
    double least = 0;

    for (size_t i = 0; i < trial->config->part_count; i++) {
        const struct kits_use *use = &trial->use[i];
        double share = use->need > 0 ? (double)use->taken / (double)use->need : 0;

        if (use->rest == 0 || (worst != CONFIG_NONE && share >= least))
            continue;
        worst = i;
        least = share;
    }
    return worst;
}

int64_t kits_possible(const struct config *config, size_t product, const int64_t *have,
                      size_t *limiting)
{
    size_t items = kits_items(config);
    struct trial trial = {config, product, have, calloc(items, sizeof *trial.have),
                          calloc(items, sizeof *trial.use)};
    int64_t kits = 0;

    *limiting = CONFIG_NONE;
    if (trial.have != NULL && trial.use != NULL) {
        kits = most(&trial);
        enough_for(&trial, kits + 1);
        *limiting = scarcest(&trial);
    }
    free(trial.have);
    free(trial.use);
    return kits;
}
