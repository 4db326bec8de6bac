/* SPDX-License-Identifier: Apache-2.0 */
/* Every fact of the range is looked at: which shift it belongs to is the config's word of today. */
#include "breakdown.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "breakdown_table.h"
#include "calendar.h"
#include "ledger.h"
#include "shift.h"
#include "store/store.h"
#include "store/store_detail.h"

struct reading {
    struct store_work work; /* first */
    struct breakdown_query query;
    struct fact_range range;
    struct config *config; /* one reference */
    struct breakdown_table table;
    struct shift_table shifts;
    int day; /* of the run taken last, which ends at next_day_ms (wall) */
    int64_t next_day_ms;
    breakdown_done done;
    void *context;
};

static const char *const names[BREAKDOWN_GROUPS] = {"day",  "site",  "machine", "model",
                                                    "part", "shift", "reason"};

const char *breakdown_name(size_t group)
{
    return names[group];
}

unsigned breakdown_parse(const char *text)
{
    unsigned groups = 0;

    do {
        size_t n = strcspn(text, ","), i = 0;

        while (i < BREAKDOWN_GROUPS && (strlen(names[i]) != n || strncmp(names[i], text, n) != 0))
            i++;
        if (i == BREAKDOWN_GROUPS)
            return 0;
        groups |= 1u << i;
        text += n;
    } while (*text++ == ',');
    return groups;
}

struct effectiveness breakdown_effectiveness(const struct breakdown_row *row)
{
    const double *s = row->seconds;
    double busy = s[TIME_RUNNING] + s[TIME_HEATING];
    double wanted = busy + s[TIME_WAITING] + s[TIME_DOWN] + s[TIME_OFFLINE];
    double pieces = (double)(row->good + row->scrap);
    struct effectiveness e;

    e.availability = wanted > 0 ? busy / wanted : (double)NAN;
    e.performance = s[TIME_RUNNING] > 0 ? row->planned_s / s[TIME_RUNNING] : (double)NAN;
    e.quality = pieces > 0 ? (double)row->good / pieces : (double)NAN;
    e.oee = e.availability * e.performance * e.quality;
    return e;
}

/* ---- on the pool ---- */

static const char *shift_at(struct reading *reading, const char *site, int64_t at_ms)
{
    int64_t until;

    if ((reading->query.groups & GROUP_SHIFT) == 0)
        return "";
    return shift_table_at(&reading->shifts, site, at_ms, &until);
}

/* Machine time that spans several shifts goes to each. */
static bool split(struct reading *reading, struct breakdown_place *place,
                  const struct fact_detail *detail)
{
    int64_t at = detail->at_ms, end = detail->at_ms + detail->total.qty, until;
    struct fact_total piece = detail->total;
    bool ok = true;

    while (ok && at < end) {
        place->shift = shift_table_at(&reading->shifts, place->site, at, &until);
        until = until < end ? until : end;
        piece.qty = until - at;
        ok = breakdown_table_add(&reading->table, place, &piece);
        place->same = true;
        at = until;
    }
    return ok;
}

static bool take_detail(void *context, const struct fact_detail *detail)
{
    struct reading *reading = context;
    const struct fact_total *total = &detail->total;
    struct breakdown_place place = {.day = total->day,
                                    .site = total->site,
                                    .machine = total->machine,
                                    .part = total->part,
                                    .same = detail->same_place};

    if (ledger_is_scrap(total->kind))
        place.reason = detail->reason;
    if ((reading->query.groups & GROUP_SHIFT) != 0 && total->kind >= FACT_RUNNING &&
        total->kind <= FACT_OFFLINE)
        return split(reading, &place, detail);
    place.shift = shift_at(reading, total->site, detail->at_ms);
    return breakdown_table_add(&reading->table, &place, total);
}

static bool take_cycle(void *context, const struct run_time *run)
{
    struct reading *reading = context;
    struct breakdown_place place = {.site = run->site,
                                    .machine = run->machine,
                                    .part = run->part,
                                    .shift = shift_at(reading, run->site, run->ended_ms)};

    if (run->ended_ms >= reading->next_day_ms) { /* they come in the order of their end */
        reading->next_day_ms = ledger_midnight_after(run->ended_ms);
        reading->day = ledger_day(run->ended_ms);
    }
    place.day = reading->day;
    return breakdown_table_cycle(&reading->table, &place, run->took_s, run->planned_s);
}

static enum err read_runs(struct reading *reading, struct db *db)
{
    struct run_times range = {.from_ms = calendar_midnight(reading->range.from),
                              .site = reading->range.site,
                              .machine = reading->range.machine,
                              .part = reading->range.part};

    range.to_ms = ledger_midnight_after(calendar_midnight(reading->range.to));
    return store_run_times(db, &range, take_cycle, reading);
}

static enum err reading_apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    const struct fact_range *range = &reading->range;
    enum err err;

    if (range->from == 0 || range->to == 0) {
        snprintf(work->text, sizeof work->text, "\"%s\" is no day: write it as 2020-04-07",
                 range->from == 0 ? reading->query.days.from : reading->query.days.to);
        return ERR_INVALID;
    }
    if (!breakdown_table_init(&reading->table, reading->query.groups, reading->config) ||
        !shift_table_init(&reading->shifts, reading->config))
        return ERR_NO_MEMORY;
    err = store_fact_details(db, range, take_detail, reading);
    if (err == ERR_OK)
        err = read_runs(reading, db);
    if (err == ERR_OK && !breakdown_table_settle(&reading->table))
        err = ERR_NO_MEMORY;
    shift_table_finish(&reading->shifts);
    return err;
}

static void reading_done(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->done(reading->context, err, err == ERR_OK ? "" : text, reading->table.rows,
                  err == ERR_OK ? reading->table.count : 0);
    breakdown_table_finish(&reading->table);
    config_unref(reading->config);
    free(reading);
}

void breakdown_read(struct store *store, struct config *config, const struct breakdown_query *query,
                    breakdown_done done, void *context)
{
    struct reading *reading = calloc(1, sizeof *reading);
    const struct throughput_query *days = &query->days;
    int today = ledger_day(query->now_ms);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    reading->query = *query;
    reading->range.from = days->from[0] != '\0' ? ledger_day_parse(days->from) : today;
    reading->range.to = days->to[0] != '\0' ? ledger_day_parse(days->to) : today;
    reading->range.site = reading->query.days.site;
    reading->range.machine = reading->query.days.machine;
    reading->range.part = reading->query.days.part;
    reading->config = config_ref(config);
    reading->done = done;
    reading->context = context;
    reading->work.apply = reading_apply;
    reading->work.done = reading_done;
    store_read(store, &reading->work);
}
