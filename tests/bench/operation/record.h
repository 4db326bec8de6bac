/* SPDX-License-Identifier: Apache-2.0 */
/* What the operation came to, as JSON: the day table out of the ledger, and what was checked. */
#ifndef USINE_BENCH_OPERATION_RECORD_H
#define USINE_BENCH_OPERATION_RECORD_H

#include <cjson/cJSON.h>

#include "truth.h"

/* [{"day", "machines", "good": {part: n}, "scrap": {part: n}, "runs", "hours": {"running", …},
 * "sites": [{"id", "good", "scrap"}]}], up to and with last_day. */
cJSON *record_days(const struct truth *book, size_t last_day);

/* Adds {"what", "kept", "text"} to checks; returns kept. */
bool record_check(cJSON *checks, bool kept, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
