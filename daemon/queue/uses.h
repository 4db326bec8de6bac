/* SPDX-License-Identifier: Apache-2.0 */
/* What each site used up of each part, day by day, for as long as days of cover look back. */
#ifndef USINE_QUEUE_USES_H
#define USINE_QUEUE_USES_H

#include "room.h"

/* Adds what was used on a day (a number of the ledger, below 0: used); other days than those of
 * queue->days are not looked at. */
void uses_add(struct queue *queue, const struct fact_total *used);

/* Of COVER_DAYS days, today first; NULL: nothing was used. */
const int64_t *uses_of(const struct queue *queue, const char *site, const char *part);

/* A new day has begun: what was used on the days `before` moves to where they stand now. */
void uses_turn(struct queue *queue, const int before[COVER_DAYS]);

#endif
