/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of the past days, for what they teach about those to come. */
#ifndef USINE_STORE_STORE_PAST_H
#define USINE_STORE_STORE_PAST_H

#include "db.h"

/* How a run went that has ended, whatever its outcome. */
struct run_past {
    char machine[64];
    char sha256[65];
    int64_t status;
    int64_t started_ms, ended_ms; /* wall */
    int64_t judged_ms;            /* wall; 0: no verdict yet */
    char judged_by[64];
    double time_s;       /* announced */
    int64_t good, scrap; /* pieces of all its parts */
};

/* Runs that ended at from_ms (wall) or later and were not refused at the start, the last ones
 * first, at most limit; borrowed for the call of each. */
enum err store_run_lately(struct db *db, int64_t from_ms, int64_t limit,
                          enum err (*each)(void *context, const struct run_past *run),
                          void *context);

/* What left a site for another on from_day (yyyymmdd) or later, the earlier first, one call a site,
 * part and moment; borrowed for the call of each. */
enum err store_departures(struct db *db, int from_day,
                          void (*each)(void *context, const char *site, const char *part,
                                       int64_t at_ms),
                          void *context);

#endif
