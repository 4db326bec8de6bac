/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct json_field *find(const struct command *command, const char *name)
{
    for (size_t i = 0; i < command->field_count; i++)
        if (strcmp(command->fields[i].name, name) == 0)
            return &command->fields[i];
    return NULL;
}

/* A number or boolean when it is written as one; else the text, and json_read says what is wrong.
 */
static cJSON *to_value(const struct json_field *field, const char *value)
{
    char *end;
    double number;

    if (field == NULL || field->type == JSON_STRING || field->type == JSON_ANY)
        return cJSON_CreateString(value);
    if (field->type == JSON_BOOLEAN) {
        if (strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0 || *value == '\0')
            return cJSON_CreateTrue();
        if (strcasecmp(value, "false") == 0 || strcmp(value, "0") == 0)
            return cJSON_CreateFalse();
        return cJSON_CreateString(value);
    }
    if (*value == '\0' || strspn(value, "0123456789+-.eE") != strlen(value))
        return cJSON_CreateString(value);
    number = strtod(value, &end);
    return *end == '\0' ? cJSON_CreateNumber(number) : cJSON_CreateString(value);
}

enum err fields_add_query(cJSON *object, const struct command *command, const char *name,
                          const char *value)
{
    const struct json_field *field = find(command, name);
    cJSON *list = object, *item;
    bool added;

    if (value == NULL)
        value = "";
    if (!json_utf8(name, strlen(name)) || !json_utf8(value, strlen(value)) ||
        cJSON_GetArraySize(object) >= FIELDS_QUERY_MAX)
        return ERR_BAD_REQUEST;
    if (field != NULL && field->type == JSON_ANY) {
        list = cJSON_GetObjectItemCaseSensitive(object, name);
        if (list == NULL)
            list = cJSON_AddArrayToObject(object, name);
        if (list == NULL)
            return ERR_NO_MEMORY;
        if (cJSON_GetArraySize(list) >= FIELDS_QUERY_MAX)
            return ERR_BAD_REQUEST;
    }
    item = to_value(field, value);
    added = item != NULL && (list == object ? cJSON_AddItemToObject(object, name, item)
                                            : cJSON_AddItemToArray(list, item));
    if (!added)
        cJSON_Delete(item);
    return added ? ERR_OK : ERR_NO_MEMORY;
}

void fields_keep_known(cJSON *object, const struct command *command)
{
    cJSON *item = object->child;

    while (item != NULL) {
        cJSON *next = item->next;

        if (find(command, item->string) == NULL)
            cJSON_Delete(cJSON_DetachItemViaPointer(object, item));
        item = next;
    }
}

enum err fields_read_body(const char *body, size_t n, cJSON **object, char *text, size_t size)
{
    cJSON *parsed;
    size_t at;

    if (n == 0) {
        *object = cJSON_CreateObject();
        return *object != NULL ? ERR_OK : ERR_NO_MEMORY;
    }
    parsed = json_parse(body, n, &at);
    if (parsed == NULL && json_escaped_nul(body, n) < n) {
        snprintf(text, size, "a text holds the character \\u0000 at byte %zu: leave it out",
                 at + 1);
        return ERR_BAD_REQUEST;
    }
    if (parsed == NULL) {
        snprintf(text, size, "the body is not JSON: it goes wrong at byte %zu", at + 1);
        return ERR_BAD_REQUEST;
    }
    if (!cJSON_IsObject(parsed)) {
        cJSON_Delete(parsed);
        snprintf(text, size, "the body must be a JSON object");
        return ERR_BAD_REQUEST;
    }
    *object = parsed;
    return ERR_OK;
}
