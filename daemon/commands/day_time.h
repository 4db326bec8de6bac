/* SPDX-License-Identifier: Apache-2.0 */
/* Dates people write. */
#ifndef USINE_COMMANDS_DAY_TIME_H
#define USINE_COMMANDS_DAY_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* "2020-04-07" (the last second of that day in the process's zone) or RFC 3339
 * ("2020-04-07T18:00:00Z", "…+02:00") -> wall ms. false: it is neither, or no day of the calendar.
 */
bool day_time_parse(const char *text, int64_t *wall_ms);

#endif
