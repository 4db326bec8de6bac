/* SPDX-License-Identifier: Apache-2.0 */
/* The plan: first add every part described in full inside products to the parts of the config,
 * then fill the bills, so that one product may name what another one describes, or or another
 * product. */
#include "products.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entries.h"
#include "fill.h"
#include "fill_value.h"
#include "levels.h"
#include "words.h"

enum { BOM_MAX = 64, PIECES_MAX = 10000 };

static size_t find_part(const struct config *config, const char *id)
{
    size_t i = 0;

    while (i < config->part_count && strcmp(config->parts[i].id, id) != 0)
        i++;
    return i;
}

/* The part is the config's then. False: no memory. */
static bool add_part(struct source *source, const struct config_part *part, struct config *config)
{
    struct config_part *parts;

    parts = realloc(config->parts, (config->part_count + 1) * sizeof *parts);
    if (parts == NULL) {
        source->no_memory = true;
        return false;
    }
    config->parts = parts;
    parts[config->part_count++] = *part;
    return true;
}

/* Row of a part, or, with part CONFIG_NONE, of a product. */
static void put_row(struct config_product *product, struct config_bom_row row)
{
    product->bom[product->bom_count++] = row;
}

static void read_full(struct source *source, const cJSON *node, struct config *config,
                      struct config_product *product)
{
    struct part_entry entry = {.quantity = 0};
    const cJSON *id = fill_member(node, "id");

    fill_object(source, node, &options_product_part, &entry, FILL_WHOLE);
    if (entry.part.id[0] == '\0') {
        fill_free(&options_product_part, &entry);
        return;
    }
    if (find_part(config, entry.part.id) < config->part_count) {
        source_fault(source, id,
                     "part \"%s\" is described twice: describe it once, and name it in the other "
                     "product as {\"%s\": 1}",
                     entry.part.id, entry.part.id);
        fill_free(&options_product_part, &entry);
        return;
    }
    entry.part.minutes += entry.seconds / 60;
    if (!add_part(source, &entry.part, config))
        fill_free(&options_product_part, &entry);
    else
        put_row(product,
                (struct config_bom_row){config->part_count - 1, CONFIG_NONE, entry.quantity});
}

static void unknown_part(struct source *source, const cJSON *node, const struct config *config)
{
    struct nearest nearest = {.wanted = node->string};
    char shown[40], hint[120];

    for (size_t i = 0; i < config->part_count; i++)
        words_offer(&nearest, config->parts[i].id);
    for (size_t i = 0; i < config->product_count; i++)
        words_offer(&nearest, config->products[i].id);
    words_hint(&nearest, hint, sizeof hint);
    source_fault_name(source, node, "unknown part \"%s\"%s",
                      words_show(shown, sizeof shown, node->string),
                      nearest.best != NULL ? hint : ": describe it in \"parts\"");
}

/* A part known by its name alone, in a file that describes none. */
static void declare_part(struct source *source, const cJSON *node, struct config *config)
{
    struct config_part part = {.process = PART_OTHER};
    char why[160];

    if (strlen(node->string) >= sizeof part.id ||
        !form_accepts(FORM_ID, node->string, why, sizeof why)) {
        source_fault_name(source, node, "a part's id may hold a-z 0-9 - _ . only, %zu at most",
                          sizeof part.id - 1);
        return;
    }
    strcpy(part.id, node->string);
    strcpy(part.name, node->string);
    add_part(source, &part, config);
}

/* Finds what a row names, a product before a part; both CONFIG_NONE: nothing known. */
static struct config_bom_row find_item(const struct config *config, const char *id)
{
    struct config_bom_row row = {find_part(config, id), CONFIG_NONE, 0};

    for (size_t i = 0; i < config->product_count; i++)
        if (strcmp(config->products[i].id, id) == 0)
            return (struct config_bom_row){CONFIG_NONE, i, 0};
    if (row.part == config->part_count)
        row.part = CONFIG_NONE;
    return row;
}

static bool has_row(const struct config_product *product, const struct config_bom_row *row)
{
    for (size_t i = 0; i < product->bom_count; i++)
        if (product->bom[i].part == row->part && product->bom[i].product == row->product)
            return true;
    return false;
}

static void read_short(struct source *source, const cJSON *node, struct config *config,
                       struct config_product *product, bool declare)
{
    struct config_bom_row row = find_item(config, node->string);
    double pieces = node->valuedouble;
    bool known = row.part != CONFIG_NONE || row.product != CONFIG_NONE;

    if (known && has_row(product, &row)) {
        source_fault_name(source, node, "part \"%s\" is given twice", node->string);
        return;
    }
    if (!known && declare)
        declare_part(source, node, config);
    else if (!known)
        unknown_part(source, node, config);
    row = find_item(config, node->string);
    if (!cJSON_IsNumber(node))
        fill_wrong_type(source, node, "a whole number");
    else if (pieces != floor(pieces) || pieces < 1 || pieces > PIECES_MAX)
        source_fault(source, node, "a kit takes 1 to %d pieces of a part, whole ones", PIECES_MAX);
    else if (row.part != CONFIG_NONE || row.product != CONFIG_NONE)
        put_row(product, (struct config_bom_row){row.part, row.product, (int64_t)pieces});
}

/* The parts of one product, when they are of the form wanted now: lists first, then objects. */
static void read_bom(struct source *source, const cJSON *parts, struct config *config,
                     struct config_product *product, bool declare)
{
    if (cJSON_GetArraySize(parts) > BOM_MAX || parts->child == NULL) {
        source_fault(source, parts, "a product has 1 to %d parts", BOM_MAX);
        return;
    }
    product->bom = calloc((size_t)cJSON_GetArraySize(parts), sizeof *product->bom);
    source->no_memory |= product->bom == NULL;
    for (const cJSON *node = parts->child; node != NULL && !source->no_memory; node = node->next) {
        if (cJSON_IsArray(parts))
            read_full(source, node, config, product);
        else
            read_short(source, node, config, product, declare);
    }
}

/* One pass over the products: those whose parts are lists (in full), or those that name them. */
static bool read_pass(struct source *source, struct config *config, bool full, bool declare)
{
    const cJSON *list = fill_member(source->root, "products");
    const cJSON *node = cJSON_IsArray(list) ? list->child : NULL;
    bool any = false;

    for (size_t i = 0; i < config->product_count && node != NULL; i++, node = node->next) {
        const cJSON *parts = fill_member(node, "parts");

        if (cJSON_IsArray(parts) == full && (cJSON_IsArray(parts) || cJSON_IsObject(parts))) {
            read_bom(source, parts, config, &config->products[i], declare);
            any = true;
        } else if (!full && parts != NULL && !cJSON_IsArray(parts)) {
            fill_wrong_type(source, parts, "an object or a list");
        }
    }
    return any;
}

void products_read(struct source *source, struct config *config)
{
    bool described = fill_member(source->root, "parts") != NULL;

    described |= read_pass(source, config, true, false);
    read_pass(source, config, false, !described);
    levels_find(source, config);
}
