/* SPDX-License-Identifier: Apache-2.0 */
/* Kits from parts, down a bill of materials of several levels. Stock is counted of items: the parts
 * of the config, then its products, by one index. Pure, but for memory. */
#ifndef USINE_PRODUCTION_KITS_H
#define USINE_PRODUCTION_KITS_H

#include <stddef.h>
#include <stdint.h>

#include "config/load.h"

size_t kits_items(const struct config *config);

/* CONFIG_NONE: neither a part nor a product has this id. */
size_t kits_item(const struct config *config, const char *id);

const char *kits_item_id(const struct config *config, size_t item);

/* NULL: the item is a product. */
const struct config_part *kits_part(const struct config *config, size_t item);

/* What making some kits asks of one item: need = taken + rest. */
struct kits_use {
    int64_t need;
    int64_t taken; /* from stock */
    int64_t rest;  /* of a part: missing; of a product: to be put together */
};

/* What n kits of a product take: each item from stock while there is some, the rest of a product
 * from what goes into it. The kits themselves are put together anew, whatever stock there is of
 * them. have (of every item, negative counts as none) is counted down by what is taken; use (of
 * every item) is written. n is at most 10^7. */
void kits_explode(const struct config *config, size_t product, int64_t n, int64_t *have,
                  struct kits_use *use);

/* How many kits of a product can be put together of what there is. *limiting is the part (an item)
 * of which one more kit would lack most; CONFIG_NONE without memory, then 0 are possible. */
int64_t kits_possible(const struct config *config, size_t product, const int64_t *have,
                      size_t *limiting);

#endif
