/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "room.h"

void *change_begin(struct people *people, size_t size, people_done done, void *context)
{
    struct change *change = people->store != NULL ? calloc(1, size) : NULL;

    if (change == NULL) {
        if (done != NULL)
            done(context, people->store == NULL ? ERR_BUSY : ERR_NO_MEMORY,
                 people->store == NULL ? "usined is stopping: try again when it is back"
                                       : err_words(ERR_NO_MEMORY));
        return NULL;
    }
    change->people = people;
    change->done = done;
    change->context = context;
    return change;
}

static void on_written(struct store_work *work, enum err err, const char *text)
{
    struct change *change = (struct change *)(void *)work;

    if (err == ERR_OK && change->committed != NULL)
        change->committed(change);
    else if (err != ERR_OK && change->failed != NULL)
        change->failed(change);
    if (change->done != NULL)
        change->done(change->context, err, text);
    else if (err != ERR_OK)
        log_error("people: a change is not written down: %s", text);
    free(change);
}

void change_write(struct change *change, enum err (*apply)(struct store_work *work, struct db *db))
{
    change->work.apply = apply;
    change->work.done = on_written;
    store_write(change->people->store, &change->work);
}

static enum err apply_refusal(struct store_work *work, struct db *db)
{
    struct change *change = (struct change *)(void *)work;

    (void)db;
    snprintf(work->text, sizeof work->text, "%s", change->words);
    return change->refusal;
}

/* By way of the store: so it is answered in turn, and never from inside the call. */
void change_refuse(struct change *change, enum err err, const char *words)
{
    change->committed = change->failed = NULL;
    change->refusal = err;
    change->words = words;
    change_write(change, apply_refusal);
}
