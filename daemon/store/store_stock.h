/* SPDX-License-Identifier: Apache-2.0 */
/* Stock: the sums of the facts that move it, kept by the database itself. */
#ifndef USINE_STORE_STORE_STOCK_H
#define USINE_STORE_STORE_STOCK_H

#include "db.h"

struct stock_sum {
    char site[64];
    char part[64]; /* or product */
    char lot[64];
    int64_t qty; /* may be below 0: a verdict was corrected after its pieces had gone */
};

/* What there is, by site, part and lot, what came first first. Rows of 0 are left out. */
enum err store_stock_each(struct db *db,
                          enum err (*each)(void *context, const struct stock_sum *sum),
                          void *context);

struct stage_sum {
    char site[64];
    char part[64]; /* or product */
    char lot[64];
    char step[64];     /* the last step of work by hand they have passed; "": none */
    int64_t qty;       /* of the stock; not counted for step "" */
    int64_t discarded; /* thrown away when they stood there */
};

/* How far work by hand has come. Rows of nothing are left out. */
enum err store_stock_stages(struct db *db,
                            enum err (*each)(void *context, const struct stage_sum *sum),
                            void *context);

/* Kits of each product put together on a day. */
enum err store_stock_assembled(struct db *db, int day,
                               enum err (*each)(void *context, const char *product, int64_t kits),
                               void *context);

#endif
