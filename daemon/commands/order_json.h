/* SPDX-License-Identifier: Apache-2.0 */
/* Product orders in JSON. Each returns a new object; NULL: no memory. */
#ifndef USINE_COMMANDS_ORDER_JSON_H
#define USINE_COMMANDS_ORDER_JSON_H

#include <cjson/cJSON.h>
#include <stdint.h>

struct office;

/* One order; NULL also when there is none of this number. */
cJSON *order_to_json(const struct office *office, int64_t id);

/* {"items", "next"}; state and product "": any. */
cJSON *orders_to_json(const struct office *office, const char *state, const char *product);

#endif
