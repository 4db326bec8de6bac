/* SPDX-License-Identifier: Apache-2.0 */
/* What the sums of each day do not tell apart: facts one by one, for reports by shift, by reason,
 * and of how long runs took. */
#ifndef USINE_STORE_STORE_DETAIL_H
#define USINE_STORE_STORE_DETAIL_H

#include "store_fact.h"

struct fact_detail {
    struct fact_total total; /* of this fact alone: count 1 */
    int64_t at_ms;           /* wall; of a correction: of the verdict it corrects */
    char reason[160];        /* of scrap */
    bool same_place;         /* day, site, machine and part are those of the one before */
    bool finished;           /* ran: to its end, and this is known: */
    double took_s;           /* from the first byte to the end of motion */
    double planned_s;        /* announced, to the millisecond */
};

/* What was made, scrapped, corrected, assembled and run, and machine time: by day, site, machine
 * and part, in each place as they were written. Borrowed for the call of each, which returns false
 * to end with ERR_NO_MEMORY. ERR_DISK: what the database keeps of a day cannot be read. */
enum err store_fact_details(struct db *db, const struct fact_range *range,
                            bool (*each)(void *context, const struct fact_detail *detail),
                            void *context);

#endif
