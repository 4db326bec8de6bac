/* SPDX-License-Identifier: Apache-2.0 */
/* Work of the queue on libuv's pool, counted so that closing waits for it. */
#ifndef USINE_QUEUE_POOL_H
#define USINE_QUEUE_POOL_H

#include "room.h"

void pool_enter(struct queue *queue);
void pool_leave(struct queue *queue);

#endif
