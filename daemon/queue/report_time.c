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
    struct breakdown_query query;
    struct throughput_asker throughput; /* one of the two */
    struct breakdown_asker breakdown;
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
    int64_t now = clock_wall(queue->clock);

    (void)err;
    (void)text;
    report->query.now_ms = now;
    if (report->breakdown.take != NULL)
        breakdown_read(queue->store, queue->config, &report->query, &report->breakdown);
    else
        throughput_read(queue->store, &report->query.days, now, &report->throughput);
    free(report);
}

static void book_then_read(struct queue *queue, const struct report *wanted)
{
    struct report *report = malloc(sizeof *report);
    int64_t now = clock_mono(queue->clock);

    if (report == NULL && wanted->breakdown.done != NULL)
        wanted->breakdown.done(wanted->breakdown.context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY));
    else if (report == NULL)
        wanted->throughput.done(wanted->throughput.context, ERR_NO_MEMORY,
                                err_words(ERR_NO_MEMORY));
    if (report == NULL)
        return;
    if (now - queue->booked_at_ms >= FRESH_MS) {
        queue->booked_at_ms = now;
        clockwork_book(queue);
    }
    *report = *wanted;
    report->work = (struct store_work){.apply = nothing_apply, .done = booked_done};
    report->queue = queue;
    store_write(queue->store, &report->work);
}

void queue_throughput(struct queue *queue, const struct throughput_query *query,
                      const struct throughput_asker *asker)
{
    book_then_read(queue, &(struct report){.query.days = *query, .throughput = *asker});
}

void queue_breakdown(struct queue *queue, const struct breakdown_query *query,
                     const struct breakdown_asker *asker)
{
    book_then_read(queue, &(struct report){.query = *query, .breakdown = *asker});
}
