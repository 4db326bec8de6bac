/* SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *find_part(const cJSON *fields, const char *part, size_t n)
{
    const cJSON *parts = cJSON_GetObjectItemCaseSensitive(fields, "parts");
    cJSON *item;

    cJSON_ArrayForEach(item, parts)
    {
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "part"));

        if (name != NULL && strlen(name) == n && strncmp(name, part, n) == 0)
            return item;
    }
    return NULL;
}

static cJSON *add_part(cJSON *fields, const char *part, size_t n)
{
    cJSON *parts = cJSON_GetObjectItemCaseSensitive(fields, "parts");
    cJSON *item = cJSON_CreateObject();
    char *name = strndup(part, n);

    if (parts == NULL)
        parts = cJSON_AddArrayToObject(fields, "parts");
    if (name != NULL)
        cJSON_AddStringToObject(item, "part", name);
    free(name);
    if (cJSON_AddItemToArray(parts, item))
        return item;
    cJSON_Delete(item);
    return NULL;
}

static bool add_number(cJSON *object, const struct option_row *row, const char *value)
{
    char *end;
    double number = strtod(value, &end);

    if (*value == '\0' || *end != '\0') {
        fprintf(stderr, "usine: %s takes a number, or PART=N; not \"%s\"\n", row->name, value);
        return false;
    }
    return cJSON_AddNumberToObject(object, row->field, number) != NULL;
}

bool parts_add(cJSON *fields, const struct option_row *row, const char *value)
{
    const char *equals = strchr(value, '=');
    size_t n = equals != NULL ? (size_t)(equals - value) : 0;
    cJSON *object = n > 0 ? find_part(fields, value, n) : fields;

    if (object == NULL && row->kind == OPTION_PART_NUMBER)
        object = add_part(fields, value, n);
    else if (object == NULL)
        object = fields; /* an equals sign in plain text */
    if (object == NULL)
        return false;
    if (object != fields)
        value = equals + 1;
    if (cJSON_HasObjectItem(object, row->field)) {
        fprintf(stderr, "usine: %s is given twice for the same pieces\n", row->name);
        return false;
    }
    if (row->kind == OPTION_PART_NUMBER)
        return add_number(object, row, value);
    return cJSON_AddStringToObject(object, row->field, value) != NULL;
}

bool parts_settle(cJSON *fields)
{
    const cJSON *parts = cJSON_GetObjectItemCaseSensitive(fields, "parts");
    const cJSON *reason = cJSON_GetObjectItemCaseSensitive(fields, "reason");
    cJSON *item;

    if (parts == NULL)
        return true;
    if (cJSON_HasObjectItem(fields, "good") || cJSON_HasObjectItem(fields, "scrap")) {
        fputs("usine: say for each part how many: --good PART=N --scrap PART=N\n", stderr);
        return false;
    }
    if (reason == NULL)
        return true;
    cJSON_ArrayForEach(item, parts) if (!cJSON_HasObjectItem(item, "reason"))
        cJSON_AddStringToObject(item, "reason", reason->valuestring);
    cJSON_DeleteItemFromObjectCaseSensitive(fields, "reason");
    return true;
}
