/* SPDX-License-Identifier: Apache-2.0 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fill_value.h"
#include "words.h"

enum { ROWS_MAX = 64 }; /* of any table */

const cJSON *fill_member(const cJSON *object, const char *name)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsNull(node) ? NULL : node;
}

static void fill_texts(struct source *source, const cJSON *node, const struct option *option,
                       char *base)
{
    char ***items = (char ***)(void *)(base + option->offset);
    size_t *count = (size_t *)(void *)(base + option->count_offset);
    size_t n = (size_t)cJSON_GetArraySize(node);

    if (!cJSON_IsArray(node)) {
        fill_wrong_type(source, node, "a list of texts");
        return;
    }
    if (n > (size_t)option->max) {
        source_fault(source, node, "\"%s\" may hold %.0f at most", option->name, option->max);
        return;
    }
    while (*count > 0) /* those of the preset */
        free((*items)[--*count]);
    free(*items);
    *items = calloc(n + 1, sizeof **items);
    source->no_memory |= *items == NULL;
    for (node = node->child; node != NULL && *items != NULL; node = node->next) {
        char *copy = fill_text_element(source, node, option);

        if (copy != NULL)
            (*items)[(*count)++] = copy;
    }
}

static void fill_objects(struct source *source, const cJSON *node, const struct option *option,
                         char *base)
{
    const struct option_table *table = option->table;
    char *items;
    size_t *count = (size_t *)(void *)(base + option->count_offset);
    size_t n = (size_t)cJSON_GetArraySize(node);

    if (!cJSON_IsArray(node)) {
        fill_wrong_type(source, node, "a list");
        return;
    }
    if (n > (size_t)option->max) {
        source_fault(source, node, "\"%s\" may hold %.0f at most", option->name, option->max);
        return;
    }
    items = calloc(n + 1, table->size);
    source->no_memory |= items == NULL;
    memcpy(base + option->offset, &items, sizeof items);
    for (node = node->child; node != NULL && items != NULL; node = node->next)
        fill_object(source, node, table, items + table->size * (*count)++, FILL_WHOLE);
}

static void fill_option(struct source *source, const cJSON *node, const struct option *option,
                        char *base, enum fill_mode mode)
{
    if ((option->flags & OPTION_LATE) != 0)
        return;
    switch (option->type) {
    case OPTION_TEXTS:
        fill_texts(source, node, option, base);
        return;
    case OPTION_OBJECT:
        fill_object(source, node, option->table, base + option->offset, mode);
        return;
    case OPTION_OBJECTS:
        fill_objects(source, node, option, base);
        return;
    case OPTION_TEXT:
    case OPTION_WORD:
    case OPTION_INT:
    case OPTION_INT64:
    case OPTION_NUMBER:
    case OPTION_BOOLEAN:
    case OPTION_PARTS:
        fill_value(source, node, option, base + option->offset);
        return;
    }
}

static void unknown_key(struct source *source, const cJSON *node, const struct option_table *table)
{
    struct nearest nearest = {.wanted = node->string};
    char shown[40], hint[160];
    size_t used = 0;

    for (size_t i = 0; i < table->count; i++)
        words_offer(&nearest, table->rows[i].name);
    words_hint(&nearest, hint, sizeof hint);
    for (size_t i = 0; nearest.best == NULL && i < table->count && used < 110; i++)
        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s%s",
                                 i == 0 ? ": known here are " : ", ", table->rows[i].name);
    if (nearest.best == NULL && used >= 110)
        snprintf(hint + used, sizeof hint - used, " ...");
    source_fault_name(source, node, "unknown key \"%s\"%s",
                      words_show(shown, sizeof shown, node->string), hint);
}

static size_t find_row(const struct option_table *table, const char *name)
{
    size_t row = 0;

    while (row < table->count && strcmp(table->rows[row].name, name) != 0)
        row++;
    return row;
}

/* Which of them it is, for messages: " (machine \"caen-p01\")". */
static const char *which(const cJSON *object, const struct option_table *table, char *text,
                         size_t size)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(object, "id");
    char shown[48];

    text[0] = '\0';
    if (cJSON_IsString(id))
        snprintf(text, size, " (%s \"%s\")", table->noun,
                 words_show(shown, sizeof shown, id->valuestring));
    return text;
}

static void check_missing(struct source *source, const cJSON *object,
                          const struct option_table *table, const cJSON *const *seen)
{
    char text[80];

    for (size_t i = 0; i < table->count; i++)
        if ((table->rows[i].flags & OPTION_REQUIRED) != 0 &&
            (seen[i] == NULL || cJSON_IsNull(seen[i])))
            source_fault(source, object, "\"%s\" is missing%s", table->rows[i].name,
                         which(object, table, text, sizeof text));
}

void fill_object(struct source *source, const cJSON *node, const struct option_table *table,
                 void *out, enum fill_mode mode)
{
    const cJSON *seen[ROWS_MAX] = {NULL};

    if (mode == FILL_WHOLE && !fill_presets(table, out))
        source->no_memory = true;
    if (!cJSON_IsObject(node)) {
        fill_wrong_type(source, node, "an object { }");
        return;
    }
    for (const cJSON *member = node->child; member != NULL; member = member->next) {
        size_t row = find_row(table, member->string);

        if (row == table->count) {
            unknown_key(source, member, table);
        } else if (seen[row] != NULL) {
            source_fault_name(source, member, "\"%s\" is given twice: it stands in line %d already",
                              member->string, source_line(source, seen[row]));
        } else {
            seen[row] = member;
            if (!cJSON_IsNull(member))
                fill_option(source, member, &table->rows[row], out, mode);
        }
    }
    if (mode == FILL_WHOLE)
        check_missing(source, node, table, seen);
}

bool fill_presets(const struct option_table *table, void *out)
{
    struct config_faults none = {.count = 0};
    struct source source = {.faults = &none, .folder = ""};

    for (size_t i = 0; i < table->count && !source.no_memory; i++) {
        const struct option *option = &table->rows[i];
        cJSON *value = option->preset != NULL ? cJSON_Parse(option->preset) : NULL;

        if (value != NULL)
            fill_option(&source, value, option, out, FILL_WHOLE);
        else if (option->preset != NULL)
            source.no_memory = true; /* presets are well-formed: a test loads them all */
        else if (option->type == OPTION_OBJECT && (option->flags & OPTION_LATE) == 0)
            source.no_memory |= !fill_presets(option->table, (char *)out + option->offset);
        cJSON_Delete(value);
    }
    free(none.items);
    return !source.no_memory;
}

static void free_list(const struct option *option, const char *place, size_t count)
{
    char *items;

    memcpy(&items, place, sizeof items);
    for (size_t i = 0; i < count && option->type == OPTION_TEXTS; i++)
        free(((char **)(void *)items)[i]);
    for (size_t i = 0; i < count && option->type == OPTION_OBJECTS; i++)
        fill_free(option->table, items + i * option->table->size);
    free(items);
}

void fill_free(const struct option_table *table, void *out)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct option *option = &table->rows[i];
        char *place = (char *)out + option->offset;
        const size_t *count = (const size_t *)(void *)((char *)out + option->count_offset);

        if ((option->flags & OPTION_LATE) != 0)
            continue;
        if (option->type == OPTION_OBJECT)
            fill_free(option->table, place);
        if (option->type == OPTION_TEXTS || option->type == OPTION_OBJECTS)
            free_list(option, place, *count);
    }
}
