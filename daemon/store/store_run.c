/* SPDX-License-Identifier: Apache-2.0 */
#include "store_run.h"

#include <stdlib.h>

#include "query_run.h"

static enum err add_part(struct db *db, int64_t run, const struct run_part_row *part)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_PART_ADD);
    query_int(&query, run);
    query_text(&query, part->part);
    query_int(&query, part->job);
    query_int(&query, part->pieces);
    return query_finish(&query);
}

enum err store_run_add(struct db *db, const struct run_row *row)
{
    struct query query;
    enum err err;

    query_begin(&query, db, SQL_RUN_ADD);
    query_int(&query, row->id);
    query_int(&query, row->job);
    query_text(&query, row->part);
    query_text(&query, row->machine);
    query_text(&query, row->site);
    query_text(&query, row->sha256);
    query_text(&query, row->program);
    query_int(&query, row->ordered_ms);
    query_int(&query, row->consent);
    query_int(&query, row->lines);
    query_real(&query, row->time_s);
    query_text(&query, row->material);
    query_text(&query, row->loaded);
    err = query_finish(&query);
    for (size_t i = 0; i < row->part_count && err == ERR_OK; i++)
        err = add_part(db, row->id, &row->parts[i]);
    return err;
}

enum err store_run_started(struct db *db, int64_t run, int64_t at_ms)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_STARTED);
    query_int(&query, run);
    query_int(&query, at_ms);
    return query_finish(&query);
}

enum err store_run_heard(struct db *db, int64_t run, int64_t at_ms, int64_t acked)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_HEARD);
    query_int(&query, run);
    query_int(&query, at_ms);
    query_int(&query, acked);
    return query_finish(&query);
}

enum err store_run_ended(struct db *db, const struct run_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_ENDED);
    query_int(&query, row->id);
    query_int(&query, row->status);
    query_int(&query, row->ended_ms);
    query_int(&query, row->acked);
    query_text(&query, row->reason);
    query_int(&query, row->judged);
    return query_finish(&query);
}

static void read_run(const struct query *query, struct run_row *row)
{
    *row = (struct run_row){.id = query_get_int(query, 0)};
    row->job = query_get_int(query, 1);
    query_get_text(query, 2, row->part, sizeof row->part);
    query_get_text(query, 3, row->machine, sizeof row->machine);
    query_get_text(query, 4, row->site, sizeof row->site);
    query_get_text(query, 5, row->sha256, sizeof row->sha256);
    query_get_text(query, 6, row->program, sizeof row->program);
    row->status = query_get_int(query, 7);
    row->judged = query_get_int(query, 8) != 0;
    row->ordered_ms = query_get_int(query, 9);
    row->started_ms = query_get_int(query, 10);
    row->ended_ms = query_get_int(query, 11);
    row->heard_ms = query_get_int(query, 12);
    row->consent = query_get_int(query, 13);
    row->lines = query_get_int(query, 14);
    row->acked = query_get_int(query, 15);
    row->time_s = query_get_real(query, 16);
    query_get_text(query, 17, row->reason, sizeof row->reason);
    query_get_text(query, 18, row->judged_by, sizeof row->judged_by);
    row->judged_ms = query_get_int(query, 19);
    row->corrected_ms = query_get_int(query, 20);
    query_get_text(query, 21, row->corrected_by, sizeof row->corrected_by);
    query_get_text(query, 22, row->material, sizeof row->material);
    query_get_text(query, 23, row->loaded, sizeof row->loaded);
    query_get_text(query, 24, row->spool, sizeof row->spool);
    row->booked = query_get_int(query, 25);
}

static enum err read_parts(struct db *db, struct run_row *row)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_PARTS);
    query_int(&query, row->id);
    while (query_step(&query) == STEP_ROW) {
        struct run_part_row *part = &row->parts[row->part_count];

        if (row->part_count == RUN_ROW_PARTS)
            continue;
        query_get_text(&query, 0, part->part, sizeof part->part);
        part->job = query_get_int(&query, 1);
        part->pieces = query_get_int(&query, 2);
        part->good = query_get_int(&query, 3);
        part->scrap = query_get_int(&query, 4);
        row->part_count++;
    }
    return query.err;
}

static enum err read_all(struct db *db, struct query *query,
                         enum err (*each)(void *context, const struct run_row *row), void *context)
{
    struct run_row row;
    enum err err = ERR_OK;

    while (query_step(query) == STEP_ROW) {
        if (err != ERR_OK)
            continue;
        read_run(query, &row);
        err = read_parts(db, &row);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query->err;
}

enum err store_run_open(struct db *db, enum err (*each)(void *context, const struct run_row *row),
                        void *context)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_OPEN);
    return read_all(db, &query, each, context);
}

enum err store_run_list(struct db *db, const struct run_range *range,
                        enum err (*each)(void *context, const struct run_row *row), void *context)
{
    struct query query;
    bool by_machine = range->machine != NULL && range->machine[0] != '\0';

    query_begin(&query, db,
                by_machine        ? SQL_RUN_LIST_MACHINE
                : range->job != 0 ? SQL_RUN_LIST_JOB
                                  : SQL_RUN_LIST);
    query_int(&query, range->before);
    query_int(&query, range->limit);
    if (by_machine)
        query_text(&query, range->machine);
    else if (range->job != 0)
        query_int(&query, range->job);
    return read_all(db, &query, each, context);
}

enum err store_run_last(struct db *db, int64_t *id)
{
    struct query query;

    query_begin(&query, db, SQL_RUN_LAST);
    return query_number(&query, id);
}

enum err store_run_cycles(struct db *db, const struct cycle_range *range,
                          void (*each)(void *context, const struct run_cycle *cycle), void *context)
{
    struct run_cycle cycle;
    struct query query;

    query_begin(&query, db, SQL_RUN_CYCLES);
    query_int(&query, range->from_ms);
    query_int(&query, range->to_ms);
    query_text(&query, range->site);
    query_text(&query, range->part);
    query_int(&query, range->limit);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, cycle.sha256, sizeof cycle.sha256);
        query_get_text(&query, 1, cycle.program, sizeof cycle.program);
        query_get_text(&query, 2, cycle.part, sizeof cycle.part);
        cycle.plan_s = query_get_real(&query, 3);
        cycle.took_s = (double)query_get_int(&query, 4) / 1000;
        each(context, &cycle);
    }
    return query.err;
}
