/* SPDX-License-Identifier: Apache-2.0 */
#include "store_verdict.h"

#include "query_run.h"

static enum err judge_parts(struct db *db, const struct run_row *row)
{
    struct query query;
    enum err err = ERR_OK;

    for (size_t i = 0; i < row->part_count && err == ERR_OK; i++) {
        query_begin(&query, db, SQL_RUN_PART_JUDGED);
        query_int(&query, row->id);
        query_text(&query, row->parts[i].part);
        query_int(&query, row->parts[i].good);
        query_int(&query, row->parts[i].scrap);
        err = query_finish(&query);
    }
    return err;
}

enum err store_run_judged(struct db *db, const struct run_row *row)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_RUN_JUDGED);
    query_int(&query, row->id);
    query_text(&query, row->judged_by);
    query_text(&query, row->reason);
    query_int(&query, row->judged_ms);
    err = query_finish(&query);
    return err != ERR_OK ? err : judge_parts(db, row);
}

enum err store_run_corrected(struct db *db, const struct run_row *row)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_RUN_CORRECTED);
    query_int(&query, row->id);
    query_int(&query, row->corrected_ms);
    query_text(&query, row->corrected_by);
    query_text(&query, row->reason);
    err = query_finish(&query);
    return err != ERR_OK ? err : judge_parts(db, row);
}

enum err store_run_unjudged(struct db *db, const struct run_row *row)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_RUN_UNJUDGED);
    query_int(&query, row->id);
    err = query_finish(&query);
    return err != ERR_OK ? err : judge_parts(db, row);
}
