/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"
#include "production/calendar.h"
#include "recount.h"
#include "store/store_stock.h"
#include "uses.h"

size_t tally_part(struct queue *queue, const char *part)
{
    struct part_count *parts;

    for (size_t i = 0; i < queue->part_count; i++)
        if (strcmp(queue->parts[i].part, part) == 0)
            return i;
    parts = array_grow(queue->parts, queue->part_count, &queue->part_room, sizeof *parts);
    if (parts == NULL)
        return SIZE_MAX;
    queue->parts = parts;
    queue->parts[queue->part_count] = (struct part_count){.good = 0};
    snprintf(queue->parts[queue->part_count].part, ID_SIZE, "%s", part);
    return queue->part_count++;
}

static bool is_use(enum fact_kind kind, int64_t qty)
{
    return kind == FACT_USED || kind == FACT_DISCARDED || (kind == FACT_ASSEMBLED && qty < 0);
}

static void add_use(struct queue *queue, struct part_count *part, int day, int64_t qty)
{
    for (int i = 0; i < COVER_DAYS; i++)
        if (queue->days[i] == day)
            part->used[i] -= qty;
}

static bool add_day(void *context, const struct fact_total *total)
{
    struct queue *queue = context;
    size_t part = is_use(total->kind, total->qty) ? tally_part(queue, total->part) : 0;

    if (part == SIZE_MAX)
        return false;
    if (!is_use(total->kind, total->qty))
        return true;
    add_use(queue, &queue->parts[part], total->day, total->qty);
    uses_add(queue, total);
    return true;
}

static bool add_today(void *context, const struct fact_total *total)
{
    struct queue *queue = context;
    bool good = ledger_is_good(total->kind, total->machine);
    size_t part;

    if (!good && !ledger_is_scrap(total->kind))
        return true;
    part = tally_part(queue, total->part);
    if (part == SIZE_MAX)
        return false;
    if (good)
        queue->parts[part].good += total->qty;
    else
        queue->parts[part].scrap += total->qty;
    return true;
}

static enum err add_kits(void *context, const char *product, int64_t kits)
{
    struct queue *queue = context;
    size_t part = tally_part(queue, product);

    if (part == SIZE_MAX)
        return ERR_NO_MEMORY;
    queue->parts[part].assembled = kits;
    return ERR_OK;
}

/* What may be used of the stock of all sites, beside today's counts. */
static enum err add_stock(struct queue *queue)
{
    struct available view = {queue->stock, queue->blocks};
    const struct stock_row *row;

    for (size_t i = 0; (row = stock_at(queue->stock, i)) != NULL; i++) {
        size_t part = tally_part(queue, row->part);

        if (part == SIZE_MAX)
            return ERR_NO_MEMORY;
        queue->parts[part].stock = available_of(&view, NULL, row->part);
    }
    return ERR_OK;
}

enum err tally_load(struct queue *queue, struct db *db)
{
    struct fact_range range = {.from = queue->today, .to = queue->today};
    enum err err = store_fact_totals(db, &range, add_today, queue);

    queue->counted_day = queue->today;
    for (int i = 0; i < COVER_DAYS; i++)
        queue->days[i] = calendar_before(queue->today, i);
    range.from = queue->days[COVER_DAYS - 1];
    if (err == ERR_OK)
        err = store_fact_totals(db, &range, add_day, queue);
    if (err == ERR_OK)
        err = store_stock_assembled(db, queue->today, add_kits, queue);
    if (err == ERR_OK)
        err = stock_load(queue->stock, db);
    if (err == ERR_OK)
        err = stages_load(queue->stages, db);
    if (err == ERR_OK)
        err = blocks_load(queue->blocks, db);
    return err != ERR_OK ? err : add_stock(queue);
}

/* What was used on the days that are still looked at moves to where they now stand. */
static void turn_days(struct queue *queue)
{
    int old[COVER_DAYS];

    memcpy(old, queue->days, sizeof old);
    for (int i = 0; i < COVER_DAYS; i++)
        queue->days[i] = calendar_before(queue->today, i);
    uses_turn(queue, old);
    for (size_t p = 0; p < queue->part_count; p++) {
        int64_t used[COVER_DAYS];

        memcpy(used, queue->parts[p].used, sizeof used);
        memset(queue->parts[p].used, 0, sizeof used);
        for (int i = 0; i < COVER_DAYS; i++)
            add_use(queue, &queue->parts[p], old[i], -used[i]);
    }
}

void tally_midnight(struct queue *queue)
{
    int today = ledger_day(clock_wall(queue->clock));

    if (today == queue->today)
        return;
    queue->today = today;
    turn_days(queue);
    for (size_t i = 0; i < queue->part_count; i++)
        queue->parts[i].good = queue->parts[i].scrap = queue->parts[i].assembled = 0;
    queue->counted_day = 0;
    recount_today(queue);
    queue->version++;
}

static void add_now(struct part_count *part, const struct fact *fact)
{
    if (ledger_is_good(fact->kind, fact->machine))
        part->good += fact->qty;
    else if (ledger_is_scrap(fact->kind))
        part->scrap += fact->qty;
    else if (fact->kind == FACT_ASSEMBLED && fact->qty > 0)
        part->assembled += fact->qty;
}

/* A word about a lot: its pieces leave what may be used, or come back. */
static enum err count_block(struct queue *queue, const struct fact *fact)
{
    enum err err = blocks_count(queue->blocks, fact);

    return err == ERR_OK ? add_stock(queue) : err;
}

static void count_use(struct queue *queue, struct part_count *part, const struct fact *fact)
{
    struct fact_total used = {.day = fact->day, .qty = fact->qty};

    memcpy(used.site, fact->site, sizeof used.site);
    memcpy(used.part, fact->part, sizeof used.part);
    add_use(queue, part, fact->day, fact->qty);
    uses_add(queue, &used);
}

void tally_count(struct queue *queue, const struct fact *fact)
{
    bool word = fact->kind == FACT_BLOCKED || fact->kind == FACT_RELEASED;
    size_t part = word ? 0 : tally_part(queue, fact->part);

    tally_midnight(queue);
    queue->by_hand_known = false;
    if (part == SIZE_MAX || (word && count_block(queue, fact) != ERR_OK) ||
        stock_count(queue->stock, fact) != ERR_OK || stages_count(queue->stages, fact) != ERR_OK) {
        log_error("stock: out of memory: restart usined, it counts less than there is");
        return;
    }
    queue->plan_stale = true;
    if (word)
        return;
    if (fact_moves_stock(fact->kind) && blocks_find(queue->blocks, fact->lot) == NULL)
        queue->parts[part].stock += fact->qty;
    if (is_use(fact->kind, fact->qty))
        count_use(queue, &queue->parts[part], fact);
    if (fact->day == queue->today)
        add_now(&queue->parts[part], fact);
}
