/* SPDX-License-Identifier: Apache-2.0 */
#include "store_notice.h"

#include "query_run.h"

enum err store_rule_add(struct db *db, const struct rule_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_RULE_ADD);
    query_int(&query, row->id);
    query_int(&query, row->person);
    query_int(&query, row->kind);
    query_int(&query, row->channel);
    query_text(&query, row->address);
    query_text(&query, row->token);
    query_text(&query, row->sites);
    query_int(&query, row->delay_ms);
    query_text(&query, row->quiet);
    query_int(&query, row->added_ms);
    return query_finish(&query);
}

enum err store_rule_remove(struct db *db, int64_t id)
{
    struct query query;

    query_begin(&query, db, SQL_RULE_REMOVE);
    query_int(&query, id);
    return query_finish(&query);
}

enum err store_rule_each(struct db *db, enum err (*each)(void *context, const struct rule_row *row),
                         void *context)
{
    struct rule_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_RULE_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        row.person = query_get_int(&query, 1);
        row.kind = query_get_int(&query, 2);
        row.channel = query_get_int(&query, 3);
        query_get_text(&query, 4, row.address, sizeof row.address);
        query_get_text(&query, 5, row.token, sizeof row.token);
        query_get_text(&query, 6, row.sites, sizeof row.sites);
        row.delay_ms = query_get_int(&query, 7);
        query_get_text(&query, 8, row.quiet, sizeof row.quiet);
        row.added_ms = query_get_int(&query, 9);
        row.last_ms = query_get_int(&query, 10);
        err = err != ERR_OK ? err : each(context, &row);
    }
    return query.err != ERR_OK ? query.err : err;
}

enum err store_notice_last(struct db *db, int64_t *rule, int64_t *message)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_RULE_LAST);
    err = query_number(&query, rule);
    if (err != ERR_OK)
        return err;
    query_begin(&query, db, SQL_OUTBOX_LAST);
    return query_number(&query, message);
}
