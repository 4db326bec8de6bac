/* SPDX-License-Identifier: Apache-2.0 */
#include "store_machine.h"

#include "query_run.h"

enum err store_machine_put(struct db *db, const struct machine_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_MACHINE_PUT);
    query_text(&query, row->id);
    query_text(&query, row->site);
    query_int(&query, row->bed);
    query_int(&query, row->consent);
    query_text(&query, row->place);
    return query_finish(&query);
}

enum err store_machine_booked(struct db *db, const struct machine_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_MACHINE_BOOKED);
    query_text(&query, row->id);
    query_text(&query, row->site);
    query_int(&query, row->booked_ms);
    return query_finish(&query);
}

enum err store_machine_condition(struct db *db, const struct machine_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_MACHINE_CONDITION);
    query_text(&query, row->id);
    query_text(&query, row->site);
    query_int(&query, row->locked);
    query_int(&query, row->flags);
    query_int(&query, row->held);
    query_text(&query, row->why);
    return query_finish(&query);
}

enum err store_machine_each(struct db *db,
                            enum err (*each)(void *context, const struct machine_row *row),
                            void *context)
{
    struct machine_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_MACHINE_ALL);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, row.id, sizeof row.id);
        query_get_text(&query, 1, row.site, sizeof row.site);
        row.bed = query_get_int(&query, 2);
        row.consent = query_get_int(&query, 3);
        row.booked_ms = query_get_int(&query, 4);
        query_get_text(&query, 5, row.by, sizeof row.by);
        row.given_ms = query_get_int(&query, 6);
        row.hold_ms = query_get_int(&query, 7);
        row.locked = query_get_int(&query, 8) != 0;
        row.flags = query_get_int(&query, 9);
        row.held = query_get_int(&query, 10) != 0;
        query_get_text(&query, 11, row.why, sizeof row.why);
        query_get_text(&query, 12, row.place, sizeof row.place);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_consent_add(struct db *db, const struct machine_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_CONSENT_ADD);
    query_int(&query, row->consent);
    query_text(&query, row->id);
    query_text(&query, row->by);
    query_int(&query, row->given_ms);
    query_int(&query, row->hold_ms);
    return query_finish(&query);
}

enum err store_consent_used(struct db *db, int64_t consent, int64_t run)
{
    struct query query;

    query_begin(&query, db, SQL_CONSENT_USED);
    query_int(&query, consent);
    query_int(&query, run);
    return query_finish(&query);
}

enum err store_consent_void(struct db *db, int64_t consent, int64_t at_ms, const char *by)
{
    struct query query;

    query_begin(&query, db, SQL_CONSENT_VOID);
    query_int(&query, consent);
    query_int(&query, at_ms);
    query_text(&query, by);
    return query_finish(&query);
}

enum err store_consent_last(struct db *db, int64_t *id)
{
    struct query query;

    query_begin(&query, db, SQL_CONSENT_LAST);
    return query_number(&query, id);
}
