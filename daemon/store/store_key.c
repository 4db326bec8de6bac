/* SPDX-License-Identifier: Apache-2.0 */
#include "store_key.h"

#include <stdio.h>

#include "db_sqlite.h"
#include "query_run.h"

static enum err forget(struct db *db, int64_t before_ms)
{
    struct query query;

    query_begin(&query, db, SQL_KEY_FORGET);
    query_int(&query, before_ms);
    return query_finish(&query);
}

enum err store_key_add(struct db *db, const struct store_key *key)
{
    enum err err = forget(db, key->at_ms - STORE_KEY_MS);
    struct query query;
    int64_t added = 0;

    if (err != ERR_OK)
        return err;
    query_begin(&query, db, SQL_KEY_ADD);
    query_text(&query, key->command);
    query_text(&query, key->by);
    query_text(&query, key->key);
    query_text(&query, key->fields);
    query_int(&query, key->at_ms);
    query_int(&query, key->id);
    query_text(&query, key->text);
    err = query_number(&query, &added);
    if (err != ERR_OK || added != 0)
        return err;
    snprintf(db->text, sizeof db->text,
             "this was done before, under the same Idempotency-Key: nothing was done again");
    return ERR_REFUSED;
}

enum err store_key_each(struct db *db, int64_t since_ms,
                        enum err (*each)(void *context, const struct store_key *key), void *context)
{
    struct store_key key;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_KEY_SINCE);
    query_int(&query, since_ms);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, key.command, sizeof key.command);
        query_get_text(&query, 1, key.by, sizeof key.by);
        query_get_text(&query, 2, key.key, sizeof key.key);
        query_get_text(&query, 3, key.fields, sizeof key.fields);
        key.at_ms = query_get_int(&query, 4);
        key.id = query_get_int(&query, 5);
        query_get_text(&query, 6, key.text, sizeof key.text);
        if (err == ERR_OK)
            err = each(context, &key);
    }
    return query.err != ERR_OK ? query.err : err;
}
