/* SPDX-License-Identifier: Apache-2.0 */
/* Read on the store's thread, in turn with what is written: what was handed to it before is in the
 * answer and has been counted in memory before the answer comes; what is handed to it afterwards is
 * not in it and is counted afterwards. So the answer takes the place of what memory has. */
#include "recount.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"
#include "store/store_stock.h"
#include "tally.h"

struct recount {
    struct store_work work; /* first */
    struct queue *queue;
    int day;
    struct part_count *rows; /* owned */
    size_t count, room;
};

/* NULL: no memory. */
static struct part_count *row_of(struct recount *recount, const char *part)
{
    struct part_count *rows;

    for (size_t i = 0; i < recount->count; i++)
        if (strcmp(recount->rows[i].part, part) == 0)
            return &recount->rows[i];
    rows = array_grow(recount->rows, recount->count, &recount->room, sizeof *rows);
    if (rows == NULL)
        return NULL;
    recount->rows = rows;
    recount->rows[recount->count] = (struct part_count){.good = 0};
    snprintf(recount->rows[recount->count].part, ID_SIZE, "%s", part);
    return &recount->rows[recount->count++];
}

static bool take_total(void *context, const struct fact_total *total)
{
    bool good = ledger_is_good(total->kind, total->machine);
    struct part_count *row;

    if (!good && !ledger_is_scrap(total->kind))
        return true;
    row = row_of(context, total->part);
    if (row == NULL)
        return false;
    if (good)
        row->good += total->qty;
    else
        row->scrap += total->qty;
    return true;
}

static enum err take_kits(void *context, const char *product, int64_t kits)
{
    struct part_count *row = row_of(context, product);

    if (row == NULL)
        return ERR_NO_MEMORY;
    row->assembled = kits;
    return ERR_OK;
}

static enum err apply(struct store_work *work, struct db *db)
{
    struct recount *recount = (struct recount *)(void *)work;
    struct fact_range range = {.from = recount->day, .to = recount->day};
    enum err err = store_fact_totals(db, &range, take_total, recount);

    return err == ERR_OK ? store_stock_assembled(db, recount->day, take_kits, recount) : err;
}

static void take_over(struct queue *queue, const struct recount *recount)
{
    for (size_t i = 0; i < queue->part_count; i++)
        queue->parts[i].good = queue->parts[i].scrap = queue->parts[i].assembled = 0;
    for (size_t i = 0; i < recount->count; i++) {
        const struct part_count *row = &recount->rows[i];
        size_t part = tally_part(queue, row->part);

        if (part == SIZE_MAX)
            continue;
        queue->parts[part].good = row->good;
        queue->parts[part].scrap = row->scrap;
        queue->parts[part].assembled = row->assembled;
    }
    queue->counted_day = recount->day;
    queue->version++;
}

static void done(struct store_work *work, enum err err, const char *text)
{
    struct recount *recount = (struct recount *)(void *)work;
    struct queue *queue = recount->queue;

    queue->recounting = false;
    if (err == ERR_OK && recount->day == queue->today)
        take_over(queue, recount);
    else if (err != ERR_OK)
        log_warning("queue: the counts of today are not known yet: %s", text);
    free(recount->rows);
    free(recount);
}

void recount_today(struct queue *queue)
{
    struct recount *recount;

    if (queue->counted_day == queue->today || queue->recounting || queue->closing)
        return;
    recount = calloc(1, sizeof *recount);
    if (recount == NULL)
        return;
    *recount = (struct recount){
        .work = {.apply = apply, .done = done}, .queue = queue, .day = queue->today};
    queue->recounting = true;
    store_write(queue->store, &recount->work);
}
