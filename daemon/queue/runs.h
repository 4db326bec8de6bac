/* SPDX-License-Identifier: Apache-2.0 */
/* The queue's list of runs that are under way or await their verdict. */
#ifndef USINE_QUEUE_RUNS_H
#define USINE_QUEUE_RUNS_H

#include "room.h"

/* NULL: none such in memory. */
struct run_item *runs_find(const struct queue *queue, int64_t id);

/* The run of this machine that awaits its end or verdict, also when the machine has left the
 * config. */
struct run_item *runs_of_machine(const struct queue *queue, const char *machine);

/* Lists a copy, counts it as in flight, ties it to its machine. NULL: no memory. */
struct run_item *runs_insert(struct queue *queue, const struct run *run);

/* Changes the status; a run that failed, or was cancelled or refused, is no longer in flight. */
void runs_become(struct queue *queue, struct run_item *item, enum run_status status);

/* Takes it off the list and frees it: judged, or never begun. */
void runs_forget(struct queue *queue, struct run_item *item);

/* Reads the runs that await something from the database. */
enum err runs_load(struct queue *queue, struct db *db);

struct run_row runs_row(const struct run *run);
struct run runs_from_row(const struct run_row *row);

#endif
