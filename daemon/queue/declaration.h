/* SPDX-License-Identifier: Apache-2.0 */
/* Declarations of makers without a daemon, from their link to the site that receives them. Those
 * that wait are in memory; all of them are in the database (store/store_declaration.h). Office
 * thread. */
#ifndef USINE_QUEUE_DECLARATION_H
#define USINE_QUEUE_DECLARATION_H

#include "production/declared.h"
#include "queue.h"

/* One that waits to be received; NULL: none does under this number. */
const struct declaration_row *queue_declaration(const struct queue *queue, int64_t id);

/* How many wait at a site; at all ("" or NULL). */
int64_t queue_declarations_waiting(const struct queue *queue, const char *site);

struct declared {
    enum err err;
    const char *text;
    const struct declaration_row *row; /* ERR_OK: as it is now */
    int64_t retry_ms;                  /* ERR_TOO_MANY: until one more may be declared */
};

/* All is borrowed for the call. */
typedef void (*declare_done)(void *context, const struct declared *declared);

/* Writes down what a link says (maker to material and note of *row; declared_check was passed). The
 * same mark again declares nothing and answers with what became of it. ERR_REFUSED: too many of the
 * link wait; ERR_TOO_MANY: too many within an hour; ERR_BUSY. */
void queue_declare(struct queue *queue, const struct declaration_row *row, declare_done done,
                   void *context);

/* The maker takes it back. ERR_NOT_FOUND: it is not theirs, or does not wait any more. */
void queue_undeclare(struct queue *queue, int64_t id, int64_t maker, queue_done done,
                     void *context);

/* Counts it in, or refuses it: facts and the end of the declaration in one transaction. The same
 * again by the same person counts nothing and answers as it did. ERR_NOT_FOUND: none waits under
 * this number; ERR_INVALID as declared_receive. */
void queue_reception(struct queue *queue, const struct reception *reception, queue_done done,
                     void *context);

#endif
