/* SPDX-License-Identifier: Apache-2.0 */
#include "store_person.h"

#include "query_run.h"

static enum err run_with(struct db *db, int statement, int64_t id)
{
    struct query query;

    query_begin(&query, db, statement);
    query_int(&query, id);
    return query_finish(&query);
}

enum err store_person_put(struct db *db, const struct person_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_PERSON_PUT);
    query_int(&query, row->id);
    query_text(&query, row->login);
    query_text(&query, row->name);
    query_text(&query, row->language);
    query_text(&query, row->roles);
    query_text(&query, row->password);
    query_text(&query, row->pin);
    query_int(&query, row->disabled);
    query_text(&query, row->invite);
    query_int(&query, row->invite_ms);
    query_int(&query, row->added_ms);
    query_text(&query, row->by);
    return query_finish(&query);
}

enum err store_person_remove(struct db *db, int64_t id, int64_t now_ms)
{
    struct query query;
    enum err err = run_with(db, SQL_SESSIONS_OF, id);

    if (err != ERR_OK)
        return err;
    query_begin(&query, db, SQL_TOKENS_OF);
    query_int(&query, id);
    query_int(&query, now_ms);
    err = query_finish(&query);
    return err == ERR_OK ? run_with(db, SQL_PERSON_REMOVE, id) : err;
}

enum err store_person_each(struct db *db,
                           enum err (*each)(void *context, const struct person_row *row),
                           void *context)
{
    struct person_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_PERSON_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, row.login, sizeof row.login);
        query_get_text(&query, 2, row.name, sizeof row.name);
        query_get_text(&query, 3, row.language, sizeof row.language);
        query_get_text(&query, 4, row.roles, sizeof row.roles);
        query_get_text(&query, 5, row.password, sizeof row.password);
        query_get_text(&query, 6, row.pin, sizeof row.pin);
        row.disabled = query_get_int(&query, 7) != 0;
        query_get_text(&query, 8, row.invite, sizeof row.invite);
        row.invite_ms = query_get_int(&query, 9);
        row.added_ms = query_get_int(&query, 10);
        query_get_text(&query, 11, row.by, sizeof row.by);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_session_put(struct db *db, const struct session_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_SESSION_PUT);
    query_int(&query, row->id);
    query_text(&query, row->hash);
    query_int(&query, row->person);
    query_int(&query, row->tablet);
    query_int(&query, row->created_ms);
    query_int(&query, row->seen_ms);
    query_int(&query, row->auth_ms);
    query_text(&query, row->address);
    query_text(&query, row->agent);
    return query_finish(&query);
}

enum err store_session_remove(struct db *db, int64_t id)
{
    return run_with(db, SQL_SESSION_REMOVE, id);
}

enum err store_session_remove_all(struct db *db, int64_t person)
{
    return run_with(db, SQL_SESSIONS_OF, person);
}

enum err store_session_each(struct db *db,
                            enum err (*each)(void *context, const struct session_row *row),
                            void *context)
{
    struct session_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_SESSION_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, row.hash, sizeof row.hash);
        row.person = query_get_int(&query, 2);
        row.tablet = query_get_int(&query, 3);
        row.created_ms = query_get_int(&query, 4);
        row.seen_ms = query_get_int(&query, 5);
        row.auth_ms = query_get_int(&query, 6);
        query_get_text(&query, 7, row.address, sizeof row.address);
        query_get_text(&query, 8, row.agent, sizeof row.agent);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}
