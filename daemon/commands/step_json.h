/* SPDX-License-Identifier: Apache-2.0 */
/* What steps of work by hand are called, as JSON. */
#ifndef USINE_COMMANDS_STEP_JSON_H
#define USINE_COMMANDS_STEP_JSON_H

#include <cjson/cJSON.h>

#include "config/load.h"

/* {"fr", "en"}; NULL gives null. A new item. */
cJSON *step_name_to_json(const struct config_step *step);

/* "steps" of the status, the config's: [{"item", "id", "name": {"fr", "en"}}], item being the part
 * or product. A new array. */
cJSON *steps_to_json(const struct config *config);

#endif
