/* SPDX-License-Identifier: Apache-2.0 */
#include "faults_json.h"

#include "noun_json.h"

cJSON *faults_to_json(const struct config_faults *faults)
{
    cJSON *array = cJSON_CreateArray();

    for (size_t i = 0; i < faults->count; i++) {
        cJSON *item = cJSON_CreateObject();

        cJSON_AddNumberToObject(item, "line", faults->items[i].line);
        cJSON_AddNumberToObject(item, "column", faults->items[i].column);
        json_add_text(item, "message", faults->items[i].text);
        cJSON_AddItemToArray(array, item);
    }
    return array;
}
