/* SPDX-License-Identifier: Apache-2.0 */
#include "store_order.h"

#include "query_run.h"

enum err store_order_put(struct db *db, const struct order_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_ORDER_PUT);
    query_int(&query, row->id);
    query_text(&query, row->product);
    query_int(&query, row->quantity);
    query_int(&query, row->priority);
    query_int(&query, row->due_ms);
    query_text(&query, row->customer);
    query_int(&query, row->state);
    query_text(&query, row->by);
    query_int(&query, row->added_ms);
    return query_finish(&query);
}

enum err store_order_each(struct db *db,
                          enum err (*each)(void *context, const struct order_row *row),
                          void *context)
{
    struct order_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_ORDER_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, row.product, sizeof row.product);
        row.quantity = query_get_int(&query, 2);
        row.priority = query_get_int(&query, 3);
        row.due_ms = query_get_int(&query, 4);
        query_get_text(&query, 5, row.customer, sizeof row.customer);
        row.state = query_get_int(&query, 6);
        query_get_text(&query, 7, row.by, sizeof row.by);
        row.added_ms = query_get_int(&query, 8);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_order_facts(struct db *db,
                           void (*each)(void *context, int64_t order, int64_t claimed,
                                        int64_t shipped),
                           void *context)
{
    struct query query;

    query_begin(&query, db, SQL_ORDER_FACTS);
    while (query_step(&query) == STEP_ROW)
        each(context, query_get_int(&query, 0), query_get_int(&query, 1), query_get_int(&query, 2));
    return query.err;
}
