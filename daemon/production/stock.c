/* SPDX-License-Identifier: Apache-2.0 */
#include "stock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "kits.h"
#include "store/store_stock.h"

struct stock {
    struct stock_row *rows; /* sorted by part, then site */
    size_t count, room;
};

struct stock *stock_create(void)
{
    return calloc(1, sizeof(struct stock));
}

void stock_destroy(struct stock *stock)
{
    if (stock == NULL)
        return;
    for (size_t i = 0; i < stock->count; i++)
        free(stock->rows[i].lots);
    free(stock->rows);
    free(stock);
}

/* Where the row of this part and site is, or belongs; site "" comes before all sites. */
static size_t place(const struct stock *stock, const char *site, const char *part)
{
    size_t low = 0, high = stock->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct stock_row *row = &stock->rows[middle];
        int order = strcmp(row->part, part);

        if (order == 0)
            order = strcmp(row->site, site);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct stock_row *stock_at(const struct stock *stock, size_t i)
{
    return i < stock->count ? &stock->rows[i] : NULL;
}

const struct stock_row *stock_find(const struct stock *stock, const char *site, const char *part)
{
    const struct stock_row *row = stock_at(stock, place(stock, site, part));

    return row != NULL && strcmp(row->part, part) == 0 && strcmp(row->site, site) == 0 ? row : NULL;
}

static struct stock_row *insert(struct stock *stock, const char *site, const char *part)
{
    size_t at = place(stock, site, part);
    struct stock_row *rows = array_grow(stock->rows, stock->count, &stock->room, sizeof *rows);

    if (rows == NULL)
        return NULL;
    stock->rows = rows;
    memmove(&stock->rows[at + 1], &stock->rows[at], (stock->count - at) * sizeof *stock->rows);
    stock->count++;
    stock->rows[at] = (struct stock_row){.qty = 0};
    snprintf(stock->rows[at].part, ID_SIZE, "%s", part);
    snprintf(stock->rows[at].site, ID_SIZE, "%s", site);
    return &stock->rows[at];
}

static struct stock_lot *find_lot(struct stock_row *row, const char *lot)
{
    for (size_t i = 0; i < row->lot_count; i++)
        if (strcmp(row->lots[i].lot, lot) == 0)
            return &row->lots[i];
    return NULL;
}

static struct stock_lot *add_lot(struct stock_row *row, const char *lot)
{
    struct stock_lot *lots = array_grow(row->lots, row->lot_count, &row->lot_room, sizeof *lots);

    if (lots == NULL)
        return NULL;
    row->lots = lots;
    row->lots[row->lot_count] = (struct stock_lot){.qty = 0};
    snprintf(row->lots[row->lot_count].lot, sizeof row->lots->lot, "%s", lot);
    return &row->lots[row->lot_count++];
}

static void drop_lot(struct stock_row *row, struct stock_lot *lot)
{
    size_t at = (size_t)(lot - row->lots);

    row->lot_count--;
    memmove(lot, lot + 1, (row->lot_count - at) * sizeof *lot);
}

static enum err add(struct stock *stock, const struct stock_sum *what)
{
    struct stock_row *row = (struct stock_row *)stock_find(stock, what->site, what->part);
    struct stock_lot *lot;

    if (what->qty == 0)
        return ERR_OK;
    if (row == NULL)
        row = insert(stock, what->site, what->part);
    if (row == NULL)
        return ERR_NO_MEMORY;
    lot = find_lot(row, what->lot);
    if (lot == NULL)
        lot = add_lot(row, what->lot);
    if (lot == NULL)
        return ERR_NO_MEMORY;
    row->qty += what->qty;
    lot->qty += what->qty;
    if (lot->qty == 0)
        drop_lot(row, lot);
    return ERR_OK;
}

static enum err load_row(void *context, const struct stock_sum *row)
{
    return add(context, row);
}

enum err stock_load(struct stock *stock, struct db *db)
{
    return store_stock_each(db, load_row, stock);
}

enum err stock_count(struct stock *stock, const struct fact *fact)
{
    struct stock_sum what = {.qty = fact->qty};

    if (!fact_moves_stock(fact->kind) || fact->part[0] == '\0')
        return ERR_OK;
    memcpy(what.site, fact->site, sizeof what.site);
    memcpy(what.part, fact->part, sizeof what.part);
    memcpy(what.lot, fact->lot, sizeof what.lot);
    return add(stock, &what);
}

int64_t stock_of(const struct stock *stock, const char *site, const char *part)
{
    const struct stock_row *row = site != NULL ? stock_find(stock, site, part) : NULL;
    int64_t sum = 0;

    if (site != NULL)
        return row != NULL ? row->qty : 0;
    for (size_t i = place(stock, "", part);
         i < stock->count && strcmp(stock->rows[i].part, part) == 0; i++)
        sum += stock->rows[i].qty;
    return sum;
}

void stock_items(const struct stock *stock, const struct config *config, const char *site,
                 int64_t *have)
{
    for (size_t i = 0; i < kits_items(config); i++)
        have[i] = stock_of(stock, site, kits_item_id(config, i));
}
