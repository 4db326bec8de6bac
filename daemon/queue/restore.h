/* SPDX-License-Identifier: Apache-2.0 */
/* After a start of the daemon: what the database knows, into memory and to the floor. */
#ifndef USINE_QUEUE_RESTORE_H
#define USINE_QUEUE_RESTORE_H

#include "room.h"

/* Reads everything; blocks. text says what is wrong. */
enum err restore_load(struct queue *queue, char *text, size_t size);

/* Tells the floor of beds, consents and runs under way. */
void restore_floor(struct queue *queue);

/* After a reload: tells the floor of machines that are in the config again. */
void restore_back(struct queue *queue);

#endif
