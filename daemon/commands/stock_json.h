/* SPDX-License-Identifier: Apache-2.0 */
/* The stock as in `usine stock --json` (DESIGN.md section 11). */
#ifndef USINE_COMMANDS_STOCK_JSON_H
#define USINE_COMMANDS_STOCK_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>

struct office;

/* The total and each site (site "": all of them), with lots on demand. A new object; NULL: no
 * memory. */
cJSON *stock_to_json(const struct office *office, const char *site, bool lots);

/* "low" of the status: what is bought and runs out: [{"part", "message"}]. */
cJSON *low_to_json(const struct office *office);

#endif
