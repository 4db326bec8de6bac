/* SPDX-License-Identifier: Apache-2.0 */
#include "changes.h"

#include <stdio.h>

#include "order_book.h"
#include "order_jobs.h"
#include "settle.h"
#include "start.h"
#include "tally.h"

static enum err apply(struct store_work *work, struct db *db)
{
    struct change *change = (struct change *)(void *)work;
    enum err err = ERR_OK;

    for (size_t i = 0; i < change->facts.count && err == ERR_OK; i++)
        err = store_fact_append(db, &change->facts.items[i]);
    if (err == ERR_OK && change->steps->apply != NULL)
        err = change->steps->apply(change, db);
    return err;
}

static void next(struct queue *queue);

static void change_count(struct queue *queue, const struct fact *fact)
{
    tally_count(queue, fact);
    order_book_count(queue, fact);
}

static void committed(struct request *request)
{
    struct change *change = (struct change *)(void *)request;

    if (change->steps->committed != NULL)
        change->steps->committed(change);
    for (size_t i = 0; i < change->facts.count; i++)
        change_count(request->queue, &change->facts.items[i]);
    goods_facts_finish(&change->facts);
    request->queue->plan_stale = true;
    request->queue->changing = false;
    order_jobs_plan(request->queue);
    start_soon(request->queue);
    next(request->queue);
}

static void failed(struct request *request, enum err err)
{
    (void)err;
    goods_facts_finish(&((struct change *)(void *)request)->facts);
    request->queue->changing = false;
    next(request->queue);
}

/* Begins the changes that wait, up to one that is being written. */
static void next(struct queue *queue)
{
    static const struct request_steps steps = {
        .apply = apply, .committed = committed, .failed = failed};
    char text[GOODS_TEXT_SIZE] = "";

    while (!queue->changing && !list_empty(&queue->changes)) {
        struct change *change = list_entry(list_take(&queue->changes), struct change, node);
        enum err err = change->steps->prepare(change, text);

        if (err == ERR_OK && (err = settle_change(change)) != ERR_OK)
            snprintf(text, sizeof text, "%s", err_words(err));
        if (err == ERR_OK) {
            queue->changing = true;
            request_write(&change->request, &steps);
            continue;
        }
        goods_facts_finish(&change->facts);
        request_refuse(&change->request, err, "%s", text);
    }
}

void change_ask(struct change *change, const struct change_steps *steps)
{
    struct queue *queue = change->request.queue;

    change->steps = steps;
    list_add(&queue->changes, &change->node);
    next(queue);
}
