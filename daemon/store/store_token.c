/* SPDX-License-Identifier: Apache-2.0 */
#include "store_token.h"

#include "query_run.h"

enum err store_token_put(struct db *db, const struct token_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_TOKEN_PUT);
    query_int(&query, row->id);
    query_text(&query, row->hash);
    query_int(&query, row->kind);
    query_text(&query, row->name);
    query_text(&query, row->roles);
    query_int(&query, row->person);
    query_int(&query, row->created_ms);
    query_text(&query, row->by);
    query_int(&query, row->expires_ms);
    query_int(&query, row->used_ms);
    query_int(&query, row->revoked_ms);
    query_text(&query, row->contact);
    query_text(&query, row->parts);
    return query_finish(&query);
}

enum err store_token_each(struct db *db,
                          enum err (*each)(void *context, const struct token_row *row),
                          void *context)
{
    struct token_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_TOKEN_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, row.hash, sizeof row.hash);
        row.kind = query_get_int(&query, 2);
        query_get_text(&query, 3, row.name, sizeof row.name);
        query_get_text(&query, 4, row.roles, sizeof row.roles);
        row.person = query_get_int(&query, 5);
        row.created_ms = query_get_int(&query, 6);
        query_get_text(&query, 7, row.by, sizeof row.by);
        row.expires_ms = query_get_int(&query, 8);
        row.used_ms = query_get_int(&query, 9);
        row.revoked_ms = query_get_int(&query, 10);
        query_get_text(&query, 11, row.contact, sizeof row.contact);
        query_get_text(&query, 12, row.parts, sizeof row.parts);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_tablet_put(struct db *db, const struct tablet_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_TABLET_PUT);
    query_int(&query, row->id);
    query_text(&query, row->hash);
    query_text(&query, row->site);
    query_text(&query, row->name);
    query_int(&query, row->created_ms);
    query_text(&query, row->by);
    query_int(&query, row->seen_ms);
    return query_finish(&query);
}

static enum err run_with(struct db *db, int statement, int64_t id)
{
    struct query query;

    query_begin(&query, db, statement);
    query_int(&query, id);
    return query_finish(&query);
}

enum err store_tablet_remove(struct db *db, int64_t id)
{
    enum err err = run_with(db, SQL_SESSIONS_ON, id);

    return err == ERR_OK ? run_with(db, SQL_TABLET_REMOVE, id) : err;
}

enum err store_tablet_each(struct db *db,
                           enum err (*each)(void *context, const struct tablet_row *row),
                           void *context)
{
    struct tablet_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_TABLET_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, row.hash, sizeof row.hash);
        query_get_text(&query, 2, row.site, sizeof row.site);
        query_get_text(&query, 3, row.name, sizeof row.name);
        row.created_ms = query_get_int(&query, 4);
        query_get_text(&query, 5, row.by, sizeof row.by);
        row.seen_ms = query_get_int(&query, 6);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}
