/* SPDX-License-Identifier: Apache-2.0 */
#include "step_json.h"

#include "noun_json.h"
#include "production/hand_work.h"
#include "production/kits.h"

cJSON *step_name_to_json(const struct config_step *step)
{
    cJSON *name = step != NULL ? cJSON_CreateObject() : cJSON_CreateNull();

    if (step == NULL)
        return name;
    json_add_text(name, "fr", step->name.fr);
    json_add_text(name, "en", step->name.en);
    return name;
}

static cJSON *step_to_json(const char *item, const struct config_step *step)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "item", item);
    cJSON_AddStringToObject(object, "id", step->id);
    cJSON_AddItemToObject(object, "name", step_name_to_json(step));
    return object;
}

cJSON *steps_to_json(const struct config *config)
{
    cJSON *list = cJSON_CreateArray();

    for (size_t i = 0; i < kits_items(config); i++) {
        struct hand_steps steps = hand_steps(config, kits_item_id(config, i));

        for (size_t k = 0; k < steps.count; k++)
            cJSON_AddItemToArray(list, step_to_json(kits_item_id(config, i), &steps.items[k]));
    }
    return list;
}
