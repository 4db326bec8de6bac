/* SPDX-License-Identifier: Apache-2.0 */
/* Every fact of the range is looked at: which shift it belongs to is the config's word of today. */
#include "breakdown.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "breakdown_settle.h"
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
    struct {
        const struct shift_site *site; /* where the last fact was */
        int64_t from_ms, until_ms;     /* wall; empty: not looked up yet */
        const char *name;
    } shift; /* looked up last */
    struct breakdown_asker asker;
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

/* Most facts follow one another in the same shift. */
static const char *shift_at(struct reading *reading, int64_t at_ms)
{
    if ((reading->query.groups & GROUP_SHIFT) == 0)
        return "";
    if (at_ms < reading->shift.from_ms || at_ms >= reading->shift.until_ms) {
        reading->shift.from_ms = at_ms;
        reading->shift.name =
            shift_table_at(&reading->shifts, reading->shift.site, at_ms, &reading->shift.until_ms);
    }
    return reading->shift.name;
}

/* Machine time that spans several shifts goes to each. */
static bool split(struct reading *reading, const struct fact_detail *detail)
{
    int64_t at = detail->at_ms, end = detail->at_ms + detail->total.qty;
    struct fact_total piece = detail->total;
    bool ok = true;

    while (ok && at < end) {
        struct breakdown_mark mark = {.shift = shift_at(reading, at)};
        int64_t until = reading->shift.until_ms < end ? reading->shift.until_ms : end;

        piece.qty = until - at;
        ok = breakdown_table_add(&reading->table, &mark, &piece);
        at = until;
    }
    return ok;
}

static bool go_to(struct reading *reading, const struct fact_total *total)
{
    const struct breakdown_place place = {
        .day = total->day, .site = total->site, .machine = total->machine, .part = total->part};

    reading->shift.site = shift_table_site(&reading->shifts, total->site);
    reading->shift.from_ms = reading->shift.until_ms = 0;
    return breakdown_table_place(&reading->table, &place);
}

static bool take_detail(void *context, const struct fact_detail *detail)
{
    struct reading *reading = context;
    const struct fact_total *total = &detail->total;
    struct breakdown_mark mark = {.reason = ledger_is_scrap(total->kind) ? detail->reason : NULL};

    if (!detail->same_place && !go_to(reading, total))
        return false;
    if ((reading->query.groups & GROUP_SHIFT) != 0 && total->kind >= FACT_RUNNING &&
        total->kind <= FACT_OFFLINE)
        return split(reading, detail);
    mark.shift = shift_at(reading, detail->at_ms);
    return breakdown_table_add(&reading->table, &mark, total) &&
           (!detail->finished ||
            breakdown_table_cycle(&reading->table, &mark, detail->took_s, detail->planned_s));
}

static enum err read_rows(struct reading *reading, struct db *db)
{
    enum err err;

    if (!breakdown_table_init(&reading->table, reading->query.groups, reading->query.days.rows_max,
                              reading->config) ||
        !shift_table_init(&reading->shifts, reading->config))
        return ERR_NO_MEMORY;
    err = store_fact_details(db, &reading->range, take_detail, reading);
    shift_table_finish(&reading->shifts);
    if (reading->table.full)
        return throughput_refuse(&reading->query.days, reading->work.text,
                                 sizeof reading->work.text);
    if (err == ERR_OK && !breakdown_settle(&reading->table))
        err = ERR_NO_MEMORY;
    return err;
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
    err = read_rows(reading, db);
    if (err == ERR_OK)
        err =
            reading->asker.take(reading->asker.context, reading->table.rows, reading->table.count);
    breakdown_table_finish(&reading->table);
    return err;
}

static void reading_done(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->asker.done(reading->asker.context, err, err == ERR_OK ? "" : text);
    config_unref(reading->config);
    free(reading);
}

void breakdown_read(struct store *store, struct config *config, const struct breakdown_query *query,
                    const struct breakdown_asker *asker)
{
    struct reading *reading = calloc(1, sizeof *reading);
    const struct throughput_query *days = &query->days;
    int today = ledger_day(query->now_ms);

    if (reading == NULL) {
        asker->done(asker->context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY));
        return;
    }
    reading->query = *query;
    reading->range.from = days->from[0] != '\0' ? ledger_day_parse(days->from) : today;
    reading->range.to = days->to[0] != '\0' ? ledger_day_parse(days->to) : today;
    reading->range.site = reading->query.days.site;
    reading->range.machine = reading->query.days.machine;
    reading->range.part = reading->query.days.part;
    reading->config = config_ref(config);
    reading->asker = *asker;
    reading->work.apply = reading_apply;
    reading->work.done = reading_done;
    store_read(store, &reading->work);
}
