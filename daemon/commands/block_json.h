/* SPDX-License-Identifier: Apache-2.0 */
/* Blocked lots as JSON: {"lot", "at", "by", "reason", "quantity"}, quantity being what lies in
 * stock of it, at all sites. */
#ifndef USINE_COMMANDS_BLOCK_JSON_H
#define USINE_COMMANDS_BLOCK_JSON_H

#include <cjson/cJSON.h>

#include "store/store_lot.h"

struct office;

/* All that are blocked now, by name. A new array. */
cJSON *blocked_to_json(const struct office *office);

/* Those that the rows of a story name, each once. A new array. */
cJSON *blocked_among_to_json(const struct office *office, const struct lot_row *rows, size_t count);

#endif
