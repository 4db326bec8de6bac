/* SPDX-License-Identifier: Apache-2.0 */
#include "store_detail.h"

#include <string.h>

#include "fact_rows.h"

struct details {
    bool (*each)(void *context, const struct fact_detail *detail);
    void *context;
    struct fact_detail detail;
};

/* ---- packs: entries as migrate.c writes them, "m1586246400000,4;" ---- */

/* Decimal digits, perhaps after a minus; NULL: there are none. */
static const char *take_number(const char *at, int64_t *number)
{
    const bool minus = *at == '-';
    const char *first = at += minus;
    uint64_t value = 0;

    for (; *at >= '0' && *at <= '9'; at++)
        value = value * 10 + (uint64_t)(*at - '0');
    *number = (int64_t)(minus ? 0 - value : value);
    return at > first && at < first + 20 ? at : NULL;
}

/* ",6:Warped" into the detail; NULL: that is none. */
static const char *take_reason(const char *at, const char *end, struct fact_detail *detail)
{
    int64_t size = 0;
    size_t n;

    at = *at == ',' ? take_number(at + 1, &size) : NULL;
    if (at == NULL || *at != ':' || size < 0 || size >= end - at)
        return NULL;
    n = (size_t)size < sizeof detail->reason ? (size_t)size : sizeof detail->reason - 1;
    memcpy(detail->reason, at + 1, n);
    detail->reason[n] = '\0';
    return at + 1 + size;
}

static bool kind_of(char letter, enum fact_kind *kind)
{
    static const char letters[FACT_KINDS] = {
        [FACT_MADE] = 'm',    [FACT_SCRAPPED] = 's', [FACT_RAN] = 'n',     [FACT_ASSEMBLED] = 'a',
        [FACT_RUNNING] = 'r', [FACT_HEATING] = 'h',  [FACT_WAITING] = 'w', [FACT_IDLE] = 'i',
        [FACT_DOWN] = 'd',    [FACT_OFFLINE] = 'o'};
    const char *at = letter != '\0' ? memchr(letters, letter, FACT_KINDS) : NULL;

    *kind = at != NULL ? (enum fact_kind)(at - letters) : FACT_KINDS;
    return at != NULL;
}

/* One entry; NULL: it cannot be read. text ends with a NUL at end. */
static const char *take_entry(const char *at, const char *end, struct fact_detail *detail)
{
    struct fact_total *total = &detail->total;

    if (!kind_of(*at, &total->kind))
        return NULL;
    at = take_number(at + 1, &detail->at_ms);
    if (at == NULL || *at != ',')
        return NULL;
    at = take_number(at + 1, &total->qty);
    detail->reason[0] = '\0';
    if (at != NULL && total->kind == FACT_SCRAPPED)
        at = take_reason(at, end, detail);
    return at != NULL && *at == ';' ? at + 1 : NULL;
}

static enum err unpack(struct details *details, const struct query *query)
{
    size_t size;
    const char *at = query_peek_text(query, 4, &size), *end = at + size;

    details->detail.same_place = false;
    while (at < end) {
        at = take_entry(at, end, &details->detail);
        if (at == NULL)
            return query_damaged(query);
        if (!details->each(details->context, &details->detail))
            return ERR_NO_MEMORY;
        details->detail.same_place = true;
    }
    return ERR_OK;
}

static enum err read_packs(struct details *details, struct db *db, const struct fact_range *range)
{
    struct fact_total *total = &details->detail.total;
    struct query query;

    query_begin(&query, db, SQL_FACT_PACKS);
    bind_range(&query, range);
    while (query_step(&query) == STEP_ROW) {
        read_place(&query, total);
        query.err = unpack(details, &query); /* a fault ends the loop */
    }
    return query.err;
}

/* ---- corrections ---- */

static enum err read_corrections(struct details *details, struct db *db,
                                 const struct fact_range *range)
{
    struct fact_detail *detail = &details->detail;
    struct query query;

    detail->same_place = false;
    query_begin(&query, db, SQL_FACT_CORRECTIONS);
    bind_range(&query, range);
    while (query_step(&query) == STEP_ROW) {
        if (!read_total(&query, &detail->total))
            continue;
        detail->at_ms = query_get_int(&query, 6);
        query_get_text(&query, 7, detail->reason, sizeof detail->reason);
        if (!details->each(details->context, detail))
            query.err = ERR_NO_MEMORY; /* ends the loop */
    }
    return query.err;
}

enum err store_fact_details(struct db *db, const struct fact_range *range,
                            bool (*each)(void *context, const struct fact_detail *detail),
                            void *context)
{
    struct details details = {.each = each, .context = context, .detail.total.count = 1};
    enum err err = read_packs(&details, db, range);

    return err == ERR_OK ? read_corrections(&details, db, range) : err;
}

/* ---- runs ---- */

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
