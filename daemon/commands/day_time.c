/* SPDX-License-Identifier: Apache-2.0 */
#include "day_time.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* False when mktime-like functions would silently change it (30 February). */
static bool is_day(const struct tm *tm)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = tm->tm_year + 1900;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 2000 || year > 2200 || tm->tm_mon < 0 || tm->tm_mon > 11)
        return false;
    return tm->tm_mday >= 1 && tm->tm_mday <= days[tm->tm_mon] + (leap && tm->tm_mon == 1);
}

static bool parse_day(const char *text, struct tm *tm)
{
    int n = 0;

    memset(tm, 0, sizeof *tm);
    if (strspn(text, "0123456789-") < 10 ||
        sscanf(text, "%4d-%2d-%2d%n", &tm->tm_year, &tm->tm_mon, &tm->tm_mday, &n) != 3 || n != 10)
        return false;
    tm->tm_year -= 1900;
    tm->tm_mon -= 1;
    return is_day(tm);
}

/* The zone after the seconds, in seconds east of UTC. */
static bool parse_zone(const char *text, int *east)
{
    int hours, minutes, n = 0;

    *east = 0;
    if (*text == '.')
        text += 1 + strspn(text + 1, "0123456789");
    if (strcmp(text, "Z") == 0)
        return true;
    if ((*text != '+' && *text != '-') || strspn(text + 1, "0123456789") != 2 ||
        sscanf(text + 1, "%2d:%2d%n", &hours, &minutes, &n) != 2 || n != 5 || text[6] != '\0' ||
        hours > 14 || minutes < 0 || minutes > 59)
        return false;
    *east = (hours * 3600 + minutes * 60) * (*text == '-' ? -1 : 1);
    return true;
}

bool day_time_parse(const char *text, int64_t *wall_ms)
{
    struct tm tm;
    int east = 0, n = 0;

    if (!parse_day(text, &tm))
        return false;
    if (text[10] == '\0') {
        tm.tm_hour = 23;
        tm.tm_min = tm.tm_sec = 59;
        tm.tm_isdst = -1;
        *wall_ms = (int64_t)mktime(&tm) * 1000;
        return true;
    }
    if (text[10] != 'T' || strspn(text + 11, "0123456789:") != 8 ||
        sscanf(text + 11, "%2d:%2d:%2d%n", &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &n) != 3 ||
        n != 8 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60 ||
        !parse_zone(text + 19, &east))
        return false;
    *wall_ms = ((int64_t)timegm(&tm) - east) * 1000;
    return true;
}
