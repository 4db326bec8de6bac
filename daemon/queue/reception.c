/* SPDX-License-Identifier: Apache-2.0 */
/* A declaration is received in its turn among the changes of stock: its facts and its end go into
 * one transaction, which the database undoes when it was closed meanwhile. So it counts once,
 * however often it is asked for. Whoever says the same again, because no answer came or the daemon
 * died, gets the answer of the first time; another end of it is refused. */
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
    bool again;                 /* it does not wait any more: the database says how it ended */
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

    r->again = row == NULL;
    if (r->again)
        return ERR_OK;
    r->row = *row;
    err = declared_receive(&r->reception, clock_wall(queue->clock), &r->row, &change->facts, text);
    change->request.id = r->row.id;
    if (err == ERR_OK)
        say(r);
    return err;
}

static void take_row(void *context, const struct declaration_row *row)
{
    struct receiving *r = context;

    if (row->id == r->reception.id)
        r->row = *row;
}

/* Ended by the same person, in the same way. */
static bool is_same(const struct declaration_row *row, const struct reception *said)
{
    int64_t state = said->refuse ? DECLARATION_REFUSED : DECLARATION_RECEIVED;

    return row->id == said->id && row->state == state &&
           (said->refuse || (row->good == said->good && row->scrap == said->scrap)) &&
           strcmp(row->reason, said->reason) == 0 && strcmp(row->by, said->by) == 0;
}

static enum err apply_again(struct receiving *r, struct db *db)
{
    struct declaration_range range = {.before = r->reception.id + 1, .limit = 1};
    struct request *request = &r->change.request;
    enum err err = store_declaration_page(db, &range, take_row, r);

    if (err != ERR_OK)
        return err;
    if (!is_same(&r->row, &r->reception)) {
        snprintf(request->work.text, STORE_TEXT_SIZE, DECLARATION_NONE, (long long)r->reception.id);
        return ERR_NOT_FOUND;
    }
    request->id = r->row.id;
    say(r);
    return ERR_OK;
}

static enum err apply(struct change *change, struct db *db)
{
    struct receiving *r = (struct receiving *)(void *)change;
    enum err err;

    if (r->again)
        return apply_again(r, db);
    err = store_declaration_close(db, &r->row);

    if (err == ERR_REFUSED)
        snprintf(change->request.work.text, STORE_TEXT_SIZE, DECLARATION_NONE,
                 (long long)r->row.id);
    return err;
}

static void committed(struct change *change)
{
    const struct receiving *r = (const struct receiving *)(const void *)change;

    if (r->again)
        return;
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
