/* SPDX-License-Identifier: Apache-2.0 */
/* The machines as last heard, and today's counts. Office thread. */
#ifndef USINE_QUEUE_ROSTER_H
#define USINE_QUEUE_ROSTER_H

#include "production/breakdown.h"
#include "production/cover.h"
#include "queue.h"

/* One view per configured machine, in the config's order; offline until the floor says otherwise.
 * last_run and last_outcome survive a restart of the daemon while the run awaits its verdict. */
const struct machine_view *queue_views(const struct queue *queue, size_t *count);

/* NULL: no such machine. */
const struct machine_view *queue_view(const struct queue *queue, const char *machine);

/* That site is open now; false also where the config has none of that name. */
bool queue_is_open(const struct queue *queue, const char *site);

struct part_count {
    char part[ID_SIZE];
    int64_t good, scrap;      /* booked today, by the calendar day of the config's zone */
    int64_t stock;            /* good pieces there are, all sites, of all days */
    int64_t assembled;        /* of a product: kits put together today */
    int64_t used[COVER_DAYS]; /* in kits, by runs, thrown away; by day, today first */
};

/* One row for each part of the config and each part or product ever counted. */
const struct part_count *queue_today(struct queue *queue, size_t *count);

/* Kits of a product that were put together today. */
int64_t queue_kits_today(struct queue *queue, const char *product);

/* The report of production/throughput.h with machine time up to now (to the minute): what is open
 * is booked first. */
void queue_throughput(struct queue *queue, const struct throughput_query *query,
                      const struct throughput_asker *asker);

/* The same of production/breakdown.h; query->now_ms is not looked at. */
void queue_breakdown(struct queue *queue, const struct breakdown_query *query,
                     const struct breakdown_asker *asker);

#endif
