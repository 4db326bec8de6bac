/* SPDX-License-Identifier: Apache-2.0 */
/* What there is, by site, part (or product) and lot: the sums of the facts that move stock, in
 * memory on the office thread. Fed with each fact once it is committed, and with all of the
 * database's at start. */
#ifndef USINE_PRODUCTION_STOCK_H
#define USINE_PRODUCTION_STOCK_H

#include <stddef.h>
#include <stdint.h>

#include "config/load.h"
#include "store/store_fact.h"

struct stock;

struct stock_lot {
    char lot[64]; /* "": none was said */
    int64_t qty;  /* not 0; below 0 when a verdict was corrected after its pieces had gone */
};

struct stock_row {
    char part[ID_SIZE]; /* or product */
    char site[ID_SIZE];
    int64_t qty;            /* of all lots together */
    struct stock_lot *lots; /* owned by the stock; the oldest first */
    size_t lot_count, lot_room;
};

struct stock *stock_create(void); /* NULL: no memory */
void stock_destroy(struct stock *stock);

/* Adds what the database says there is. */
enum err stock_load(struct stock *stock, struct db *db);

/* Counts a fact that has been committed; one that moves no stock changes nothing. */
enum err stock_count(struct stock *stock, const struct fact *fact);

/* The i-th row, by part, then site; NULL after the last. Rows of 0 may be among them. */
const struct stock_row *stock_at(const struct stock *stock, size_t i);

/* NULL: there never was any of this part at this site. */
const struct stock_row *stock_find(const struct stock *stock, const char *site, const char *part);

/* Pieces of a part at a site; site NULL: at all of them. */
int64_t stock_of(const struct stock *stock, const char *site, const char *part);

/* The same of every item of production/kits.h. */
void stock_items(const struct stock *stock, const struct config *config, const char *site,
                 int64_t *have);

#endif
