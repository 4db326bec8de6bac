/* SPDX-License-Identifier: Apache-2.0 */
#include "request.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/store_key.h"

enum { RETRY_MS = 5000 };

void queue_under_key(struct queue *queue, const struct store_key *key)
{
    queue->key = key;
}

/* The key goes with the request to the store. False: no memory. */
static bool take_key(struct request *request)
{
    struct queue *queue = request->queue;

    if (queue->key == NULL)
        return true;
    request->work.key = malloc(sizeof *request->work.key);
    if (request->work.key != NULL)
        *request->work.key = *queue->key;
    queue->key = NULL;
    return request->work.key != NULL;
}

void *request_begin(struct queue *queue, size_t size, queue_done done, void *context)
{
    struct request *request = queue->closing ? NULL : calloc(1, size);

    if (request != NULL)
        request->queue = queue;
    if (request != NULL && !take_key(request)) {
        free(request);
        request = NULL;
    }
    if (request == NULL) {
        if (done != NULL && queue->closing)
            done(context, ERR_BUSY, "usined is stopping: try again when it is back", 0);
        else if (done != NULL)
            done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), 0);
        return NULL;
    }
    request->done = done;
    request->context = context;
    return request;
}

static void answer(struct request *request, enum err err, const char *text)
{
    if (request->done != NULL)
        request->done(request->context, err, text, err == ERR_OK ? request->id : 0);
    free(request);
}

static void on_written(struct store_work *work, enum err err, const char *text)
{
    struct request *request = (struct request *)(void *)work;
    const struct request_steps *steps = request->steps;

    if (err == ERR_OK && steps->committed != NULL)
        steps->committed(request);
    else if (err != ERR_OK && steps->failed != NULL)
        steps->failed(request, err);
    if (err == ERR_OK)
        request->queue->version++;
    answer(request, err, err == ERR_OK ? request->text : text);
}

void request_write(struct request *request, const struct request_steps *steps)
{
    if (request->work.key != NULL) {
        request->work.key->id = request->id;
        memcpy(request->work.key->text, request->text, sizeof request->text);
    }
    request->steps = steps;
    request->work.apply = steps->apply;
    request->work.done = on_written;
    store_write(request->queue->store, &request->work);
}

static enum err refuse_apply(struct store_work *work, struct db *db)
{
    struct request *request = (struct request *)(void *)work;

    (void)db;
    snprintf(work->text, sizeof work->text, "%s", request->text);
    return (enum err)request->id;
}

/* By way of the store: so it is answered in turn, and never from inside the call. */
void request_refuse(struct request *request, enum err err, const char *format, ...)
{
    static const struct request_steps refusal = {.apply = refuse_apply};
    va_list args;

    va_start(args, format);
    vsnprintf(request->text, sizeof request->text, format, args);
    va_end(args);
    request->id = (int64_t)err;
    request_write(request, &refusal);
}

void *note_begin(struct queue *queue, size_t size,
                 enum err (*apply)(struct store_work *work, struct db *db))
{
    struct note *note = calloc(1, size);

    if (note == NULL) {
        log_error("queue: out of memory: an event is not written down");
        return NULL;
    }
    note->queue = queue;
    note->work.apply = apply;
    return note;
}

static void on_noted(struct store_work *work, enum err err, const char *text)
{
    struct note *note = (struct note *)(void *)work;
    struct queue *queue = note->queue;

    if (err != ERR_DISK && err != ERR_BUSY && err != ERR_NO_MEMORY) {
        if (err != ERR_OK)
            log_error("queue: an event is lost: %s", text);
        free(note);
        return;
    }
    if (list_empty(&queue->unsaved)) {
        log_error("queue: events wait in memory until they can be written: %s", text);
        queue->retry_at_ms = clock_mono(queue->clock) + RETRY_MS;
    }
    if (queue->closing) {
        log_error("queue: an event is lost: %s", text);
        free(note);
        return;
    }
    list_add(&queue->unsaved, &note->node);
}

void note_write(struct note *note)
{
    note->work.done = on_noted;
    store_write(note->queue->store, &note->work);
}

void notes_retry(struct queue *queue)
{
    struct list again;
    struct list *node;

    list_init(&again);
    list_move(&again, &queue->unsaved);
    while ((node = list_take(&again)) != NULL)
        note_write(list_entry(node, struct note, node));
    queue->retry_at_ms = clock_mono(queue->clock) + RETRY_MS;
}
