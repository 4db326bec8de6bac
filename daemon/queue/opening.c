/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include <stdio.h>

bool opening_next(const struct hours *hours, const struct tm *now, char text[OPENING_TEXT_MAX])
{
    static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};
    int minute = now->tm_hour * 60 + now->tm_min;
    bool open = hours_open(hours, now->tm_wday, minute);
    int left = open ? hours_to_closing(hours, now->tm_wday, minute)
                    : hours_to_opening(hours, now->tm_wday, minute);
    int later = (minute + left) / HOURS_DAY, clock = (minute + left) % HOURS_DAY;
    const char *day = later == 0 ? "" : later == 1 ? "tomorrow " : days[(now->tm_wday + later) % 7];

    if (left >= HOURS_WEEK)
        return false;
    snprintf(text, OPENING_TEXT_MAX, "%s%sat %02d:%02d", day, later > 1 ? " " : "", clock / 60,
             clock % 60);
    return true;
}
