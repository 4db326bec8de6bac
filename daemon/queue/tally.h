/* SPDX-License-Identifier: Apache-2.0 */
/* Counts kept in memory beside the ledger: today's pieces and the stock of each part. Rebuilt from
 * the ledger at start; a test compares them. */
#ifndef USINE_QUEUE_TALLY_H
#define USINE_QUEUE_TALLY_H

#include "room.h"

/* The index of a part, added if new; SIZE_MAX: no memory. */
size_t tally_part(struct queue *queue, const char *part);

/* Reads today's counts and the stock from the database. */
enum err tally_load(struct queue *queue, struct db *db);

/* Counts a fact that has been committed. */
void tally_count(struct queue *queue, const struct fact *fact);

/* A new day begins its counts at 0. */
void tally_midnight(struct queue *queue);

#endif
