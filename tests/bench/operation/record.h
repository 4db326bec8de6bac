/* SPDX-License-Identifier: Apache-2.0 */
/* What the operation came to, as JSON: the day table out of the ledger, and what was checked. */
#ifndef USINE_BENCH_OPERATION_RECORD_H
#define USINE_BENCH_OPERATION_RECORD_H

#include <cjson/cJSON.h>

#include "production/breakdown.h"
#include "truth.h"

/* [{"day", "machines", "good": {part: n}, "scrap": {part: n}, "runs", "hours": {"running", …},
 * "sites": [{"id", "good", "scrap"}]}], up to and with last_day. */
cJSON *record_days(const struct truth *book, size_t last_day);

/* Kits of a day, all sites or one (NULL: all). */
int64_t record_kits(const struct truth *book, const char *site, size_t day);

/* [{"model", "good", …}]: the effectiveness of each model. */
cJSON *record_models(const struct breakdown_row *rows, size_t count);

/* Adds {"what", "kept", "text"} to checks; returns kept. */
bool record_check(cJSON *checks, bool kept, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
