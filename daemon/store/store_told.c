/* SPDX-License-Identifier: Apache-2.0 */
#include "store_told.h"

#include "query_run.h"

enum err store_told_add(struct db *db, const struct told_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_TOLD_ADD);
    query_int(&query, row->rule);
    query_int(&query, row->kind);
    query_text(&query, row->subject);
    query_int(&query, row->mark);
    query_int(&query, row->since_ms);
    return query_finish(&query);
}

enum err store_told_remove(struct db *db, const struct told_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_TOLD_REMOVE);
    query_int(&query, row->kind);
    query_text(&query, row->subject);
    query_int(&query, row->mark);
    return query_finish(&query);
}

enum err store_told_each(struct db *db, enum err (*each)(void *context, const struct told_row *row),
                         void *context)
{
    struct told_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_TOLD_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.rule = query_get_int(&query, 0);
        row.kind = query_get_int(&query, 1);
        query_get_text(&query, 2, row.subject, sizeof row.subject);
        row.mark = query_get_int(&query, 3);
        row.since_ms = query_get_int(&query, 4);
        err = err != ERR_OK ? err : each(context, &row);
    }
    return query.err != ERR_OK ? query.err : err;
}

enum err store_told_begun(struct db *db, int64_t *begun)
{
    struct query query;

    query_begin(&query, db, SQL_NOTICES_BEGUN);
    return query_number(&query, begun);
}

enum err store_told_begin(struct db *db)
{
    struct query query;

    query_begin(&query, db, SQL_NOTICES_BEGIN);
    return query_finish(&query);
}
