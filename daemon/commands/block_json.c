/* SPDX-License-Identifier: Apache-2.0 */
#include "block_json.h"

#include <string.h>

#include "noun_json.h"
#include "queue/quarantine.h"
#include "queue/warehouse.h"

static cJSON *block_to_json(const struct office *office, const struct lot_block *block)
{
    cJSON *item = cJSON_CreateObject();

    json_add_text(item, "lot", block->lot);
    json_add_time(item, "at", block->at_ms);
    json_add_text(item, "by", block->by);
    json_add_text(item, "reason", block->reason);
    cJSON_AddNumberToObject(item, "quantity",
                            (double)available_pieces(queue_stock(office->queue), block->lot));
    return item;
}

cJSON *blocked_to_json(const struct office *office)
{
    cJSON *list = cJSON_CreateArray();
    const struct lot_block *block;

    for (size_t i = 0; (block = blocks_at(queue_blocks(office->queue), i)) != NULL; i++)
        cJSON_AddItemToArray(list, block_to_json(office, block));
    return list;
}

static bool names(const struct lot_row *rows, size_t count, const char *lot)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].lot, lot) == 0 || strcmp(rows[i].kit_lot, lot) == 0)
            return true;
    return false;
}

cJSON *blocked_among_to_json(const struct office *office, const struct lot_row *rows, size_t count)
{
    cJSON *list = cJSON_CreateArray();
    const struct lot_block *block;

    for (size_t i = 0; (block = blocks_at(queue_blocks(office->queue), i)) != NULL; i++)
        if (names(rows, count, block->lot))
            cJSON_AddItemToArray(list, block_to_json(office, block));
    return list;
}
