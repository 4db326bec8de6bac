/* SPDX-License-Identifier: Apache-2.0 */
/* Writes under way. A request was asked for by somebody and is answered; a note records what has
 * happened already, so it is kept and tried again until the disk takes it. */
#ifndef USINE_QUEUE_REQUEST_H
#define USINE_QUEUE_REQUEST_H

#include "room.h"

struct request;

/* apply: on the store's thread. committed, failed (either may be NULL): on the office thread,
 * before the answer. */
struct request_steps {
    enum err (*apply)(struct store_work *work, struct db *db);
    void (*committed)(struct request *request);
    void (*failed)(struct request *request, enum err err);
};

struct request {
    struct store_work work; /* first */
    struct queue *queue;
    const struct request_steps *steps;
    queue_done done; /* NULL: nobody asked */
    void *context;
    int64_t id;
    char text[STORE_TEXT_SIZE]; /* said when it is done */
};

/* Begins a request in memory of size bytes (a struct that begins with struct request, zeroed).
 * NULL: no memory, and done has been told. */
void *request_begin(struct queue *queue, size_t size, queue_done done, void *context);

/* Refuses it: answers with err and the words in turn, never from inside the call, then frees it. */
void request_refuse(struct request *request, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Hands it to the store; it is answered and freed after the commit. */
void request_write(struct request *request, const struct request_steps *steps);

struct note {
    struct store_work work; /* first */
    struct list node;       /* in queue->unsaved */
    struct queue *queue;
};

/* Memory for a note of size bytes that begins with struct note, zeroed. NULL: none, and logged. */
void *note_begin(struct queue *queue, size_t size,
                 enum err (*apply)(struct store_work *work, struct db *db));

/* Hands it to the store; freed when it is written. */
void note_write(struct note *note);

/* Tries again what the disk refused. */
void notes_retry(struct queue *queue);

#endif
