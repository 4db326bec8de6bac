/* SPDX-License-Identifier: Apache-2.0 */
#include "cover.h"

#include <math.h>

static double use_per_day(const int64_t used[COVER_DAYS])
{
    int first = 0;
    double sum = 0;

    for (int i = 1; i < COVER_DAYS; i++) {
        sum += (double)used[i];
        first = used[i] != 0 ? i : first;
    }
    sum = first > 0 ? sum / first : (double)used[0];
    return sum > 0 ? sum : 0;
}

struct cover cover_of(const struct cover_ask *ask)
{
    int64_t stock = ask->stock > 0 ? ask->stock : 0;
    struct cover cover = {.per_day = use_per_day(ask->used), .days = INFINITY};
    bool soon;

    if (cover.per_day > 0)
        cover.days = (double)stock / cover.per_day;
    if (ask->needed > stock)
        cover.lacking = ask->needed - stock;
    soon = cover.days < ask->warn_days || (stock == 0 && ask->needed > 0);
    cover.low = soon && (ask->needed == 0 || cover.lacking > 0);
    return cover;
}
