/* SPDX-License-Identifier: Apache-2.0 */
/* How long what is bought will last. Pure. */
#ifndef USINE_PRODUCTION_COVER_H
#define USINE_PRODUCTION_COVER_H

#include <stdbool.h>
#include <stdint.h>

enum { COVER_DAYS = 8 }; /* of use that are looked at: today and the seven days before */

struct cover_ask {
    int64_t stock;
    int64_t needed;           /* by what is ordered */
    int64_t used[COVER_DAYS]; /* by day, today first */
    double warn_days;
};

struct cover {
    double per_day;  /* of the days before today since the first use; today's alone on that day */
    double days;     /* INFINITY: none was used */
    int64_t lacking; /* for what is ordered */
    bool low; /* it runs out within warn_days, and what is ordered, if anything is, needs more */
};

struct cover cover_of(const struct cover_ask *ask);

#endif
