/* SPDX-License-Identifier: Apache-2.0 */
#include "stock_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "production/kits.h"
#include "queue/consumable.h"
#include "queue/warehouse.h"

/* Pieces of every item of the config, and how many kits they make. */
static void add_items(cJSON *object, const struct config *config, const int64_t *have)
{
    cJSON *parts = cJSON_AddObjectToObject(object, "parts");
    cJSON *products = cJSON_AddObjectToObject(object, "products");
    cJSON *kits = cJSON_AddObjectToObject(object, "kits");
    cJSON *limiting = cJSON_AddObjectToObject(object, "limiting");

    for (size_t i = 0; i < kits_items(config); i++)
        cJSON_AddNumberToObject(kits_part(config, i) != NULL ? parts : products,
                                kits_item_id(config, i), (double)have[i]);
    for (size_t i = 0; i < config->product_count; i++) {
        const char *product = config->products[i].id;
        size_t worst;

        cJSON_AddNumberToObject(kits, product, (double)kits_possible(config, i, have, &worst));
        if (worst != CONFIG_NONE)
            cJSON_AddStringToObject(limiting, product, kits_item_id(config, worst));
        else
            cJSON_AddNullToObject(limiting, product);
    }
}

static void add_lots(cJSON *object, const struct stock *stock, const char *site)
{
    cJSON *list = cJSON_AddArrayToObject(object, "lots");
    const struct stock_row *row;

    for (size_t i = 0; (row = stock_at(stock, i)) != NULL; i++)
        for (size_t k = 0; strcmp(row->site, site) == 0 && k < row->lot_count; k++) {
            cJSON *lot = cJSON_CreateObject();

            cJSON_AddStringToObject(lot, "part", row->part);
            cJSON_AddStringToObject(lot, "lot", row->lots[k].lot);
            cJSON_AddNumberToObject(lot, "quantity", (double)row->lots[k].qty);
            cJSON_AddItemToArray(list, lot);
        }
}

static void add_consumables(cJSON *body, const struct office *office)
{
    cJSON *list = cJSON_AddArrayToObject(body, "consumables");
    size_t count;
    struct consumable *items = queue_consumables(office->queue, &count);

    for (size_t i = 0; items != NULL && i < count; i++) {
        const struct cover *cover = &items[i].cover;
        cJSON *item = cJSON_CreateObject();

        cJSON_AddStringToObject(item, "part", items[i].part->id);
        cJSON_AddStringToObject(item, "unit", items[i].part->unit == UNIT_GRAM ? "gram" : "piece");
        cJSON_AddNumberToObject(item, "stock", (double)items[i].stock);
        cJSON_AddNumberToObject(item, "per_day", round(cover->per_day * 10) / 10);
        json_add_number(item, "days", round(cover->days * 10) / 10);
        cJSON_AddNumberToObject(item, "needed", (double)items[i].needed);
        cJSON_AddNumberToObject(item, "lacking", (double)cover->lacking);
        cJSON_AddBoolToObject(item, "low", cover->low);
        cJSON_AddItemToArray(list, item);
    }
    free(items);
}

cJSON *low_to_json(const struct office *office)
{
    cJSON *list = cJSON_CreateArray();
    size_t count;
    struct consumable *items = queue_consumables(office->queue, &count);

    for (size_t i = 0; items != NULL && i < count; i++) {
        char text[200];
        cJSON *item = items[i].cover.low ? cJSON_CreateObject() : NULL;

        if (item == NULL)
            continue;
        consumable_words(&items[i], text, sizeof text);
        cJSON_AddStringToObject(item, "part", items[i].part->id);
        cJSON_AddStringToObject(item, "message", text);
        cJSON_AddItemToArray(list, item);
    }
    free(items);
    return list;
}

cJSON *stock_to_json(const struct office *office, const char *only, bool lots)
{
    const struct config *config = office->config;
    const struct stock *stock = queue_stock(office->queue);
    int64_t *have = calloc(kits_items(config) + 1, sizeof *have);
    cJSON *body = have != NULL ? cJSON_CreateObject() : NULL;
    cJSON *sites;

    if (body == NULL) {
        free(have);
        return NULL;
    }
    stock_items(stock, config, NULL, have);
    add_items(cJSON_AddObjectToObject(body, "total"), config, have);
    sites = cJSON_AddArrayToObject(body, "sites");
    for (size_t i = 0; i < config->site_count; i++) {
        const char *id = config->sites[i].id;
        cJSON *site;

        if (*only != '\0' && strcmp(only, id) != 0)
            continue;
        site = cJSON_CreateObject();
        cJSON_AddStringToObject(site, "id", id);
        stock_items(stock, config, id, have);
        add_items(site, config, have);
        if (lots)
            add_lots(site, stock, id);
        cJSON_AddItemToArray(sites, site);
    }
    free(have);
    add_consumables(body, office);
    return body;
}
