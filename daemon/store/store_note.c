/* SPDX-License-Identifier: Apache-2.0 */
#include "store_note.h"

#include "query_run.h"

enum err store_note_add(struct db *db, struct note_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_NOTE_ADD);
    query_text(&query, row->machine);
    query_int(&query, row->at_ms);
    query_text(&query, row->by);
    query_text(&query, row->text);
    return query_number(&query, &row->id);
}

enum err store_note_done(struct db *db, const struct note_row *row)
{
    struct query query;
    int64_t id;
    enum err err;

    query_begin(&query, db, SQL_NOTE_DONE);
    query_int(&query, row->id);
    query_int(&query, row->done_ms);
    query_text(&query, row->done_by);
    query_text(&query, row->machine);
    err = query_number(&query, &id);
    return err == ERR_OK && id == 0 ? ERR_NOT_FOUND : err;
}

enum err store_note_list(struct db *db, const struct note_range *range,
                         void (*each)(void *context, const struct note_row *row), void *context)
{
    struct note_row row;
    struct query query;

    query_begin(&query, db, SQL_NOTE_LIST);
    query_int(&query, range->before);
    query_text(&query, range->machine);
    query_int(&query, range->limit);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, row.machine, sizeof row.machine);
        row.at_ms = query_get_int(&query, 2);
        query_get_text(&query, 3, row.by, sizeof row.by);
        query_get_text(&query, 4, row.text, sizeof row.text);
        row.done_ms = query_get_int(&query, 5);
        query_get_text(&query, 6, row.done_by, sizeof row.done_by);
        each(context, &row);
    }
    return query.err;
}
