/* SPDX-License-Identifier: Apache-2.0 */
#include "store_declaration.h"

#include "query_run.h"

const char *declaration_state_name(enum declaration_state state)
{
    static const char *const names[] = {
        [DECLARATION_WAITING] = "waiting",
        [DECLARATION_RECEIVED] = "received",
        [DECLARATION_REFUSED] = "refused",
        [DECLARATION_WITHDRAWN] = "withdrawn",
    };

    return names[state];
}

static void read_row(const struct query *query, struct declaration_row *row)
{
    row->id = query_get_int(query, 0);
    row->maker = query_get_int(query, 1);
    query_get_text(query, 2, row->mark, sizeof row->mark);
    query_get_text(query, 3, row->name, sizeof row->name);
    query_get_text(query, 4, row->site, sizeof row->site);
    query_get_text(query, 5, row->part, sizeof row->part);
    row->quantity = query_get_int(query, 6);
    row->made_day = (int)query_get_int(query, 7);
    query_get_text(query, 8, row->material, sizeof row->material);
    query_get_text(query, 9, row->note, sizeof row->note);
    query_get_text(query, 10, row->lot, sizeof row->lot);
    row->at_ms = query_get_int(query, 11);
    row->state = (enum declaration_state)query_get_int(query, 12);
    row->good = query_get_int(query, 13);
    row->scrap = query_get_int(query, 14);
    query_get_text(query, 15, row->reason, sizeof row->reason);
    row->closed_ms = query_get_int(query, 16);
    query_get_text(query, 17, row->by, sizeof row->by);
}

/* *found: the maker has declared this before, and row is what became of it. */
static enum err find_mark(struct db *db, struct declaration_row *row, bool *found)
{
    struct query query;

    *found = false;
    query_begin(&query, db, SQL_DECLARATION_MARK);
    query_int(&query, row->maker);
    query_text(&query, row->mark);
    if (query_step(&query) == STEP_ROW) {
        read_row(&query, row);
        *found = true;
    }
    return query_finish(&query);
}

static enum err check(struct db *db, const struct declaration_row *row,
                      const struct declaration_limits *limits, int64_t *oldest_ms)
{
    struct query query;
    int64_t lately = 0, open = 0;
    enum err err;

    query_begin(&query, db, SQL_DECLARATION_LOAD);
    query_int(&query, row->maker);
    query_int(&query, limits->since_ms);
    if (query_step(&query) == STEP_ROW) {
        lately = query_get_int(&query, 0);
        *oldest_ms = query_get_int(&query, 1);
        open = query_get_int(&query, 2);
    }
    err = query_finish(&query);
    if (err == ERR_OK && open >= limits->open)
        return ERR_REFUSED;
    return err == ERR_OK && lately >= limits->lately ? ERR_TOO_MANY : err;
}

static enum err insert(struct db *db, struct declaration_row *row)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_DECLARATION_ADD);
    query_int(&query, row->maker);
    query_text(&query, row->mark);
    query_text(&query, row->name);
    query_text(&query, row->site);
    query_text(&query, row->part);
    query_int(&query, row->quantity);
    query_int(&query, row->made_day);
    query_text(&query, row->material);
    query_text(&query, row->note);
    query_text(&query, row->lot);
    query_int(&query, row->at_ms);
    err = query_number(&query, &row->id);
    return err == ERR_OK && row->id == 0 ? ERR_BUSY : err;
}

enum err store_declaration_add(struct db *db, struct declaration_row *row,
                               const struct declaration_limits *limits, bool *fresh,
                               int64_t *oldest_ms)
{
    bool found;
    enum err err = find_mark(db, row, &found);

    *fresh = !found;
    if (err == ERR_OK && !found)
        err = check(db, row, limits, oldest_ms);
    return err == ERR_OK && !found ? insert(db, row) : err;
}

enum err store_declaration_close(struct db *db, const struct declaration_row *row)
{
    struct query query;
    int64_t id;
    enum err err;

    query_begin(&query, db, SQL_DECLARATION_CLOSE);
    query_int(&query, row->id);
    query_int(&query, row->state);
    query_int(&query, row->good);
    query_int(&query, row->scrap);
    query_text(&query, row->reason);
    query_int(&query, row->closed_ms);
    query_text(&query, row->by);
    err = query_number(&query, &id);
    return err == ERR_OK && id == 0 ? ERR_REFUSED : err;
}

enum err store_declaration_open(struct db *db,
                                enum err (*each)(void *context, const struct declaration_row *row),
                                void *context)
{
    struct declaration_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_DECLARATION_OPEN);
    while (query_step(&query) == STEP_ROW) {
        read_row(&query, &row);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_declaration_page(struct db *db, const struct declaration_range *range,
                                void (*each)(void *context, const struct declaration_row *row),
                                void *context)
{
    struct declaration_row row;
    struct query query;

    query_begin(&query, db, SQL_DECLARATION_PAGE);
    query_int(&query, range->before);
    query_int(&query, range->limit);
    query_int(&query, range->maker);
    query_text(&query, range->site);
    query_int(&query, range->waiting);
    while (query_step(&query) == STEP_ROW) {
        read_row(&query, &row);
        each(context, &row);
    }
    return query.err;
}
