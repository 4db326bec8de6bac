/* SPDX-License-Identifier: Apache-2.0 */
#include "available.h"

#include <string.h>

#include "kits.h"

/* Pieces of a row in blocked lots. most, *held: the block that holds most so far, and how many. */
static int64_t blocked_in(const struct available *view, const struct stock_row *row,
                          const struct lot_block **most, int64_t *held)
{
    int64_t sum = 0;

    for (size_t i = 0; i < row->lot_count; i++) {
        const struct lot_block *block = blocks_find(view->blocks, row->lots[i].lot);

        if (block == NULL)
            continue;
        sum += row->lots[i].qty;
        if (row->lots[i].qty <= *held)
            continue;
        *held = row->lots[i].qty;
        *most = block;
    }
    return sum;
}

int64_t available_blocked(const struct available *view, const char *site, const char *part,
                          const struct lot_block **lot)
{
    const struct lot_block *most = NULL;
    const struct stock_row *row;
    int64_t sum = 0, held = 0;

    for (size_t i = 0; view->blocks != NULL && blocks_at(view->blocks, 0) != NULL &&
                       (row = stock_at(view->stock, i)) != NULL;
         i++)
        if (strcmp(row->part, part) == 0 && (site == NULL || strcmp(row->site, site) == 0))
            sum += blocked_in(view, row, &most, &held);
    if (lot != NULL)
        *lot = most;
    return sum;
}

int64_t available_of(const struct available *view, const char *site, const char *part)
{
    return stock_of(view->stock, site, part) - available_blocked(view, site, part, NULL);
}

void available_items(const struct available *view, const struct config *config, int64_t *have)
{
    for (size_t i = 0; i < kits_items(config); i++)
        have[i] = available_of(view, NULL, kits_item_id(config, i));
}

/* As the facts leave it. */
static bool blocked_after(const struct available *view, const char *lot, const struct fact *facts,
                          size_t count)
{
    while (count-- > 0)
        if ((facts[count].kind == FACT_BLOCKED || facts[count].kind == FACT_RELEASED) &&
            strcmp(facts[count].lot, lot) == 0)
            return facts[count].kind == FACT_BLOCKED;
    return blocks_find(view->blocks, lot) != NULL;
}

int64_t available_after(const struct available *view, const char *part, const struct fact *facts,
                        size_t count)
{
    const struct stock_row *row;
    int64_t sum = 0;

    for (size_t i = 0; (row = stock_at(view->stock, i)) != NULL; i++)
        for (size_t k = 0; strcmp(row->part, part) == 0 && k < row->lot_count; k++)
            if (!blocked_after(view, row->lots[k].lot, facts, count))
                sum += row->lots[k].qty;
    for (size_t i = 0; i < count; i++)
        if (fact_moves_stock(facts[i].kind) && strcmp(facts[i].part, part) == 0 &&
            !blocked_after(view, facts[i].lot, facts, count))
            sum += facts[i].qty;
    return sum;
}

int64_t available_pieces(const struct stock *stock, const char *lot)
{
    const struct stock_row *row;
    int64_t sum = 0;

    for (size_t i = 0; (row = stock_at(stock, i)) != NULL; i++)
        for (size_t k = 0; k < row->lot_count; k++)
            if (strcmp(row->lots[k].lot, lot) == 0)
                sum += row->lots[k].qty;
    return sum;
}
