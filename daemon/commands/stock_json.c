/* SPDX-License-Identifier: Apache-2.0 */
#include "stock_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "production/kits.h"
#include "queue/consumable.h"
#include "queue/warehouse.h"
#include "step_json.h"

static void add_id(cJSON *object, const char *name, const char *id)
{
    cJSON_AddItemToObject(object, name, id != NULL ? cJSON_CreateString(id) : cJSON_CreateNull());
}

/* Kits of a product that can be put together now, and what limits them: a part, the step by hand
 * that some of it waits for, and the pieces of it that lie in blocked lots. */
static void add_kits(cJSON *object, const struct hand_view *view, const char *site, size_t product,
                     const int64_t *ready)
{
    const char *id = view->config->products[product].id;
    const struct config_step *step = NULL;
    struct available lots = {view->stock, view->blocks};
    int64_t waiting, blocked = 0;
    size_t worst;

    cJSON_AddNumberToObject(cJSON_GetObjectItem(object, "kits"), id,
                            (double)kits_possible(view->config, product, ready, &worst));
    if (worst != CONFIG_NONE) {
        step = hand_awaited(view, site, kits_item_id(view->config, worst), &waiting);
        blocked = available_blocked(&lots, site, kits_item_id(view->config, worst), NULL);
    }
    add_id(cJSON_GetObjectItem(object, "limiting"), id,
           worst != CONFIG_NONE ? kits_item_id(view->config, worst) : NULL);
    add_id(cJSON_GetObjectItem(object, "limiting_step"), id, step != NULL ? step->id : NULL);
    cJSON_AddItemToObject(cJSON_GetObjectItem(object, "limiting_step_name"), id,
                          step_name_to_json(step));
    cJSON_AddNumberToObject(cJSON_GetObjectItem(object, "limiting_blocked"), id, (double)blocked);
}

/* What lies there though the config has no such item any more. */
static void add_left_over(cJSON *parts, const struct hand_view *view, const char *site)
{
    const struct stock_row *row;

    for (size_t i = 0; (row = stock_at(view->stock, i)) != NULL; i++)
        if (row->qty != 0 && kits_item(view->config, row->part) == CONFIG_NONE &&
            (site != NULL ? strcmp(row->site, site) == 0 : !cJSON_HasObjectItem(parts, row->part)))
            cJSON_AddNumberToObject(parts, row->part,
                                    (double)stock_of(view->stock, site, row->part));
}

/* Pieces of every item of the config at a site, NULL: at all of them, and how many kits they make.
 * have: room for every item. */
static void add_items(cJSON *object, const struct hand_view *view, const char *site, int64_t *have)
{
    const struct config *config = view->config;
    cJSON *parts = cJSON_AddObjectToObject(object, "parts");
    cJSON *products = cJSON_AddObjectToObject(object, "products");
    cJSON *blocked = cJSON_AddObjectToObject(object, "blocked");
    struct available lots = {view->stock, view->blocks};

    stock_items(view->stock, config, site, have);
    for (size_t i = 0; i < kits_items(config); i++) {
        const char *id = kits_item_id(config, i);
        int64_t held = available_blocked(&lots, site, id, NULL);

        cJSON_AddNumberToObject(kits_part(config, i) != NULL ? parts : products, id,
                                (double)have[i]);
        if (held != 0)
            cJSON_AddNumberToObject(blocked, id, (double)held);
    }
    add_left_over(parts, view, site);
    cJSON_AddObjectToObject(object, "kits");
    cJSON_AddObjectToObject(object, "limiting");
    cJSON_AddObjectToObject(object, "limiting_step");
    cJSON_AddObjectToObject(object, "limiting_step_name");
    cJSON_AddObjectToObject(object, "limiting_blocked");
    hand_ready(view, site, have);
    for (size_t i = 0; i < config->product_count; i++)
        add_kits(object, view, site, i, have);
}

static void add_lots(cJSON *object, const struct hand_view *view, const char *site)
{
    cJSON *list = cJSON_AddArrayToObject(object, "lots");
    const struct stock_row *row;

    for (size_t i = 0; (row = stock_at(view->stock, i)) != NULL; i++)
        for (size_t k = 0; strcmp(row->site, site) == 0 && k < row->lot_count; k++) {
            cJSON *lot = cJSON_CreateObject();

            cJSON_AddStringToObject(lot, "part", row->part);
            cJSON_AddStringToObject(lot, "lot", row->lots[k].lot);
            cJSON_AddNumberToObject(lot, "quantity", (double)row->lots[k].qty);
            if (blocks_find(view->blocks, row->lots[k].lot) != NULL)
                cJSON_AddTrueToObject(lot, "blocked");
            cJSON_AddItemToArray(list, lot);
        }
}

static void add_cover(cJSON *item, const struct consumable *c)
{
    cJSON_AddNumberToObject(item, "stock", (double)c->stock);
    cJSON_AddNumberToObject(item, "per_day", round(c->cover.per_day * 10) / 10);
    json_add_number(item, "days", round(c->cover.days * 10) / 10);
    cJSON_AddBoolToObject(item, "low", c->cover.low);
}

static const char *unit_of(const struct consumable *c)
{
    return c->part->unit == UNIT_GRAM ? "gram" : "piece";
}

static void add_consumables(cJSON *body, const struct office *office)
{
    cJSON *list = cJSON_AddArrayToObject(body, "consumables"), *item = NULL;
    size_t count;
    struct consumable *items = queue_consumables(office->queue, &count);

    for (size_t i = 0; items != NULL && i < count; i++) {
        const struct consumable *c = &items[i];
        cJSON *site = c->site != NULL ? cJSON_CreateObject() : NULL;

        if (site != NULL) {
            cJSON_AddStringToObject(site, "id", c->site);
            add_cover(site, c);
            cJSON_AddItemToArray(cJSON_GetObjectItem(item, "sites"), site);
            continue;
        }
        item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "part", c->part->id);
        cJSON_AddStringToObject(item, "unit", unit_of(c));
        add_cover(item, c);
        cJSON_AddNumberToObject(item, "needed", (double)c->needed);
        cJSON_AddNumberToObject(item, "lacking", (double)c->cover.lacking);
        cJSON_AddArrayToObject(item, "sites");
        cJSON_AddItemToArray(list, item);
    }
    free(items);
}

cJSON *low_to_json(const struct office *office)
{
    cJSON *list = cJSON_CreateArray();
    size_t count;
    bool everywhere = false; /* of the part of these rows */
    struct consumable *items = queue_consumables(office->queue, &count);

    for (size_t i = 0; items != NULL && i < count; i++) {
        const struct consumable *c = &items[i];
        char text[260];
        cJSON *item;

        everywhere = c->site == NULL ? c->cover.low : everywhere;
        if (!c->cover.low || (everywhere && c->site != NULL))
            continue;
        item = cJSON_CreateObject();
        consumable_words(c, text, sizeof text);
        cJSON_AddStringToObject(item, "part", c->part->id);
        if (c->site != NULL)
            cJSON_AddStringToObject(item, "site", c->site);
        cJSON_AddStringToObject(item, "unit", unit_of(c));
        add_cover(item, c);
        cJSON_AddStringToObject(item, "message", text);
        cJSON_AddItemToArray(list, item);
    }
    free(items);
    return list;
}

static cJSON *add_site(cJSON *sites, const struct hand_view *view, const char *id, bool lots)
{
    cJSON *site = cJSON_CreateObject();

    cJSON_AddStringToObject(site, "id", id);
    if (lots)
        add_lots(site, view, id);
    cJSON_AddItemToArray(sites, site);
    return site;
}

/* Something lies at a site that the config has no longer, and that is not among the sites yet. */
static bool is_gone(const struct hand_view *view, const cJSON *sites, const struct stock_row *row)
{
    const cJSON *site;

    if (row->qty == 0 || config_site(view->config, row->site) != NULL)
        return false;
    cJSON_ArrayForEach(site, sites)
    {
        if (strcmp(cJSON_GetObjectItem(site, "id")->valuestring, row->site) == 0)
            return false;
    }
    return true;
}

cJSON *stock_to_json(const struct office *office, const char *only, bool lots)
{
    const struct config *config = office->config;
    struct hand_view view = queue_hand(office->queue);
    int64_t *have = calloc(kits_items(config) + 1, sizeof *have);
    cJSON *body = have != NULL ? cJSON_CreateObject() : NULL;
    const struct stock_row *row;
    cJSON *sites, *site;

    if (body == NULL) {
        free(have);
        return NULL;
    }
    add_items(cJSON_AddObjectToObject(body, "total"), &view, NULL, have);
    sites = cJSON_AddArrayToObject(body, "sites");
    for (size_t i = 0; i < config->site_count; i++)
        if (*only == '\0' || strcmp(only, config->sites[i].id) == 0)
            add_items(add_site(sites, &view, config->sites[i].id, lots), &view, config->sites[i].id,
                      have);
    for (size_t i = 0; (row = stock_at(view.stock, i)) != NULL; i++)
        if (is_gone(&view, sites, row) && (*only == '\0' || strcmp(only, row->site) == 0)) {
            site = add_site(sites, &view, row->site, lots);
            cJSON_AddTrueToObject(site, "gone");
            add_items(site, &view, row->site, have);
        }
    free(have);
    add_consumables(body, office);
    return body;
}
