/* SPDX-License-Identifier: Apache-2.0 */
/* Writing down: one transaction at a time, so that later never overtakes earlier. A disk that
 * refuses does not keep people from being told: what it refused is kept and tried again, and the
 * messages go out meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"
#include "room.h"

enum { REWRITE_MS = 5000, KEEP_MS = 14 * 24 * 3600 * 1000, SWEEP_MS = 3600 * 1000 };

struct writing {
    struct store_work work; /* first */
    struct notices *notices;
    bool begin; /* from now on, what is done is news */
    struct told_changes told;
    int64_t sweep_ms; /* wall: forget what ended before; 0: nothing */
    size_t count;
    struct outbox_row rows[];
};

/* ---- what is to be written ---- */

static bool add_change(struct told_changes *changes, const struct sighting *sighting, int64_t rule,
                       bool gone)
{
    struct told_change *change;
    struct told_change *items =
        array_grow(changes->items, changes->count, &changes->room, sizeof *items);

    if (items == NULL)
        return false;
    changes->items = items;
    change = &changes->items[changes->count++];
    change->gone = gone;
    change->row.rule = rule;
    change->row.kind = (int64_t)sighting->kind;
    memcpy(change->row.subject, sighting->subject, sizeof change->row.subject);
    change->row.mark = sighting->mark;
    change->row.since_ms = sighting->since_ms;
    return true;
}

bool write_told(struct notices *notices, struct sighting *sighting, int64_t rule)
{
    if (!add_change(&notices->told, sighting, rule, false))
        return false;
    if (sighting_tell(sighting, rule))
        return true;
    notices->told.count--;
    return false;
}

void write_untold(struct notices *notices, const struct sighting *sighting)
{
    add_change(&notices->told, sighting, 0, true);
}

/* ---- writing ---- */

static enum err apply(struct store_work *work, struct db *db)
{
    struct writing *writing = (struct writing *)(void *)work;
    enum err err = writing->begin ? store_told_begin(db) : ERR_OK;

    for (size_t i = 0; i < writing->told.count && err == ERR_OK; i++) {
        const struct told_change *change = &writing->told.items[i];

        err = change->gone ? store_told_remove(db, &change->row) : store_told_add(db, &change->row);
    }
    for (size_t i = 0; i < writing->count && err == ERR_OK; i++)
        err = store_outbox_put(db, &writing->rows[i]);
    if (writing->sweep_ms != 0 && err == ERR_OK)
        err = store_outbox_sweep(db, writing->sweep_ms);
    return err;
}

static void free_writing(struct writing *writing)
{
    if (writing == NULL)
        return;
    free(writing->told.items);
    free(writing);
}

/* What has ended is of no use in memory any more. */
static void settle(struct notices *notices, const struct writing *writing, enum err err)
{
    for (size_t i = 0; i < writing->count; i++) {
        struct parcel *parcel = parcel_find(notices, writing->rows[i].id);

        if (parcel == NULL)
            continue;
        parcel->written = true;
        if (err == ERR_OK && parcel->state != OUTBOX_WAITING && !parcel->changed)
            parcel_forget(notices, parcel);
    }
}

static void on_written(struct store_work *work, enum err err, const char *text)
{
    struct writing *writing = (struct writing *)(void *)work;
    struct notices *notices = writing->notices;

    settle(notices, writing, err);
    if (err != ERR_OK && notices->store != NULL) {
        log_warning("notices: %s; what people were told is written down later", text);
        notices->rewrite_ms = clock_wall(notices->setup.clock) + REWRITE_MS;
        return;
    }
    notices->writing = NULL;
    free_writing(writing);
    if (notices->store == NULL)
        return;
    send_due(notices);
    write_changes(notices);
}

static size_t changed_count(const struct notices *notices)
{
    size_t count = 0;

    for (struct list *n = notices->parcels.next; n != &notices->parcels; n = n->next)
        count += list_entry(n, struct parcel, node)->changed;
    return count;
}

static void take_parcels(struct notices *notices, struct writing *writing)
{
    for (struct list *n = notices->parcels.next; n != &notices->parcels; n = n->next) {
        struct parcel *parcel = list_entry(n, struct parcel, node);

        if (!parcel->changed)
            continue;
        parcel->changed = false;
        parcel_row(parcel, &writing->rows[writing->count++]);
    }
}

static void write_again(struct notices *notices)
{
    if (notices->rewrite_ms == 0 || clock_wall(notices->setup.clock) < notices->rewrite_ms)
        return;
    notices->rewrite_ms = 0;
    store_write(notices->store, &notices->writing->work);
}

void write_changes(struct notices *notices)
{
    int64_t now = clock_wall(notices->setup.clock);
    size_t count = changed_count(notices);
    bool sweep = now - notices->swept_ms >= SWEEP_MS;
    struct writing *writing;

    if (notices->writing != NULL) {
        write_again(notices);
        return;
    }
    if (count == 0 && notices->told.count == 0 && !sweep)
        return;
    writing = calloc(1, sizeof *writing + count * sizeof *writing->rows);
    if (writing == NULL)
        return; /* the next tick tries again */
    writing->work.apply = apply;
    writing->work.done = on_written;
    writing->notices = notices;
    writing->begin = notices->begun;
    writing->told = notices->told;
    notices->told = (struct told_changes){0};
    writing->sweep_ms = sweep ? now - KEEP_MS : 0;
    notices->swept_ms = sweep ? now : notices->swept_ms;
    take_parcels(notices, writing);
    notices->writing = writing;
    store_write(notices->store, &writing->work);
}

void write_finish(struct notices *notices)
{
    free_writing(notices->writing);
    free(notices->told.items);
}
