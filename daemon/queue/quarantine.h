/* SPDX-License-Identifier: Apache-2.0 */
/* Lots of which nothing may be used until somebody releases them: their pieces are not put
 * together, worked on by hand, moved or shipped, and orders get others in their place. Office
 * thread. */
#ifndef USINE_QUEUE_QUARANTINE_H
#define USINE_QUEUE_QUARANTINE_H

#include "production/blocks.h"
#include "production/lot.h"
#include "queue.h"

struct quarantine_ask {
    char lot[LOT_SIZE]; /* of pieces, kits, or goods bought; a spool's: those made of it */
    bool release;
    bool kits; /* the kits that pieces of it went into, and theirs, too */
    char reason[160];
    char by[64];
};

/* Writes a fact for each lot that the word changes, in one transaction. ERR_NOT_FOUND: the ledger
 * knows nothing of the lot; ERR_REFUSED: it is blocked already, or not blocked. */
void queue_quarantine(struct queue *queue, const struct quarantine_ask *ask, queue_done done,
                      void *context);

/* What is blocked; follows each commit. Borrowed. */
const struct blocks *queue_blocks(const struct queue *queue);

#endif
