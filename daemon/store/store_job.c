/* SPDX-License-Identifier: Apache-2.0 */
#include "store_job.h"

#include "query_run.h"

enum err store_job_put(struct db *db, const struct job_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_JOB_PUT);
    query_int(&query, row->id);
    query_text(&query, row->part);
    query_int(&query, row->target);
    query_int(&query, row->priority);
    query_int(&query, row->due_ms);
    query_text(&query, row->sites);
    query_int(&query, row->state);
    query_text(&query, row->by);
    query_text(&query, row->note);
    query_int(&query, row->added_ms);
    query_int(&query, row->product_order);
    query_text(&query, row->preferred);
    query_text(&query, row->excluded);
    return query_finish(&query);
}

enum err store_job_each(struct db *db, enum err (*each)(void *context, const struct job_row *row),
                        void *context)
{
    char part[64], sites[JOB_ROW_SITES_SIZE], by[64], note[128];
    char preferred[JOB_ROW_SITES_SIZE], excluded[JOB_ROW_SITES_SIZE];
    struct job_row row = {.part = part,
                          .sites = sites,
                          .by = by,
                          .note = note,
                          .preferred = preferred,
                          .excluded = excluded};
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_JOB_ALL);
    while (query_step(&query) == STEP_ROW) {
        row.id = query_get_int(&query, 0);
        query_get_text(&query, 1, part, sizeof part);
        row.target = query_get_int(&query, 2);
        row.priority = query_get_int(&query, 3);
        row.due_ms = query_get_int(&query, 4);
        query_get_text(&query, 5, sites, sizeof sites);
        row.state = query_get_int(&query, 6);
        query_get_text(&query, 7, by, sizeof by);
        query_get_text(&query, 8, note, sizeof note);
        row.added_ms = query_get_int(&query, 9);
        row.product_order = query_get_int(&query, 10);
        query_get_text(&query, 11, preferred, sizeof preferred);
        query_get_text(&query, 12, excluded, sizeof excluded);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}
