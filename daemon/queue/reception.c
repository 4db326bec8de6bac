/* SPDX-License-Identifier: Apache-2.0 */
/* A declaration is received in its turn among the changes of stock: its facts and its end go into
 * one transaction, which the database undoes when it was closed meanwhile. So it counts once,
 * however often it is asked for. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "changes.h"
#include "declarations.h"

struct receiving {
    struct change change; /* first */
    struct reception reception;
    struct declaration_row row; /* as it will be */
};

static void say(struct receiving *r)
{
    const struct declaration_row *row = &r->row;

    if (row->state == DECLARATION_REFUSED)
        snprintf(r->change.request.text, STORE_TEXT_SIZE,
                 "declaration %" PRId64 " of %s is refused at %s", row->id, row->name, row->site);
    else
        snprintf(r->change.request.text, STORE_TEXT_SIZE,
                 "%" PRId64 " %s of %s received at %s, lot %s; %" PRId64 " no good", row->good,
                 row->part, row->name, row->site, row->lot, row->scrap);
}

static enum err prepare(struct change *change, char text[GOODS_TEXT_SIZE])
{
    struct receiving *r = (struct receiving *)(void *)change;
    struct queue *queue = change->request.queue;
    const struct declaration_row *row = queue_declaration(queue, r->reception.id);
    enum err err;

    if (row == NULL) {
        snprintf(text, GOODS_TEXT_SIZE, DECLARATION_NONE, (long long)r->reception.id);
        return ERR_NOT_FOUND;
    }
    r->row = *row;
    err = declared_receive(&r->reception, clock_wall(queue->clock), &r->row, &change->facts, text);
    change->request.id = r->row.id;
    if (err == ERR_OK)
        say(r);
    return err;
}

static enum err apply(struct change *change, struct db *db)
{
    struct receiving *r = (struct receiving *)(void *)change;
    enum err err = store_declaration_close(db, &r->row);

    if (err == ERR_REFUSED)
        snprintf(change->request.work.text, STORE_TEXT_SIZE, DECLARATION_NONE,
                 (long long)r->row.id);
    return err;
}

static void committed(struct change *change)
{
    const struct receiving *r = (const struct receiving *)(const void *)change;

    log_info("%s, says %s", change->request.text, r->row.by);
    declarations_drop(change->request.queue, r->row.id);
}

void queue_reception(struct queue *queue, const struct reception *reception, queue_done done,
                     void *context)
{
    static const struct change_steps steps = {
        .prepare = prepare, .apply = apply, .committed = committed};
    struct receiving *r = request_begin(queue, sizeof *r, done, context);

    if (r == NULL)
        return;
    r->reception = *reception;
    memcpy(r->change.by, reception->by, sizeof r->change.by);
    change_ask(&r->change, &steps);
}
