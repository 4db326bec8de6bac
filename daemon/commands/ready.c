/* SPDX-License-Identifier: Apache-2.0 */
#include "ready.h"

#include <stdlib.h>
#include <string.h>

#include "store/store.h"
#include "store/store_beat.h"

struct beat {
    struct store_work work; /* first: the store hands it back */
    struct answer *answer;
};

static enum err apply(struct store_work *work, struct db *db)
{
    (void)work;
    return store_beat(db);
}

static void on_beat(struct store_work *work, enum err err, const char *text)
{
    struct beat *beat = (struct beat *)work;

    if (err == ERR_OK)
        answer_text(beat->answer, "text/plain; charset=utf-8", strdup("ready\n"), 6);
    else
        answer_fail(beat->answer, err, "not ready: %s", text);
    free(beat);
}

void ready_ask(struct office *office, struct answer *answer)
{
    struct beat *beat = calloc(1, sizeof *beat);

    answer->office = office;
    if (beat == NULL || office->queue == NULL) {
        free(beat);
        answer_fail(answer, ERR_BUSY, "not ready: out of memory, or stopping");
        return;
    }
    beat->answer = answer;
    beat->work.apply = apply;
    beat->work.done = on_beat;
    store_write(queue_store(office->queue), &beat->work);
}
