/* SPDX-License-Identifier: Apache-2.0 */
#include "store_lot.h"

#include <string.h>

#include "query_run.h"

static const char *const names[LOT_EVENTS] = {
    [LOT_MADE] = "made",           [LOT_RECEIVED] = "received",   [LOT_WENT_INTO] = "into",
    [LOT_CAME_FROM] = "from",      [LOT_IN_STOCK] = "stock",      [LOT_SHIPPED] = "shipped",
    [LOT_DISCARDED] = "discarded", [LOT_ASSEMBLED] = "assembled", [LOT_STEPPED] = "steps",
    [LOT_BLOCKED] = "blocks",      [LOT_RELEASED] = "releases",
};

const char *lot_event_name(enum lot_event event)
{
    return names[event];
}

static void read_row(const struct query *query, struct lot_row *row)
{
    row->event = (enum lot_event)query_get_int(query, 0);
    query_get_text(query, 1, row->lot, sizeof row->lot);
    query_get_text(query, 2, row->item, sizeof row->item);
    query_get_text(query, 3, row->site, sizeof row->site);
    row->qty = query_get_int(query, 4);
    row->at_ms = query_get_int(query, 5);
    query_get_text(query, 6, row->by, sizeof row->by);
    query_get_text(query, 7, row->reason, sizeof row->reason);
    query_get_text(query, 8, row->kit_lot, sizeof row->kit_lot);
    row->run = query_get_int(query, 9);
    query_get_text(query, 10, row->machine, sizeof row->machine);
    query_get_text(query, 11, row->program, sizeof row->program);
    query_get_text(query, 12, row->sha256, sizeof row->sha256);
    query_get_text(query, 13, row->material, sizeof row->material);
    row->declaration = query_get_int(query, 14);
    query_get_text(query, 15, row->origin, sizeof row->origin);
    query_get_text(query, 16, row->step, sizeof row->step);
}

enum err store_lot_story(struct db *db, const char *lot,
                         bool (*each)(void *context, const struct lot_row *row), void *context)
{
    struct lot_row row;
    struct query query;

    query_begin(&query, db, SQL_LOT_STORY);
    query_text(&query, lot);
    while (query_step(&query) == STEP_ROW) {
        read_row(&query, &row);
        if (!each(context, &row))
            query.err = ERR_NO_MEMORY; /* ends the loop */
    }
    return query.err;
}

enum err store_lot_family(struct db *db, const char *lot, bool kits,
                          bool (*each)(void *context, const char *lot), void *context)
{
    struct query query;
    char name[64];

    query_begin(&query, db, SQL_LOT_FAMILY);
    query_text(&query, lot);
    query_int(&query, kits);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, name, sizeof name);
        if (!each(context, name))
            query.err = ERR_NO_MEMORY; /* ends the loop */
    }
    return query.err;
}

enum err store_lot_blocks(struct db *db,
                          enum err (*each)(void *context, const struct lot_block *block),
                          void *context)
{
    struct lot_block block;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_LOT_BLOCKS);
    while (query_step(&query) == STEP_ROW) {
        query_get_text(&query, 0, block.lot, sizeof block.lot);
        block.at_ms = query_get_int(&query, 1);
        block.blocked = query_get_int(&query, 2) != 0;
        query_get_text(&query, 3, block.by, sizeof block.by);
        query_get_text(&query, 4, block.reason, sizeof block.reason);
        if (err == ERR_OK)
            err = each(context, &block);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_lot_of_run(struct db *db, int64_t run, char lot[64])
{
    struct query query;

    query_begin(&query, db, SQL_LOT_OF_RUN);
    query_int(&query, run);
    if (query_step(&query) == STEP_ROW)
        query_get_text(&query, 0, lot, 64);
    return query_finish(&query);
}
