/* SPDX-License-Identifier: Apache-2.0 */
/* What the sums of each day do not tell apart: facts and runs one by one, for reports by shift, by
 * reason, and of how long runs took. */
#ifndef USINE_STORE_STORE_DETAIL_H
#define USINE_STORE_STORE_DETAIL_H

#include "store_fact.h"

struct fact_detail {
    struct fact_total total; /* of this fact alone: count 1 */
    int64_t at_ms;           /* wall; of a correction: of the verdict it corrects */
    char reason[160];        /* of scrap */
    bool same_place;         /* day, site, machine and part are those of the one before */
};

/* What was made, scrapped, corrected, assembled and run, and machine time: by day, site, machine
 * and part, then all corrections of the range. Borrowed for the call of each, which returns false
 * to end with ERR_NO_MEMORY. ERR_DISK: what the database keeps of a day cannot be read. */
enum err store_fact_details(struct db *db, const struct fact_range *range,
                            bool (*each)(void *context, const struct fact_detail *detail),
                            void *context);

struct run_time {
    char machine[64], site[64], part[64];
    int64_t ended_ms; /* wall */
    double took_s;    /* from the first byte to the end of motion */
    double planned_s; /* announced; NAN: nothing was */
};

struct run_times {
    int64_t from_ms, to_ms;            /* wall, of the end; the last one excluded */
    const char *site, *machine, *part; /* "" or NULL: all */
};

/* Finished runs by the time of their end; each as above. */
enum err store_run_times(struct db *db, const struct run_times *range,
                         bool (*each)(void *context, const struct run_time *run), void *context);

#endif
