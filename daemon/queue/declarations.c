/* SPDX-License-Identifier: Apache-2.0 */
#include "declarations.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "production/lot.h"
#include "request.h"

enum { HOUR_MS = 3600000 };

static struct declaration_item *find(const struct queue *queue, int64_t id)
{
    for (struct list *n = queue->declarations.next; n != &queue->declarations; n = n->next) {
        struct declaration_item *item = list_entry(n, struct declaration_item, node);

        if (item->row.id == id)
            return item;
    }
    return NULL;
}

const struct declaration_row *queue_declaration(const struct queue *queue, int64_t id)
{
    const struct declaration_item *item = find(queue, id);

    return item != NULL ? &item->row : NULL;
}

int64_t queue_declarations_waiting(const struct queue *queue, const char *site)
{
    int64_t count = 0;

    for (struct list *n = queue->declarations.next; n != &queue->declarations; n = n->next) {
        const struct declaration_item *item = list_entry(n, struct declaration_item, node);

        count += site == NULL || *site == '\0' || strcmp(item->row.site, site) == 0;
    }
    return count;
}

static enum err load_row(void *context, const struct declaration_row *row)
{
    struct queue *queue = context;
    struct declaration_item *item = malloc(sizeof *item);

    if (item == NULL)
        return ERR_NO_MEMORY;
    item->row = *row;
    list_add(&queue->declarations, &item->node);
    return ERR_OK;
}

enum err declarations_load(struct queue *queue, struct db *db)
{
    return store_declaration_open(db, load_row, queue);
}

void declarations_free(struct queue *queue)
{
    while (!list_empty(&queue->declarations))
        free(list_entry(list_take(&queue->declarations), struct declaration_item, node));
}

void declarations_drop(struct queue *queue, int64_t id)
{
    struct declaration_item *item = find(queue, id);

    if (item == NULL)
        return;
    list_remove(&item->node);
    free(item);
}

/* ---- declaring ---- */

struct declaring {
    struct request request; /* first */
    struct declaration_item *item;
    bool fresh;        /* not a mark that was used before */
    int64_t oldest_ms; /* the first of this hour */
    declare_done done;
    void *context;
};

static enum err declaring_apply(struct store_work *work, struct db *db)
{
    struct declaring *d = (struct declaring *)(void *)work;
    struct declaration_limits limits = {.open = DECLARED_OPEN_MAX,
                                        .since_ms = d->item->row.at_ms - HOUR_MS,
                                        .lately = DECLARED_HOURLY_MAX};
    enum err err = store_declaration_add(db, &d->item->row, &limits, &d->fresh, &d->oldest_ms);

    if (err == ERR_REFUSED)
        snprintf(work->text, sizeof work->text,
                 "%d of your declarations wait to be received: bring those first, or withdraw some",
                 DECLARED_OPEN_MAX);
    else if (err == ERR_TOO_MANY)
        snprintf(
            work->text, sizeof work->text,
            "you have declared %d times within an hour: wait a little, or declare more at once",
            DECLARED_HOURLY_MAX);
    else if (err == ERR_BUSY)
        snprintf(work->text, sizeof work->text, "%s", err_words(err));
    return err;
}

static void declaring_committed(struct request *request)
{
    struct declaring *d = (struct declaring *)(void *)request;
    const struct declaration_row *row = &d->item->row;

    request->id = row->id;
    if (!d->fresh)
        return;
    list_add(&request->queue->declarations, &d->item->node);
    log_info("declaration %" PRId64 ": %" PRId64 " %s for %s, lot %s", row->id, row->quantity,
             row->part, row->site, row->lot);
}

static void on_declared(void *context, enum err err, const char *text, int64_t id)
{
    struct declaring *d = context;
    struct declared declared = {.err = err, .text = text, .row = &d->item->row};

    (void)id;
    if (err == ERR_TOO_MANY)
        declared.retry_ms = d->oldest_ms + HOUR_MS - d->item->row.at_ms;
    d->done(d->context, &declared);
    if (err != ERR_OK || !d->fresh)
        free(d->item);
}

static void refuse_now(declare_done done, void *context, enum err err, const char *text)
{
    struct declared declared = {.err = err, .text = text};

    done(context, &declared);
}

void queue_declare(struct queue *queue, const struct declaration_row *row, declare_done done,
                   void *context)
{
    static const struct request_steps steps = {.apply = declaring_apply,
                                               .committed = declaring_committed};
    struct declaration_item *item = malloc(sizeof *item);
    struct declaring *d = item != NULL ? request_begin(queue, sizeof *d, NULL, NULL) : NULL;

    if (d == NULL) {
        free(item);
        refuse_now(done, context, queue->closing ? ERR_BUSY : ERR_NO_MEMORY,
                   queue->closing ? "usined is stopping: try again when it is back"
                                  : err_words(ERR_NO_MEMORY));
        return;
    }
    item->row = *row;
    item->row.at_ms = clock_wall(queue->clock);
    item->row.state = DECLARATION_WAITING;
    lot_declared(item->row.lot, row->made_day, row->maker, item->row.at_ms);
    d->item = item;
    d->done = done;
    d->context = context;
    d->request.done = on_declared;
    d->request.context = d;
    if (queue_declarations_waiting(queue, NULL) >= DECLARED_WAITING_MAX)
        request_refuse(&d->request, ERR_REFUSED,
                       "too many declarations wait to be received: try again tomorrow");
    else
        request_write(&d->request, &steps);
}

/* ---- taking back ---- */

struct withdrawing {
    struct request request; /* first */
    struct declaration_row row;
};

static enum err withdrawing_apply(struct store_work *work, struct db *db)
{
    struct withdrawing *w = (struct withdrawing *)(void *)work;
    enum err err = store_declaration_close(db, &w->row);

    if (err == ERR_REFUSED)
        snprintf(work->text, sizeof work->text,
                 "it does not wait any more: look at your list again");
    return err;
}

static void withdrawing_committed(struct request *request)
{
    const struct declaration_row *row = &((struct withdrawing *)(void *)request)->row;

    request->id = row->id;
    snprintf(request->text, sizeof request->text, "declaration %" PRId64 " is withdrawn", row->id);
    log_info("%s by its maker", request->text);
    declarations_drop(request->queue, row->id);
}

void queue_undeclare(struct queue *queue, int64_t id, int64_t maker, queue_done done, void *context)
{
    static const struct request_steps steps = {.apply = withdrawing_apply,
                                               .committed = withdrawing_committed};
    const struct declaration_row *row = queue_declaration(queue, id);
    struct withdrawing *w = request_begin(queue, sizeof *w, done, context);

    if (w == NULL)
        return;
    if (row == NULL || row->maker != maker) {
        request_refuse(&w->request, ERR_NOT_FOUND,
                       "it does not wait any more: look at your list again");
        return;
    }
    w->row.id = id;
    w->row.state = DECLARATION_WITHDRAWN;
    w->row.closed_ms = clock_wall(queue->clock);
    request_write(&w->request, &steps);
}
