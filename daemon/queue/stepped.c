/* SPDX-License-Identifier: Apache-2.0 */
#include "stepped.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "changes.h"
#include "warehouse.h"

struct batch {
    struct change change; /* first */
    struct stepping_ask ask;
    bool back;
};

static void say(struct batch *batch)
{
    const struct stepping_ask *ask = &batch->ask;
    char *text = batch->change.request.text;
    int n = snprintf(text, STORE_TEXT_SIZE, "%s at %s: %s %s for %lld", ask->item, ask->site,
                     ask->step, batch->back ? "taken back" : "done", (long long)ask->quantity);

    if (ask->scrap > 0)
        snprintf(text + n, STORE_TEXT_SIZE - (size_t)n, "; %lld %s", (long long)ask->scrap,
                 batch->back ? "are good after all" : "thrown away");
}

static enum err prepare(struct change *change, char text[GOODS_TEXT_SIZE])
{
    struct batch *batch = (struct batch *)(void *)change;
    struct queue *queue = change->request.queue;
    struct goods goods = {queue_hand(queue), clock_wall(queue->clock)};
    enum err err =
        (batch->back ? stepping_back : stepping_make)(&goods, &batch->ask, &change->facts, text);

    if (err == ERR_OK)
        say(batch);
    return err;
}

static void committed(struct change *change)
{
    const struct batch *batch = (const struct batch *)(const void *)change;

    log_info("steps: %s, says %s", change->request.text, batch->ask.by);
}

void queue_stepped(struct queue *queue, const struct stepping_ask *ask, bool back, queue_done done,
                   void *context)
{
    static const struct change_steps steps = {.prepare = prepare, .committed = committed};
    struct batch *batch = request_begin(queue, sizeof *batch, done, context);

    if (batch == NULL)
        return;
    batch->ask = *ask;
    batch->back = back;
    memcpy(batch->change.by, ask->by, sizeof batch->change.by);
    change_ask(&batch->change, &steps);
}
