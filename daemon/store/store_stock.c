/* SPDX-License-Identifier: Apache-2.0 */
#include "store_stock.h"

#include "query_run.h"

enum err store_stock_each(struct db *db,
                          enum err (*each)(void *context, const struct stock_sum *sum),
                          void *context)
{
    struct stock_sum sum;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_STOCK_ALL);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, sum.site, sizeof sum.site);
        query_get_text(&query, 1, sum.part, sizeof sum.part);
        query_get_text(&query, 2, sum.lot, sizeof sum.lot);
        sum.qty = query_get_int(&query, 3);
        if (err == ERR_OK)
            err = each(context, &sum);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_stock_stages(struct db *db,
                            enum err (*each)(void *context, const struct stage_sum *sum),
                            void *context)
{
    struct stage_sum sum;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_STAGE_ALL);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, sum.site, sizeof sum.site);
        query_get_text(&query, 1, sum.part, sizeof sum.part);
        query_get_text(&query, 2, sum.lot, sizeof sum.lot);
        query_get_text(&query, 3, sum.step, sizeof sum.step);
        sum.qty = query_get_int(&query, 4);
        sum.discarded = query_get_int(&query, 5);
        if (err == ERR_OK)
            err = each(context, &sum);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_stock_assembled(struct db *db, int day,
                               enum err (*each)(void *context, const char *product, int64_t kits),
                               void *context)
{
    struct query query;
    char product[64];
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_STOCK_ASSEMBLED);
    query_int(&query, day);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, product, sizeof product);
        if (err == ERR_OK)
            err = each(context, product, query_get_int(&query, 1));
    }
    return err != ERR_OK ? err : query.err;
}
