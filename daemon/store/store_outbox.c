/* SPDX-License-Identifier: Apache-2.0 */
#include "store_outbox.h"

#include "query_run.h"

enum err store_outbox_put(struct db *db, const struct outbox_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_OUTBOX_PUT);
    query_int(&query, row->id);
    query_text(&query, row->key);
    query_int(&query, row->rule);
    query_int(&query, row->person);
    query_int(&query, row->kind);
    query_int(&query, row->channel);
    query_text(&query, row->address);
    query_text(&query, row->token);
    query_text(&query, row->items);
    query_int(&query, row->made_ms);
    query_int(&query, row->due_ms);
    query_int(&query, row->tries);
    query_int(&query, row->state);
    query_text(&query, row->error);
    query_int(&query, row->ended_ms);
    return query_finish(&query);
}

static enum err each_row(struct query *query,
                         enum err (*each)(void *context, const struct outbox_row *row),
                         void *context)
{
    struct outbox_row row;
    enum err err = ERR_OK;

    while (query_step(query) == STEP_ROW) {
        row.id = query_get_int(query, 0);
        query_get_text(query, 1, row.key, sizeof row.key);
        row.rule = query_get_int(query, 2);
        row.person = query_get_int(query, 3);
        row.kind = query_get_int(query, 4);
        row.channel = query_get_int(query, 5);
        query_get_text(query, 6, row.address, sizeof row.address);
        query_get_text(query, 7, row.token, sizeof row.token);
        query_get_text(query, 8, row.items, sizeof row.items);
        row.made_ms = query_get_int(query, 9);
        row.due_ms = query_get_int(query, 10);
        row.tries = query_get_int(query, 11);
        row.state = query_get_int(query, 12);
        query_get_text(query, 13, row.error, sizeof row.error);
        row.ended_ms = query_get_int(query, 14);
        err = err != ERR_OK ? err : each(context, &row);
    }
    return query->err != ERR_OK ? query->err : err;
}

enum err store_outbox_list(struct db *db, const struct outbox_range *range,
                           enum err (*each)(void *context, const struct outbox_row *row),
                           void *context)
{
    struct query query;

    query_begin(&query, db, SQL_OUTBOX_LIST);
    query_int(&query, range->before);
    query_int(&query, range->state);
    query_int(&query, range->limit);
    return each_row(&query, each, context);
}

enum err store_outbox_waiting(struct db *db,
                              enum err (*each)(void *context, const struct outbox_row *row),
                              void *context)
{
    struct query query;

    query_begin(&query, db, SQL_OUTBOX_WAITING);
    return each_row(&query, each, context);
}

enum err store_outbox_count(struct db *db, enum outbox_state state, int64_t *count)
{
    struct query query;

    query_begin(&query, db, SQL_OUTBOX_COUNT);
    query_int(&query, (int64_t)state);
    return query_number(&query, count);
}

enum err store_outbox_sweep(struct db *db, int64_t before_ms)
{
    struct query query;

    query_begin(&query, db, SQL_OUTBOX_SWEEP);
    query_int(&query, before_ms);
    return query_finish(&query);
}
