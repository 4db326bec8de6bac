/* SPDX-License-Identifier: Apache-2.0 */
#include "store_fact.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "fact_rows.h"

enum { DAY_MS = 25 * 3600 * 1000 }; /* the longest day */

/* From at_ms on: what every statement about a whole fact takes. */
static void bind_fact(struct query *query, const struct fact *fact)
{
    query_int(query, fact->at_ms);
    query_int(query, fact->day);
    query_text(query, fact_kind_name(fact->kind));
    query_int(query, fact->run);
    query_int(query, fact->job);
    query_int(query, fact->product_order);
    query_text(query, fact->machine);
    query_text(query, fact->part);
    query_text(query, fact->lot);
    query_int(query, fact->qty);
    query_text(query, fact->reason);
    query_text(query, fact->by);
    query_text(query, fact->kit_lot);
    query_int(query, fact->declaration);
    query_text(query, fact->origin);
    query_text(query, fact->step);
    query_text(query, fact->step_from);
    query_text(query, fact->found);
}

enum err store_fact_append(struct db *db, struct fact *fact)
{
    struct query query;

    query_begin(&query, db, SQL_FACT_ADD);
    query_text(&query, fact->site);
    bind_fact(&query, fact);
    if (query_step(&query) == STEP_ROW) {
        fact->id = query_get_int(&query, 0);
        fact->seq = query_get_int(&query, 1);
    }
    return query_finish(&query);
}

static void begin_numbered(struct query *query, struct db *db, enum statement statement,
                           const char *incarnation, const struct fact *fact)
{
    query_begin(query, db, (int)statement);
    query_text(query, fact->site);
    query_text(query, incarnation);
    query_int(query, fact->seq);
    bind_fact(query, fact);
}

enum err store_fact_apply(struct db *db, const char *incarnation, struct fact *fact, bool *fresh)
{
    struct query query;
    int64_t same = 0;
    enum err err;

    *fresh = false;
    if (fact->seq < 1 || incarnation[0] == '\0' || fact->kind < 0 || fact->kind >= FACT_KINDS)
        return ERR_INVALID;
    begin_numbered(&query, db, SQL_FACT_APPLY, incarnation, fact);
    if (query_step(&query) == STEP_ROW) {
        fact->id = query_get_int(&query, 0);
        *fresh = true;
    }
    err = query_finish(&query);
    if (err != ERR_OK || *fresh)
        return err;
    begin_numbered(&query, db, SQL_FACT_SAME, incarnation, fact);
    err = query_number(&query, &same);
    if (err != ERR_OK || same == 1)
        return err;
    log_error("ledger: fact %lld of %s (%s) is not the one that is known: kept as it was",
              (long long)fact->seq, fact->site, incarnation);
    return ERR_REFUSED;
}

enum err store_fact_totals(struct db *db, const struct fact_range *range,
                           bool (*each)(void *context, const struct fact_total *total),
                           void *context)
{
    struct fact_total total;
    struct query query;

    query_begin(&query, db, SQL_FACT_TOTALS);
    bind_range(&query, range);
    while (query_step(&query) == STEP_ROW) {
        if (!read_total(&query, &total))
            continue;
        total.count = query_get_int(&query, 6);
        if (!each(context, &total))
            query.err = ERR_NO_MEMORY; /* ends the loop */
    }
    return query.err;
}

enum err store_fact_curve(struct db *db, const struct fact_curve *curve, struct fact_point **out,
                          size_t *count)
{
    size_t n = 0, room = DAY_MS / (size_t)curve->step_ms + 2;
    struct fact_point *points = calloc(room, sizeof *points);
    struct query query;

    if (points == NULL)
        return ERR_NO_MEMORY;
    query_begin(&query, db, SQL_FACT_CURVE);
    query_int(&query, curve->day);
    query_text(&query, curve->part);
    query_int(&query, curve->step_ms);
    while (query_step(&query) == STEP_ROW) {
        if (n == room)
            continue;
        points[n].at_ms = (query_get_int(&query, 0) + 1) * curve->step_ms;
        points[n++].good = query_get_int(&query, 1);
    }
    if (query.err != ERR_OK) {
        free(points);
        return query.err;
    }
    *out = points;
    *count = n;
    return ERR_OK;
}

enum err store_fact_scrap(struct db *db, const struct fact_range *range, int64_t limit,
                          void (*each)(void *context, const struct fact_scrap *scrap),
                          void *context)
{
    struct fact_scrap scrap;
    struct query query;

    query_begin(&query, db, SQL_FACT_SCRAP);
    query_int(&query, range->from);
    query_int(&query, range->to);
    query_text(&query, range->site);
    query_text(&query, range->part);
    query_int(&query, limit);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, scrap.reason, sizeof scrap.reason);
        query_get_text(&query, 1, scrap.part, sizeof scrap.part);
        query_get_text(&query, 2, scrap.step, sizeof scrap.step);
        scrap.qty = query_get_int(&query, 3);
        each(context, &scrap);
    }
    return query.err;
}

enum err store_fact_jobs(struct db *db,
                         void (*each)(void *context, int64_t job, enum fact_kind kind, int64_t qty),
                         void *context)
{
    struct query query;
    enum fact_kind kind;

    query_begin(&query, db, SQL_FACT_JOBS);
    while (query_step(&query) == STEP_ROW)
        if (read_kind(&query, 1, &kind))
            each(context, query_get_int(&query, 0), kind, query_get_int(&query, 2));
    return query.err;
}
