/* SPDX-License-Identifier: Apache-2.0 */
/* Machines that the config no longer has. They may come back under their name: locked as they were,
 * and with nobody's word on their bed. */
#ifndef USINE_QUEUE_LEFT_H
#define USINE_QUEUE_LEFT_H

#include "room.h"

/* Keeps what is known of a machine that leaves, or that only the database knows. `word`: its bed
 * was said to be clear; left_write() takes that back. Without memory it is forgotten, and logged.
 */
void left_keep(struct queue *queue, const char *id, const struct condition *condition, bool word);

/* Writes down that nobody's word is in force on the beds of those that have left. */
void left_write(struct queue *queue);

/* True if that machine had left: it is forgotten here, *condition is as it was. */
bool left_back(struct queue *queue, const char *id, struct condition *condition);

void left_free(struct queue *queue);

#endif
