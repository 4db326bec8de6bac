/* SPDX-License-Identifier: Apache-2.0 */
/* The last wire lines of a run that failed, kept as <state>/runs/<id>.log for people to read. */
#ifndef USINE_QUEUE_WIRELOG_H
#define USINE_QUEUE_WIRELOG_H

#include "room.h"

/* Copies text and writes it on the pool. A failure is logged, no more. */
void wirelog_save(struct queue *queue, int64_t run, const char *text);

#endif
