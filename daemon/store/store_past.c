/* SPDX-License-Identifier: Apache-2.0 */
#include "store_past.h"

#include "query_run.h"

static void read_past(const struct query *query, struct run_past *run)
{
    *run = (struct run_past){.status = query_get_int(query, 2)};
    query_get_text(query, 0, run->machine, sizeof run->machine);
    query_get_text(query, 1, run->sha256, sizeof run->sha256);
    run->started_ms = query_get_int(query, 3);
    run->ended_ms = query_get_int(query, 4);
    run->time_s = query_get_real(query, 5);
    run->judged_ms = query_get_int(query, 6);
    query_get_text(query, 7, run->judged_by, sizeof run->judged_by);
    run->good = query_get_int(query, 8);
    run->scrap = query_get_int(query, 9);
}

enum err store_run_lately(struct db *db, int64_t from_ms, int64_t limit,
                          enum err (*each)(void *context, const struct run_past *run),
                          void *context)
{
    struct run_past run;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_RUN_LATELY);
    query_int(&query, from_ms);
    query_int(&query, limit);
    while (query_step(&query) == STEP_ROW) {
        if (err != ERR_OK)
            continue;
        read_past(&query, &run);
        err = each(context, &run);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_departures(struct db *db, int from_day,
                          void (*each)(void *context, const char *site, const char *part,
                                       int64_t at_ms),
                          void *context)
{
    char site[64], part[64];
    struct query query;

    query_begin(&query, db, SQL_FACT_DEPARTURES);
    query_int(&query, from_day);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, site, sizeof site);
        query_get_text(&query, 1, part, sizeof part);
        each(context, site, part, query_get_int(&query, 2));
    }
    return query.err;
}
