/* SPDX-License-Identifier: Apache-2.0 */
/* The declarations that wait, in memory. For this room. */
#ifndef USINE_QUEUE_DECLARATIONS_H
#define USINE_QUEUE_DECLARATIONS_H

#include "declaration.h"
#include "room.h"

struct declaration_item {
    struct list node; /* in queue->declarations */
    struct declaration_row row;
};

enum err declarations_load(struct queue *queue, struct db *db);
void declarations_free(struct queue *queue);

/* It has been closed: it waits no more. */
void declarations_drop(struct queue *queue, int64_t id);

/* Words for a number under which none waits. */
#define DECLARATION_NONE                                                                           \
    "no declaration %lld waits to be received: `usine declarations --all` says what became of it"

#endif
