/* SPDX-License-Identifier: Apache-2.0 */
#include "throughput.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "ledger.h"
#include "store/store.h"
#include "store/store_detail.h"

struct reading {
    struct store_work work; /* first */
    struct throughput_query query;
    struct fact_range range;
    struct throughput_row *rows; /* seconds: milliseconds until all is read; owned */
    size_t count, room;
    int day;    /* of the last row */
    bool begun; /* the last row is of the place that is being read */
    bool full;  /* there would be more */
    struct throughput_asker asker;
};

const char *machine_time_name(enum machine_time time)
{
    return fact_kind_name(ledger_kind(time));
}

static bool counts(const struct fact_total *total)
{
    return total->kind == FACT_RAN || total->kind >= FACT_RUNNING ||
           ledger_is_good(total->kind, total->machine) || ledger_is_scrap(total->kind);
}

static void add(struct throughput_row *row, const struct fact_total *total)
{
    if (ledger_is_good(total->kind, total->machine))
        row->good += total->qty;
    else if (ledger_is_scrap(total->kind))
        row->scrap += total->qty;
    else if (total->kind == FACT_RAN)
        row->runs += total->count;
    else
        row->seconds[total->kind - FACT_RUNNING] += (double)total->qty;
}

/* False: no memory, or it is full. */
static bool make_room(struct reading *reading)
{
    struct throughput_row *rows;

    reading->full = reading->query.rows_max != 0 && reading->count == reading->query.rows_max;
    if (reading->full)
        return false;
    rows = array_grow(reading->rows, reading->count, &reading->room, sizeof *rows);
    if (rows == NULL)
        return false;
    reading->rows = rows;
    return true;
}

/* Most rows have the day of the one before. */
static void name_day(struct reading *reading, int day, struct throughput_row *row)
{
    if (row > reading->rows && day == reading->day)
        memcpy(row->day, row[-1].day, sizeof row->day);
    else
        ledger_day_text(day, row->day);
    reading->day = day;
}

/* Facts come ordered by day, site, machine, part: one row gathers its neighbours. */
static bool gather(void *context, const struct fact_detail *detail)
{
    struct reading *reading = context;
    const struct fact_total *total = &detail->total;
    struct throughput_row *row;

    reading->begun = reading->begun && detail->same_place;
    if (!counts(total))
        return true;
    if (!reading->begun) {
        if (!make_room(reading))
            return false;
        reading->begun = true;
        row = &reading->rows[reading->count++];
        *row = (struct throughput_row){.good = 0};
        name_day(reading, total->day, row);
        memcpy(row->site, total->site, sizeof row->site);
        memcpy(row->machine, total->machine, sizeof row->machine);
        memcpy(row->part, total->part, sizeof row->part);
    }
    add(&reading->rows[reading->count - 1], total);
    return true;
}

static enum err read_rows(struct reading *reading, struct db *db)
{
    enum err err = store_fact_details(db, &reading->range, gather, reading);

    if (reading->full)
        return throughput_refuse(&reading->query, reading->work.text, sizeof reading->work.text);
    for (size_t i = 0; i < reading->count; i++)
        for (int t = 0; t < TIMES; t++)
            reading->rows[i].seconds[t] /= 1000;
    return err;
}

static enum err reading_apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    enum err err;

    if (reading->range.from == 0 || reading->range.to == 0) {
        snprintf(work->text, sizeof work->text, "\"%s\" is no day: write it as 2020-04-07",
                 reading->range.from == 0 ? reading->query.from : reading->query.to);
        return ERR_INVALID;
    }
    err = read_rows(reading, db);
    if (err == ERR_OK)
        err = reading->asker.take(reading->asker.context, reading->rows, reading->count);
    free(reading->rows);
    return err;
}

static void reading_done(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->asker.done(reading->asker.context, err, err == ERR_OK ? "" : text);
    free(reading);
}

void throughput_read(struct store *store, const struct throughput_query *query, int64_t now_ms,
                     const struct throughput_asker *asker)
{
    struct reading *reading = calloc(1, sizeof *reading);
    int today = ledger_day(now_ms);

    if (reading == NULL) {
        asker->done(asker->context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY));
        return;
    }
    reading->query = *query;
    reading->range.from = query->from[0] != '\0' ? ledger_day_parse(query->from) : today;
    reading->range.to = query->to[0] != '\0' ? ledger_day_parse(query->to) : today;
    reading->range.site = reading->query.site;
    reading->range.machine = reading->query.machine;
    reading->range.part = reading->query.part;
    reading->asker = *asker;
    reading->work.apply = reading_apply;
    reading->work.done = reading_done;
    store_read(store, &reading->work);
}

enum err throughput_refuse(const struct throughput_query *query, char *text, size_t size)
{
    snprintf(text, size,
             "this report has more than %zu rows: ask for fewer days, for one site, machine or "
             "part, or for fewer groups",
             query->rows_max);
    return ERR_TOO_LARGE;
}
