/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar.h"

#include <time.h>

#include "ledger.h"

/* Wall time of an hour of a day, or of the days before it. */
static int64_t wall(int day, int days_before, int hour)
{
    struct tm tm = {.tm_year = day / 10000 - 1900,
                    .tm_mon = day / 100 % 100 - 1,
                    .tm_mday = day % 100 - days_before,
                    .tm_hour = hour,
                    .tm_isdst = -1};

    return (int64_t)mktime(&tm) * 1000;
}

int64_t calendar_midnight(int day)
{
    return wall(day, 0, 0);
}

int calendar_before(int day, int days)
{
    return ledger_day(wall(day, days, 12)); /* noon: whatever clocks did meanwhile */
}
