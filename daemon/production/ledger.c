/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct tm local(int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    return tm;
}

int ledger_day(int64_t wall_ms)
{
    struct tm tm = local(wall_ms);

    return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
}

void ledger_day_text(int day, char text[11])
{
    unsigned n = day > 0 ? (unsigned)day : 0;

    snprintf(text, 11, "%04u-%02u-%02u", n / 10000 % 10000, n / 100 % 100, n % 100);
}

int ledger_day_parse(const char *text)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day, end = 0;

    if (strlen(text) != 10 || strspn(text, "0123456789-") != 10 ||
        sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || end != 10)
        return 0;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengths[month - 1])
        return 0;
    if (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)))
        return 0;
    return year * 10000 + month * 100 + day;
}

int64_t ledger_midnight_after(int64_t wall_ms)
{
    struct tm tm = local(wall_ms);
    time_t next;

    tm.tm_mday++;
    tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
    tm.tm_isdst = -1;
    next = mktime(&tm);
    if ((int64_t)next * 1000 <= wall_ms) /* a zone that skips midnight */
        return wall_ms + 24 * 3600 * 1000LL;
    return (int64_t)next * 1000;
}

bool ledger_is_good(enum fact_kind kind, const char *machine)
{
    return kind == FACT_MADE || (kind == FACT_CORRECTED && machine[0] != '\0');
}

bool ledger_is_scrap(enum fact_kind kind)
{
    return kind == FACT_SCRAPPED || kind == FACT_CORRECTED_SCRAP;
}

_Static_assert(FACT_OFFLINE - FACT_RUNNING == (int)TIME_OFFLINE, "fact kinds follow machine_time");

enum fact_kind ledger_kind(enum machine_time time)
{
    return (enum fact_kind)(FACT_RUNNING + (int)time);
}

size_t ledger_time(const struct fact *like, int64_t *from, int64_t to, struct fact *rows,
                   size_t max)
{
    size_t n = 0;

    while (*from < to && n < max) {
        int64_t midnight = ledger_midnight_after(*from);
        int64_t end = midnight < to ? midnight : to;

        rows[n] = *like;
        rows[n].at_ms = *from;
        rows[n].day = ledger_day(*from);
        rows[n++].qty = end - *from;
        *from = end;
    }
    return n;
}
