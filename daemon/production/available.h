/* SPDX-License-Identifier: Apache-2.0 */
/* What may be used of what there is: the stock less the lots that are blocked. Pure. */
#ifndef USINE_PRODUCTION_AVAILABLE_H
#define USINE_PRODUCTION_AVAILABLE_H

#include "blocks.h"
#include "stock.h"

/* Borrowed, both. */
struct available {
    const struct stock *stock;
    const struct blocks *blocks; /* NULL: none are blocked */
};

/* Pieces of a part (or product) that may be used at a site; site NULL: at all of them. */
int64_t available_of(const struct available *view, const char *site, const char *part);

/* The same of every item of production/kits.h. */
void available_items(const struct available *view, const struct config *config, int64_t *have);

/* The same of one part at all sites once these facts have been counted. */
int64_t available_after(const struct available *view, const char *part, const struct fact *facts,
                        size_t count);

/* Pieces of one lot, of whatever part and wherever they lie, blocked or not. */
int64_t available_pieces(const struct stock *stock, const char *lot);

/* Pieces that lie in blocked lots. *lot (NULL: not asked) is the block that holds most of them;
 * NULL: none is blocked. */
int64_t available_blocked(const struct available *view, const char *site, const char *part,
                          const struct lot_block **lot);

#endif
