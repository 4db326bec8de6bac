/* SPDX-License-Identifier: Apache-2.0 */
#include "store_detail.h"

#include "fact_rows.h"

enum err store_fact_details(struct db *db, const struct fact_range *range, bool scrap,
                            bool (*each)(void *context, const struct fact_detail *detail),
                            void *context)
{
    struct fact_detail detail;
    struct query query;

    query_begin(&query, db, scrap ? SQL_FACT_SCRAP_DETAIL : SQL_FACT_DETAIL);
    bind_range(&query, range);
    while (query_step(&query) == STEP_ROW) {
        if (!read_total(&query, &detail.total))
            continue;
        detail.total.count = 1;
        detail.at_ms = query_get_int(&query, 6);
        query_get_text(&query, 7, detail.reason, sizeof detail.reason);
        if (!each(context, &detail))
            query.err = ERR_NO_MEMORY; /* ends the loop */
    }
    return query.err;
}

enum err store_run_times(struct db *db, const struct run_times *range,
                         bool (*each)(void *context, const struct run_time *run), void *context)
{
    struct run_time run;
    struct query query;

    query_begin(&query, db, SQL_RUN_TIMES);
    query_int(&query, range->from_ms);
    query_int(&query, range->to_ms);
    query_text(&query, range->site);
    query_text(&query, range->machine);
    query_text(&query, range->part);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, run.machine, sizeof run.machine);
        query_get_text(&query, 1, run.site, sizeof run.site);
        query_get_text(&query, 2, run.part, sizeof run.part);
        run.ended_ms = query_get_int(&query, 3);
        run.took_s = (double)query_get_int(&query, 4) / 1000;
        run.planned_s = query_get_real(&query, 5);
        if (!each(context, &run))
            query.err = ERR_NO_MEMORY;
    }
    return query.err;
}
