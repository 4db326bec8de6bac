/* SPDX-License-Identifier: Apache-2.0 */
/* First the pool reads which lots are meant, then the word is said in its turn among the changes of
 * stock, so that orders give kits back that are blocked, and get others, in the same transaction.
 * Pieces that come to a lot between the two are blocked with it: a word is about the lot. */
#include "quarantine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"
#include "changes.h"
#include "production/story.h"
#include "store/store_key.h"

struct family {
    char (*lots)[LOT_SIZE]; /* owned */
    size_t count, room;
};

struct reading {
    struct store_work work; /* first */
    struct queue *queue;
    struct quarantine_ask ask;
    struct family family;
    struct store_key key; /* of who asks */
    bool keyed;
    queue_done done;
    void *context;
};

struct saying {
    struct change change; /* first */
    struct quarantine_ask ask;
    size_t count;
    char lots[][LOT_SIZE]; /* that are meant; the one named first */
};

const struct blocks *queue_blocks(const struct queue *queue)
{
    return queue->blocks;
}

/* ---- the word ---- */

/* Later than the last word about the lot, whatever became of the clock. */
static void add_word(struct saying *s, const char *lot)
{
    const struct queue *queue = s->change.request.queue;
    const struct lot_block *last = blocks_last(queue->blocks, lot);
    struct fact *fact = goods_facts_add(&s->change.facts);

    if (fact == NULL)
        return;
    fact->at_ms = clock_wall(queue->clock);
    if (last != NULL && fact->at_ms <= last->at_ms)
        fact->at_ms = last->at_ms + 1;
    fact->day = ledger_day(fact->at_ms);
    fact->kind = s->ask.release ? FACT_RELEASED : FACT_BLOCKED;
    fact->qty = available_pieces(queue->stock, lot);
    memcpy(fact->lot, lot, sizeof fact->lot);
    memcpy(fact->reason, s->ask.reason, sizeof fact->reason);
    memcpy(fact->by, s->ask.by, sizeof fact->by);
}

static enum err none_changed(const struct saying *s, char text[GOODS_TEXT_SIZE])
{
    const struct blocks *blocks = s->change.request.queue->blocks;
    const struct lot_block *block = blocks_find(blocks, s->lots[0]);

    if (block != NULL)
        snprintf(text, GOODS_TEXT_SIZE, "lot %s is blocked already, by %s (%.120s)", block->lot,
                 block->by, block->reason);
    else
        snprintf(text, GOODS_TEXT_SIZE, "lot %s is not blocked", s->ask.lot);
    return ERR_REFUSED;
}

static void say(struct saying *s)
{
    const struct goods_facts *facts = &s->change.facts;
    int64_t pieces = 0;

    for (size_t i = 0; i < facts->count; i++)
        pieces += facts->items[i].qty;
    if (facts->count == 1)
        snprintf(s->change.request.text, STORE_TEXT_SIZE, "lot %s is %s: %lld in stock are %s",
                 facts->items[0].lot, s->ask.release ? "released" : "blocked", (long long)pieces,
                 s->ask.release ? "free again" : "held");
    else
        snprintf(s->change.request.text, STORE_TEXT_SIZE,
                 "lot %s and %zu more are %s: %lld in stock are %s", s->ask.lot, facts->count - 1,
                 s->ask.release ? "released" : "blocked", (long long)pieces,
                 s->ask.release ? "free again" : "held");
}

static enum err prepare(struct change *change, char text[GOODS_TEXT_SIZE])
{
    struct saying *s = (struct saying *)(void *)change;
    const struct blocks *blocks = change->request.queue->blocks;

    for (size_t i = 0; i < s->count; i++)
        if ((blocks_find(blocks, s->lots[i]) != NULL) == s->ask.release)
            add_word(s, s->lots[i]);
    if (change->facts.failed) {
        snprintf(text, GOODS_TEXT_SIZE, "%s", err_words(ERR_NO_MEMORY));
        return ERR_NO_MEMORY;
    }
    if (change->facts.count == 0)
        return none_changed(s, text);
    say(s);
    return ERR_OK;
}

static void committed(struct change *change)
{
    const struct saying *s = (const struct saying *)(const void *)change;

    log_info("%s, says %s: %s", change->request.text, s->ask.by, s->ask.reason);
}

static void say_word(const struct reading *r)
{
    static const struct change_steps steps = {.prepare = prepare, .committed = committed};
    size_t size = r->family.count * sizeof *r->family.lots;
    struct saying *s;

    r->queue->key = r->keyed ? &r->key : NULL; /* the request takes it along */
    s = request_begin(r->queue, sizeof(struct saying) + size, r->done, r->context);

    if (s == NULL)
        return;
    s->ask = r->ask;
    s->count = r->family.count;
    memcpy(s->lots, r->family.lots, size);
    memcpy(s->change.by, r->ask.by, sizeof s->change.by);
    change_ask(&s->change, &steps);
}

/* ---- which lots ---- */

static bool take_lot(void *context, const char *lot)
{
    struct family *family = context;

    char(*lots)[LOT_SIZE] = array_grow(family->lots, family->count, &family->room, sizeof *lots);

    if (lots == NULL)
        return false;
    family->lots = lots;
    snprintf(family->lots[family->count++], LOT_SIZE, "%s", lot);
    return true;
}

static enum err read_family(struct store_work *work, struct db *db)
{
    struct reading *r = (struct reading *)(void *)work;
    enum err err = store_lot_family(db, r->ask.lot, r->ask.kits, take_lot, &r->family);

    if (err != ERR_OK || r->family.count > 0)
        return err;
    snprintf(work->text, sizeof work->text, STORY_NONE, r->ask.lot);
    return ERR_NOT_FOUND;
}

static void on_family(struct store_work *work, enum err err, const char *text)
{
    struct reading *r = (struct reading *)(void *)work;

    if (err == ERR_OK)
        say_word(r);
    else
        r->done(r->context, err, text, 0);
    free(r->family.lots);
    free(r);
}

void queue_quarantine(struct queue *queue, const struct quarantine_ask *ask, queue_done done,
                      void *context)
{
    struct reading *r = calloc(1, sizeof *r);

    if (r == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), 0);
        return;
    }
    r->queue = queue;
    r->ask = *ask;
    r->done = done;
    r->context = context;
    r->keyed = queue->key != NULL;
    if (r->keyed)
        r->key = *queue->key;
    queue->key = NULL;
    r->work.apply = read_family;
    r->work.done = on_family;
    store_read(queue->store, &r->work);
}
