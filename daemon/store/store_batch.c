/* SPDX-License-Identifier: Apache-2.0 */
#include "store_batch.h"

#include "query_run.h"

static struct batch_row read_row(const struct query *query)
{
    struct batch_row row = {.at_ms = query_get_int(query, 0),
                            .quantity = query_get_int(query, 6),
                            .scrap = query_get_int(query, 7)};

    query_get_text(query, 1, row.site, sizeof row.site);
    query_get_text(query, 2, row.item, sizeof row.item);
    query_get_text(query, 3, row.lot, sizeof row.lot);
    query_get_text(query, 4, row.step, sizeof row.step);
    query_get_text(query, 5, row.by, sizeof row.by);
    query_get_text(query, 8, row.note, sizeof row.note);
    query_get_text(query, 9, row.reason, sizeof row.reason);
    return row;
}

enum err store_batch_last(struct db *db, const char *site, int64_t facts,
                          bool (*each)(void *context, const struct batch_row *row), void *context)
{
    struct query query;

    query_begin(&query, db, SQL_BATCH_LAST);
    query_text(&query, site);
    query_int(&query, facts);
    while (query_step(&query) == STEP_ROW) {
        struct batch_row row = read_row(&query);

        if (!each(context, &row))
            query.err = ERR_NO_MEMORY; /* ends the loop */
    }
    return query.err;
}
