/* SPDX-License-Identifier: Apache-2.0 */
#include "rule.h"

#include <string.h>

const char *notice_kind_name(enum notice_kind kind)
{
    static const char *const names[] = {"needs", "down", "done", "test"};

    return names[kind];
}

const char *notice_channel_name(enum notice_channel channel)
{
    static const char *const names[] = {"mail", "ntfy", "json"};

    return names[channel];
}

bool rule_covers(const char *sites, const char *site)
{
    size_t length = strlen(site);

    if (*sites == '\0')
        return true;
    while (*sites != '\0') {
        size_t n = strcspn(sites, " ");

        if (n == length && strncmp(sites, site, n) == 0)
            return true;
        sites += n + strspn(sites + n, " ");
    }
    return false;
}

/* "HH:MM" as minute of the day; -1: it is not. */
static int minute_of(const char *text)
{
    int hour, minute;

    for (int i = 0; i < 5; i++)
        if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9')
            return -1;
    hour = 10 * (text[0] - '0') + text[1] - '0';
    minute = 10 * (text[3] - '0') + text[4] - '0';
    return hour < 24 && minute < 60 ? 60 * hour + minute : -1;
}

bool quiet_good(const char *text)
{
    if (*text == '\0')
        return true;
    return strlen(text) == 11 && text[5] == '-' && minute_of(text) >= 0 &&
           minute_of(text + 6) >= 0 && minute_of(text) != minute_of(text + 6);
}

int quiet_left(const char *text, int minute)
{
    int from, to, length, passed;

    if (*text == '\0' || !quiet_good(text))
        return 0;
    from = minute_of(text);
    to = minute_of(text + 6);
    length = (to - from + NOTICE_DAY) % NOTICE_DAY;
    passed = (minute - from + NOTICE_DAY) % NOTICE_DAY;
    return passed < length ? length - passed : 0;
}
