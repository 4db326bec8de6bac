/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar.h"

#include <time.h>

int64_t calendar_midnight(int day)
{
    struct tm tm = {.tm_year = day / 10000 - 1900,
                    .tm_mon = day / 100 % 100 - 1,
                    .tm_mday = day % 100,
                    .tm_isdst = -1};

    return (int64_t)mktime(&tm) * 1000;
}
