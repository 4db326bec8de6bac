/* SPDX-License-Identifier: Apache-2.0 */
#include "curve.h"

#include <stdio.h>
#include <stdlib.h>

#include "ledger.h"
#include "store/store.h"

enum { STEP_MS = 5 * 60 * 1000 };

struct reading {
    struct store_work work; /* first */
    struct curve_query query;
    int day;
    struct curve_point *points; /* owned */
    size_t count;
    curve_done done;
    void *context;
};

static enum err reading_apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    struct fact_curve curve = {reading->day, reading->query.part, STEP_MS};
    struct fact_point *points = NULL;
    size_t count = 0;
    int64_t limit = 0;
    enum err err;

    if (reading->day == 0) {
        snprintf(work->text, sizeof work->text, "\"%s\" is no day: write it as 2020-04-07",
                 reading->query.day);
        return ERR_INVALID;
    }
    err = store_fact_curve(db, &curve, &points, &count);
    if (err != ERR_OK)
        return err;
    if (count > 0) /* a correction of a later day */
        limit = ledger_midnight_after(points[0].at_ms - STEP_MS);
    reading->points = calloc(count + 1, sizeof *reading->points);
    for (size_t i = 0; reading->points != NULL && i < count; i++)
        reading->points[i] =
            (struct curve_point){points[i].at_ms < limit ? points[i].at_ms : limit, points[i].good};
    free(points);
    reading->count = count;
    return reading->points != NULL ? ERR_OK : ERR_NO_MEMORY;
}

static void reading_done(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->done(reading->context, err, err == ERR_OK ? "" : text, reading->points,
                  err == ERR_OK ? reading->count : 0);
    free(reading->points);
    free(reading);
}

void curve_read(struct store *store, const struct curve_query *query, int64_t now_ms,
                curve_done done, void *context)
{
    struct reading *reading = calloc(1, sizeof *reading);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    reading->query = *query;
    reading->day = query->day[0] != '\0' ? ledger_day_parse(query->day) : ledger_day(now_ms);
    reading->done = done;
    reading->context = context;
    reading->work.apply = reading_apply;
    reading->work.done = reading_done;
    store_read(store, &reading->work);
}
