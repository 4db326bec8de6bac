/* SPDX-License-Identifier: Apache-2.0 */
#include "throughput.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"
#include "store/store.h"

struct reading {
    struct store_work work; /* first */
    struct throughput_query query;
    struct fact_range range;
    struct throughput_row *rows; /* owned */
    size_t count, room;
    int day; /* of the last row */
    throughput_done done;
    void *context;
};

const char *machine_time_name(enum machine_time time)
{
    return fact_kind_name(ledger_kind(time));
}

static bool same_row(const struct reading *reading, const struct fact_total *total)
{
    const struct throughput_row *row = &reading->rows[reading->count - 1];

    return reading->day == total->day && strcmp(row->machine, total->machine) == 0 &&
           strcmp(row->part, total->part) == 0 && strcmp(row->site, total->site) == 0;
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
        row->seconds[total->kind - FACT_RUNNING] += (double)total->qty / 1000.0;
}

static bool grow(struct reading *reading)
{
    size_t room = reading->room == 0 ? 256 : 2 * reading->room;
    struct throughput_row *rows;

    if (reading->count < reading->room)
        return true;
    rows = realloc(reading->rows, room * sizeof *rows);
    if (rows == NULL)
        return false;
    reading->rows = rows;
    reading->room = room;
    return true;
}

/* Totals come ordered by day, site, machine, part, kind: one row gathers its neighbours. */
static bool gather(void *context, const struct fact_total *total)
{
    struct reading *reading = context;
    struct throughput_row *row;

    if (!counts(total))
        return true;
    if (reading->count == 0 || !same_row(reading, total)) {
        if (!grow(reading))
            return false;
        row = &reading->rows[reading->count++];
        *row = (struct throughput_row){.good = 0};
        reading->day = total->day;
        ledger_day_text(total->day, row->day);
        snprintf(row->site, sizeof row->site, "%s", total->site);
        snprintf(row->machine, sizeof row->machine, "%s", total->machine);
        snprintf(row->part, sizeof row->part, "%s", total->part);
    }
    add(&reading->rows[reading->count - 1], total);
    return true;
}

static enum err reading_apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;

    if (reading->range.from == 0 || reading->range.to == 0) {
        snprintf(work->text, sizeof work->text, "\"%s\" is no day: write it as 2020-04-07",
                 reading->range.from == 0 ? reading->query.from : reading->query.to);
        return ERR_INVALID;
    }
    return store_fact_totals(db, &reading->range, gather, reading);
}

static void reading_done(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->done(reading->context, err, err == ERR_OK ? "" : text, reading->rows, reading->count);
    free(reading->rows);
    free(reading);
}

void throughput_read(struct store *store, const struct throughput_query *query, int64_t now_ms,
                     throughput_done done, void *context)
{
    struct reading *reading = calloc(1, sizeof *reading);
    int today = ledger_day(now_ms);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    reading->query = *query;
    reading->range.from = query->from[0] != '\0' ? ledger_day_parse(query->from) : today;
    reading->range.to = query->to[0] != '\0' ? ledger_day_parse(query->to) : today;
    reading->range.site = reading->query.site;
    reading->range.machine = reading->query.machine;
    reading->range.part = reading->query.part;
    reading->done = done;
    reading->context = context;
    reading->work.apply = reading_apply;
    reading->work.done = reading_done;
    store_read(store, &reading->work);
}
