/* SPDX-License-Identifier: Apache-2.0 */
/* Product orders in JSON. Each returns a new object; NULL: no memory. */
#ifndef USINE_COMMANDS_ORDER_JSON_H
#define USINE_COMMANDS_ORDER_JSON_H

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>

struct office;
struct order_need;

/* One order; NULL also when there is none of this number. */
cJSON *order_to_json(const struct office *office, int64_t id);

/* The i-th order of queue_order_at, with the needs of queue_order_needs (NULL: no memory). */
cJSON *order_to_json_by(const struct office *office, size_t i, const struct order_need *needs);

#endif
