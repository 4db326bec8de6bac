/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t tally_part(struct queue *queue, const char *part)
{
    for (size_t i = 0; i < queue->part_count; i++)
        if (strcmp(queue->parts[i].part, part) == 0)
            return i;
    if (queue->part_count == queue->part_room) {
        size_t room = queue->part_room == 0 ? 16 : 2 * queue->part_room;
        struct part_count *more = realloc(queue->parts, room * sizeof *more);

        if (more == NULL)
            return SIZE_MAX;
        queue->parts = more;
        queue->part_room = room;
    }
    queue->parts[queue->part_count] = (struct part_count){.good = 0};
    snprintf(queue->parts[queue->part_count].part, ID_SIZE, "%s", part);
    return queue->part_count++;
}

static void add_stock(void *context, const char *part, int64_t qty)
{
    struct queue *queue = context;
    size_t i = tally_part(queue, part);

    if (i != SIZE_MAX)
        queue->parts[i].stock = qty;
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

enum err tally_load(struct queue *queue, struct db *db)
{
    struct fact_range range = {.from = queue->today, .to = queue->today};
    enum err err = store_fact_totals(db, &range, add_today, queue);

    return err != ERR_OK ? err : store_fact_stock(db, add_stock, queue);
}

void tally_midnight(struct queue *queue)
{
    int today = ledger_day(clock_wall(queue->clock));

    if (today == queue->today)
        return;
    queue->today = today;
    for (size_t i = 0; i < queue->part_count; i++)
        queue->parts[i].good = queue->parts[i].scrap = 0;
    queue->version++;
}

void tally_count(struct queue *queue, const struct fact *fact)
{
    size_t part = tally_part(queue, fact->part);
    bool now;

    tally_midnight(queue);
    now = fact->day == queue->today;
    if (part == SIZE_MAX)
        return;
    if (ledger_is_good(fact->kind, fact->machine)) {
        queue->parts[part].good += now ? fact->qty : 0;
        queue->parts[part].stock += fact->qty;
    } else if (ledger_is_scrap(fact->kind)) {
        queue->parts[part].scrap += now ? fact->qty : 0;
    }
}
