/* SPDX-License-Identifier: Apache-2.0 */
#include "levels.h"

#include <string.h>

#include "fill.h"

static const double pieces_max = 1e6; /* in one kit, down to the parts */

static const cJSON *product_node(const struct source *source, size_t product)
{
    return cJSON_GetArrayItem(fill_member(source->root, "products"), (int)product);
}

/* True when some level rose. */
static bool raise_levels(struct config *config)
{
    bool rose = false;

    for (size_t i = 0; i < config->product_count; i++) {
        struct config_product *kit = &config->products[i];

        for (size_t k = 0; k < kit->bom_count; k++) {
            size_t in = kit->bom[k].product;

            if (in == CONFIG_NONE || kit->level > config->products[in].level)
                continue;
            kit->level = config->products[in].level + 1;
            rose = true;
        }
    }
    return rose;
}

/* Without a circle the levels stand still after as many rounds as there are products. */
static bool check_circle(struct source *source, struct config *config)
{
    size_t rounds = 0;

    while (raise_levels(config))
        if (++rounds > config->product_count)
            break;
    for (size_t i = 0; i < config->product_count && rounds > config->product_count; i++)
        if ((size_t)config->products[i].level >= config->product_count) {
            source_fault_name(source, fill_member(product_node(source, i), "parts"),
                              "product \"%s\" holds itself, through the products in it",
                              config->products[i].id);
            return false;
        }
    return true;
}

/* Pieces of parts in one kit. There is no circle, and no deeper recursion than there are levels;
 * each call counts at least one piece, so there are not many. */
static double pieces_in(const struct config *config, size_t product)
{
    const struct config_product *kit = &config->products[product];
    double sum = kit->bom_count == 0;

    for (size_t k = 0; k < kit->bom_count && sum <= pieces_max; k++)
        sum += (double)kit->bom[k].quantity *
               (kit->bom[k].product == CONFIG_NONE ? 1 : pieces_in(config, kit->bom[k].product));
    return sum;
}

static void check_sizes(struct source *source, const struct config *config)
{
    for (size_t i = 0; i < config->product_count; i++)
        if (pieces_in(config, i) > pieces_max) {
            source_fault_name(source, fill_member(product_node(source, i), "parts"),
                              "a kit of \"%s\" would hold more than a million pieces",
                              config->products[i].id);
            return;
        }
}

static void check_names(struct source *source, const struct config *config)
{
    for (size_t i = 0; i < config->product_count; i++)
        for (size_t k = 0; k < config->part_count; k++)
            if (config->products[i].id[0] != '\0' &&
                strcmp(config->products[i].id, config->parts[k].id) == 0)
                source_fault(source, fill_member(product_node(source, i), "id"),
                             "\"%s\" is a part already: a product needs an id of its own",
                             config->parts[k].id);
}

void levels_find(struct source *source, struct config *config)
{
    if (source->no_memory)
        return;
    check_names(source, config);
    if (check_circle(source, config))
        check_sizes(source, config);
}
