/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

_Static_assert((int)RUN_ROW_PARTS == (int)PROGRAM_YIELDS_MAX,
               "a run's row holds all parts of a program");

enum { LIST_DEFAULT = 100, LIST_MAX = 1001 };

struct listing {
    struct store_work work; /* first */
    struct run_filter filter;
    struct run *runs; /* owned; room for limit */
    size_t count, limit;
    runs_done done;
    void *context;
};

const char *run_status_name(enum run_status status)
{
    static const char *const names[] = {
        [RUN_STATUS_ORDERED] = "ordered",     [RUN_STATUS_STARTED] = "started",
        [RUN_STATUS_FINISHED] = "finished",   [RUN_STATUS_FAILED] = "failed",
        [RUN_STATUS_CANCELLED] = "cancelled", [RUN_STATUS_REFUSED] = "refused",
    };

    return names[status];
}

const struct run *queue_run_find(const struct queue *queue, int64_t id)
{
    const struct run_item *item = runs_find(queue, id);

    return item != NULL ? &item->run : NULL;
}

void queue_run_log_path(const struct queue *queue, int64_t id, char *path, size_t size)
{
    snprintf(path, size, "%s/runs/%lld.log", queue->config->state, (long long)id);
}

static enum err take_row(void *context, const struct run_row *row)
{
    struct listing *listing = context;

    if (listing->count < listing->limit)
        listing->runs[listing->count++] = runs_from_row(row);
    return ERR_OK;
}

static enum err listing_apply(struct store_work *work, struct db *db)
{
    struct listing *listing = (struct listing *)(void *)work;
    struct run_range range = {.before = INT64_MAX,
                              .limit = (int64_t)listing->limit,
                              .machine = listing->filter.machine,
                              .job = listing->filter.job};

    if (listing->filter.before > 0)
        range.before = listing->filter.before;
    if (listing->filter.id > 0) {
        range = (struct run_range){.before = listing->filter.id + 1, .limit = 1};
        listing->limit = 1;
    }
    return store_run_list(db, &range, take_row, listing);
}

static void listing_done(struct store_work *work, enum err err, const char *text)
{
    struct listing *listing = (struct listing *)(void *)work;

    if (listing->filter.id > 0 && listing->count == 1 && listing->runs[0].id != listing->filter.id)
        listing->count = 0;
    listing->done(listing->context, err, err == ERR_OK ? "" : text, listing->runs, listing->count);
    free(listing->runs);
    free(listing);
}

void queue_runs(struct queue *queue, const struct run_filter *filter, runs_done done, void *context)
{
    struct listing *listing = calloc(1, sizeof *listing);
    int64_t limit = filter->limit > 0 ? filter->limit : LIST_DEFAULT;

    if (listing != NULL) {
        listing->limit = (size_t)(limit < LIST_MAX ? limit : LIST_MAX);
        listing->runs = calloc(listing->limit, sizeof *listing->runs);
    }
    if (listing == NULL || listing->runs == NULL) {
        free(listing);
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    listing->filter = *filter;
    listing->done = done;
    listing->context = context;
    listing->work.apply = listing_apply;
    listing->work.done = listing_done;
    store_read(queue->store, &listing->work);
}
