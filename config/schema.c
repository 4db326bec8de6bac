/* SPDX-License-Identifier: Apache-2.0 */
/* A cJSON call that fails for want of memory gives NULL, and every cJSON call takes NULL: so we go
 * on, and one flag tells at the end. */
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "options.h"

struct schema {
    bool no_memory;
};

static cJSON *schema_of_table(struct schema *s, const struct option_table *table);

static void add(struct schema *s, cJSON *object, const char *name, cJSON *item)
{
    if (item != NULL && cJSON_AddItemToObject(object, name, item))
        return;
    cJSON_Delete(item);
    s->no_memory = true;
}

static void append(struct schema *s, cJSON *list, cJSON *item)
{
    if (item != NULL && cJSON_AddItemToArray(list, item))
        return;
    cJSON_Delete(item);
    s->no_memory = true;
}

static void add_text(struct schema *s, cJSON *object, const char *name, const char *text)
{
    add(s, object, name, cJSON_CreateString(text));
}

static cJSON *object_of_type(struct schema *s, const char *type)
{
    cJSON *object = cJSON_CreateObject();

    add_text(s, object, "type", type);
    return object;
}

/* Optional members may be null, which is as good as leaving them out. */
static void add_type(struct schema *s, cJSON *object, const struct option *option, const char *type)
{
    const char *const types[] = {type, "null"};

    add(s, object, "type",
        (option->flags & OPTION_REQUIRED) != 0 ? cJSON_CreateString(type)
                                               : cJSON_CreateStringArray(types, 2));
}

static void add_words(struct schema *s, cJSON *object, const struct option *option)
{
    cJSON *list = cJSON_CreateArray();
    char word[32];

    for (const char *at = option->words; *at != '\0'; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");

        snprintf(word, sizeof word, "%.*s", (int)n, at);
        append(s, list, cJSON_CreateString(word));
        at += n;
    }
    if ((option->flags & OPTION_REQUIRED) == 0)
        append(s, list, cJSON_CreateNull());
    add(s, object, "enum", list);
}

static void add_text_rules(struct schema *s, cJSON *object, const struct option *option)
{
    const char *pattern = form_pattern(option->form);

    add_type(s, object, option, "string");
    if (option->words != NULL)
        add_words(s, object, option);
    if (pattern != NULL)
        add_text(s, object, "pattern", pattern);
    if (option->size > 0)
        add(s, object, "maxLength", cJSON_CreateNumber((double)option->size - 1));
}

static void add_number_rules(struct schema *s, cJSON *object, const struct option *option)
{
    size_t rates;
    const int *rate = form_baud_rates(&rates);

    add_type(s, object, option, option->type == OPTION_NUMBER ? "number" : "integer");
    if (option->form == FORM_BAUD) {
        add(s, object, "enum", cJSON_CreateIntArray(rate, (int)rates));
        append(s, cJSON_GetObjectItemCaseSensitive(object, "enum"), cJSON_CreateNull());
        return;
    }
    add(s, object, "minimum", cJSON_CreateNumber(option->min));
    add(s, object, "maximum", cJSON_CreateNumber(option->max));
}

static void add_list_rules(struct schema *s, cJSON *object, const struct option *option)
{
    const char *pattern = form_pattern(option->form);
    cJSON *items = option->type == OPTION_OBJECTS ? schema_of_table(s, option->table)
                                                  : object_of_type(s, "string");

    add_type(s, object, option, "array");
    if (option->type == OPTION_TEXTS && pattern != NULL)
        add_text(s, items, "pattern", pattern);
    add(s, object, "items", items);
    add(s, object, "maxItems", cJSON_CreateNumber(option->max));
}

/* {part: pieces} or a list of parts in full. */
static void add_parts_rules(struct schema *s, cJSON *object, const struct option *option)
{
    cJSON *either = cJSON_CreateArray(), *map = object_of_type(s, "object");
    cJSON *list = object_of_type(s, "array"), *pieces = object_of_type(s, "integer");
    cJSON *names = cJSON_CreateObject();

    add(s, pieces, "minimum", cJSON_CreateNumber(1));
    add_text(s, names, "pattern", form_pattern(FORM_ID));
    add(s, map, "propertyNames", names);
    add(s, map, "additionalProperties", pieces);
    add(s, map, "minProperties", cJSON_CreateNumber(1));
    add(s, list, "items", schema_of_table(s, option->table));
    add(s, list, "minItems", cJSON_CreateNumber(1));
    append(s, either, map);
    append(s, either, list);
    add(s, object, "anyOf", either);
}

static cJSON *schema_of_object(struct schema *s, const struct option *option)
{
    cJSON *object = schema_of_table(s, option->table);

    if ((option->flags & OPTION_REQUIRED) == 0) {
        cJSON_DeleteItemFromObjectCaseSensitive(object, "type");
        add_type(s, object, option, "object");
    }
    /* A machine's "profile" and a model that extends another give only what differs. */
    if (option->table == &options_profile)
        cJSON_DeleteItemFromObjectCaseSensitive(object, "required");
    return object;
}

static cJSON *schema_of_option(struct schema *s, const struct option *option)
{
    cJSON *object =
        option->type == OPTION_OBJECT ? schema_of_object(s, option) : cJSON_CreateObject();

    add_text(s, object, "description", option->help);
    switch (option->type) {
    case OPTION_TEXT:
    case OPTION_WORD:
        add_text_rules(s, object, option);
        break;
    case OPTION_INT:
    case OPTION_INT64:
    case OPTION_NUMBER:
        add_number_rules(s, object, option);
        break;
    case OPTION_BOOLEAN:
        add_type(s, object, option, "boolean");
        break;
    case OPTION_TEXTS:
    case OPTION_OBJECTS:
        add_list_rules(s, object, option);
        break;
    case OPTION_PARTS:
        add_parts_rules(s, object, option);
        break;
    case OPTION_OBJECT:
        break;
    }
    if (option->preset != NULL)
        add(s, object, "default", cJSON_Parse(option->preset));
    return object;
}

/* The members that must be there; of a model only its id, since the rest may come by "extends". */
static void add_required(struct schema *s, cJSON *object, const struct option_table *table)
{
    cJSON *required = cJSON_CreateArray();

    for (size_t i = 0; i < table->count; i++)
        if ((table->rows[i].flags & OPTION_REQUIRED) != 0 &&
            (table != &options_model || strcmp(table->rows[i].name, "id") == 0))
            append(s, required, cJSON_CreateString(table->rows[i].name));
    if (cJSON_GetArraySize(required) > 0)
        add(s, object, "required", required);
    else
        cJSON_Delete(required);
}

static cJSON *schema_of_table(struct schema *s, const struct option_table *table)
{
    cJSON *object = object_of_type(s, "object"), *properties = cJSON_CreateObject();

    for (size_t i = 0; i < table->count; i++)
        add(s, properties, table->rows[i].name, schema_of_option(s, &table->rows[i]));
    add(s, object, "properties", properties);
    add(s, object, "additionalProperties", cJSON_CreateFalse());
    add_required(s, object, table);
    return object;
}

enum err config_schema(char **text)
{
    struct schema s = {.no_memory = false};
    cJSON *root = schema_of_table(&s, &options_config);
    char *json;

    add_text(&s, root, "$schema", "https://json-schema.org/draft/2020-12/schema");
    add_text(&s, root, "title", "The config of Usine");
    json = s.no_memory ? NULL : cJSON_Print(root);
    cJSON_Delete(root);
    *text = json != NULL ? malloc(strlen(json) + 2) : NULL;
    if (*text != NULL)
        sprintf(*text, "%s\n", json);
    cJSON_free(json);
    return *text != NULL ? ERR_OK : ERR_NO_MEMORY;
}
