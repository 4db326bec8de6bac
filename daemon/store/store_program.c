/* SPDX-License-Identifier: Apache-2.0 */
#include "store_program.h"

#include <stdlib.h>

#include "query_run.h"

enum err store_program_put(struct db *db, const struct program_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_PROGRAM_PUT);
    query_text(&query, row->sha256);
    query_text(&query, row->name);
    query_text(&query, row->body);
    query_text(&query, row->by);
    query_int(&query, row->added_ms);
    return query_finish(&query);
}

enum err store_program_remove(struct db *db, const char *sha256)
{
    struct query query;

    query_begin(&query, db, SQL_PROGRAM_REMOVE);
    query_text(&query, sha256);
    return query_finish(&query);
}

enum err store_program_each(struct db *db,
                            enum err (*each)(void *context, const struct program_row *row),
                            void *context)
{
    char *body = malloc(PROGRAM_BODY_MAX);
    char sha256[65], name[128], by[64];
    struct program_row row = {sha256, name, body, by, 0, false};
    struct query query;
    enum err err = ERR_OK;

    if (body == NULL)
        return ERR_NO_MEMORY;
    query_begin(&query, db, SQL_PROGRAM_ALL);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, sha256, sizeof sha256);
        query_get_text(&query, 1, name, sizeof name);
        query_get_text(&query, 2, body, PROGRAM_BODY_MAX);
        query_get_text(&query, 3, by, sizeof by);
        row.added_ms = query_get_int(&query, 4);
        row.removed = query_get_int(&query, 5) != 0;
        if (err == ERR_OK)
            err = each(context, &row);
    }
    free(body);
    return err != ERR_OK ? err : query.err;
}

enum err store_program_yields(struct db *db, int64_t since_ms,
                              void (*each)(void *context, const char *sha256, int64_t pieces,
                                           int64_t good),
                              void *context)
{
    struct query query;
    char sha256[65];

    query_begin(&query, db, SQL_PROGRAM_YIELDS);
    query_int(&query, since_ms);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, sha256, sizeof sha256);
        each(context, sha256, query_get_int(&query, 1), query_get_int(&query, 2));
    }
    return query.err;
}
