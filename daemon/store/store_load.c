/* SPDX-License-Identifier: Apache-2.0 */
#include "store_load.h"

#include "query_run.h"

enum err store_load_put(struct db *db, const struct load_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_LOAD_PUT);
    query_text(&query, row->machine);
    query_text(&query, row->material);
    query_text(&query, row->lot);
    query_int(&query, row->at_ms);
    query_text(&query, row->by);
    return query_finish(&query);
}

enum err store_load_each(struct db *db, void (*each)(void *context, const struct load_row *row),
                         void *context)
{
    struct load_row row;
    struct query query;

    query_begin(&query, db, SQL_LOAD_ALL);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, row.machine, sizeof row.machine);
        query_get_text(&query, 1, row.material, sizeof row.material);
        query_get_text(&query, 2, row.lot, sizeof row.lot);
        row.at_ms = query_get_int(&query, 3);
        query_get_text(&query, 4, row.by, sizeof row.by);
        each(context, &row);
    }
    return query.err;
}

enum err store_run_spool(struct db *db, const struct run_row *row)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_RUN_SPOOL);
    query_int(&query, row->id);
    query_text(&query, row->loaded);
    query_text(&query, row->spool);
    query_int(&query, row->booked);
    err = query_finish(&query);
    if (err != ERR_OK || row->spool[0] == '\0')
        return err;
    query_begin(&query, db, SQL_RUN_SPOOL_ADD);
    query_int(&query, row->id);
    query_text(&query, row->spool);
    return query_finish(&query);
}
