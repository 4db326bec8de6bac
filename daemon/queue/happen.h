/* SPDX-License-Identifier: Apache-2.0 */
/* What the floor tells of runs and beds, taken into memory at once and written down as notes. */
#ifndef USINE_QUEUE_HAPPEN_H
#define USINE_QUEUE_HAPPEN_H

#include "room.h"

void happen_started(struct queue *queue, const struct event *event);
void happen_ended(struct queue *queue, const struct event *event);
void happen_bed(struct queue *queue, const struct event *event);

/* A machine is idle: if its programs push their pieces off themselves, it gives the verdict of the
 * run that finished and the consent to the next. */
void happen_idle(struct queue *queue, const struct machine_item *machine);

/* Ends a run that nobody can go on with: after a restart, or when its machine is gone. */
void happen_lost(struct queue *queue, struct run_item *item, const char *reason);

/* Writes the last word of all runs under way, in one transaction. */
void happen_heard(struct queue *queue);

#endif
