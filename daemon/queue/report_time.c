/* SPDX-License-Identifier: Apache-2.0 */
/* A report wants the time up to now, but intervals are closed every ten minutes only: they are
 * closed for it, at most once a minute, and the report is read behind that in the store's own
 * order. */
#include <stdlib.h>

#include "clockwork.h"
#include "roster.h"

enum { FRESH_MS = 60000 };

struct report {
    struct store_work work; /* first */
    struct queue *queue;
    struct throughput_query query;
    throughput_done done;
    void *context;
};

static enum err nothing_apply(struct store_work *work, struct db *db)
{
    (void)work;
    (void)db;
    return ERR_OK;
}

/* Whether or not the disk took the bookings: the report is of what is written. */
static void booked_done(struct store_work *work, enum err err, const char *text)
{
    struct report *report = (struct report *)(void *)work;
    struct queue *queue = report->queue;

    (void)err;
    (void)text;
    throughput_read(queue->store, &report->query, clock_wall(queue->clock), report->done,
                    report->context);
    free(report);
}

void queue_throughput(struct queue *queue, const struct throughput_query *query,
                      throughput_done done, void *context)
{
    struct report *report = calloc(1, sizeof *report);
    int64_t now = clock_mono(queue->clock);

    if (report == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    if (now - queue->booked_at_ms >= FRESH_MS) {
        queue->booked_at_ms = now;
        clockwork_book(queue);
    }
    report->work = (struct store_work){.apply = nothing_apply, .done = booked_done};
    report->queue = queue;
    report->query = *query;
    report->done = done;
    report->context = context;
    store_write(queue->store, &report->work);
}
