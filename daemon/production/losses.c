/* SPDX-License-Identifier: Apache-2.0 */
#include "losses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "ledger.h"
#include "store/store.h"
#include "store/store_run.h"

struct reading {
    struct store_work work; /* first */
    struct losses_query query;
    int from, to; /* days; 0: not understood */
    struct scrap_row *scrap;
    struct cycle_row *cycles;
    size_t count;
    double *took; /* durations of the row that is being gathered */
    size_t took_count, took_room;
    scrap_done scrap_done;
    cycles_done cycles_done;
    void *context;
};

static struct reading *reading_create(const struct losses_query *query, int64_t now_ms,
                                      void *context)
{
    struct reading *reading = calloc(1, sizeof *reading);
    int today = ledger_day(now_ms);

    if (reading == NULL)
        return NULL;
    reading->query = *query;
    reading->from = query->from[0] != '\0' ? ledger_day_parse(query->from) : today;
    reading->to = query->to[0] != '\0' ? ledger_day_parse(query->to) : today;
    reading->context = context;
    return reading;
}

static void reading_free(struct reading *reading)
{
    free(reading->scrap);
    free(reading->cycles);
    free(reading->took);
    free(reading);
}

static enum err check_days(struct reading *reading)
{
    if (reading->from != 0 && reading->to != 0)
        return ERR_OK;
    snprintf(reading->work.text, sizeof reading->work.text,
             "\"%s\" is no day: write it as 2020-04-07",
             reading->from == 0 ? reading->query.from : reading->query.to);
    return ERR_INVALID;
}

/* ---- scrap ---- */

static void take_scrap(void *context, const struct fact_scrap *scrap)
{
    struct reading *reading = context;
    struct scrap_row *row = &reading->scrap[reading->count];

    if (reading->count == SCRAP_ROWS_MAX)
        return;
    memcpy(row->reason, scrap->reason, sizeof row->reason);
    memcpy(row->part, scrap->part, sizeof row->part);
    memcpy(row->step, scrap->step, sizeof row->step);
    row->pieces = scrap->qty;
    reading->count++;
}

static enum err scrap_apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    struct fact_range range = {.from = reading->from,
                               .to = reading->to,
                               .site = reading->query.site,
                               .part = reading->query.part};
    enum err err = check_days(reading);

    if (err != ERR_OK)
        return err;
    reading->scrap = calloc(SCRAP_ROWS_MAX, sizeof *reading->scrap);
    if (reading->scrap == NULL)
        return ERR_NO_MEMORY;
    return store_fact_scrap(db, &range, SCRAP_ROWS_MAX, take_scrap, reading);
}

static void scrap_answer(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->scrap_done(reading->context, err, err == ERR_OK ? "" : text, reading->scrap,
                        err == ERR_OK ? reading->count : 0);
    reading_free(reading);
}

void scrap_read(struct store *store, const struct losses_query *query, int64_t now_ms,
                scrap_done done, void *context)
{
    struct reading *reading = reading_create(query, now_ms, context);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    reading->scrap_done = done;
    reading->work.apply = scrap_apply;
    reading->work.done = scrap_answer;
    store_read(store, &reading->work);
}

/* ---- cycles ---- */

/* The value that a share of all does not exceed (nearest rank). */
static double at_share(const double *sorted, size_t count, double share)
{
    size_t rank = (size_t)ceil(share * (double)count);

    return sorted[rank > 0 ? rank - 1 : 0];
}

static double middle(const double *sorted, size_t count)
{
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

/* The last row has all its runs: durations came shortest first. */
static void close_row(struct reading *reading)
{
    struct cycle_row *row = &reading->cycles[reading->count - 1];
    size_t n = reading->took_count;

    if (reading->count == 0 || n == 0)
        return;
    row->runs = n;
    row->median_s = middle(reading->took, n);
    row->p90_s = at_share(reading->took, n, 0.9);
    for (size_t i = 0; i < n; i++)
        row->total_s += reading->took[i];
    row->dot_count = n < CYCLE_DOTS ? n : CYCLE_DOTS;
    for (size_t i = 0; i < row->dot_count; i++)
        row->dots[i] = reading->took[n <= CYCLE_DOTS ? i : i * (n - 1) / (CYCLE_DOTS - 1)];
    reading->took_count = 0;
}

static bool same_row(const struct cycle_row *row, const struct run_cycle *cycle)
{
    bool same_plan = row->plan_s == cycle->plan_s || (isnan(row->plan_s) && isnan(cycle->plan_s));

    return same_plan && strcmp(row->sha256, cycle->sha256) == 0 &&
           strcmp(row->program, cycle->program) == 0;
}

static bool begin_row(struct reading *reading, const struct run_cycle *cycle)
{
    struct cycle_row *row;

    close_row(reading);
    if (reading->count == CYCLE_ROWS_MAX)
        return false;
    row = &reading->cycles[reading->count++];
    memcpy(row->sha256, cycle->sha256, sizeof row->sha256);
    memcpy(row->program, cycle->program, sizeof row->program);
    memcpy(row->part, cycle->part, sizeof row->part);
    row->plan_s = cycle->plan_s;
    return true;
}

static void take_cycle(void *context, const struct run_cycle *cycle)
{
    struct reading *reading = context;

    if (reading->count == 0 || !same_row(&reading->cycles[reading->count - 1], cycle))
        if (!begin_row(reading, cycle))
            return;
    if (reading->took_count < reading->took_room)
        reading->took[reading->took_count++] = cycle->took_s;
}

static enum err cycles_apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    struct cycle_range range = {
        .site = reading->query.site, .part = reading->query.part, .limit = CYCLE_RUNS_MAX};
    enum err err = check_days(reading);

    if (err != ERR_OK)
        return err;
    range.from_ms = calendar_midnight(reading->from);
    range.to_ms = ledger_midnight_after(calendar_midnight(reading->to));
    reading->cycles = calloc(CYCLE_ROWS_MAX, sizeof *reading->cycles);
    reading->took_room = CYCLE_RUNS_MAX;
    reading->took = malloc(reading->took_room * sizeof *reading->took);
    if (reading->cycles == NULL || reading->took == NULL)
        return ERR_NO_MEMORY;
    err = store_run_cycles(db, &range, take_cycle, reading);
    if (err == ERR_OK)
        close_row(reading);
    return err;
}

static void cycles_answer(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->cycles_done(reading->context, err, err == ERR_OK ? "" : text, reading->cycles,
                         err == ERR_OK ? reading->count : 0);
    reading_free(reading);
}

void cycles_read(struct store *store, const struct losses_query *query, int64_t now_ms,
                 cycles_done done, void *context)
{
    struct reading *reading = reading_create(query, now_ms, context);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    reading->cycles_done = done;
    reading->work.apply = cycles_apply;
    reading->work.done = cycles_answer;
    store_read(store, &reading->work);
}
