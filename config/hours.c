/* SPDX-License-Identifier: Apache-2.0 */
#include "hours.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const days[7] = {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};

/* What is being read, and the complaint if it cannot be. */
struct reading {
    const char *at;
    char *why;
    size_t size;
};

static bool complain(struct reading *r, const char *text)
{
    snprintf(r->why, r->size, "is not understood near \"%.20s\": %s", r->at, text);
    return false;
}

static void skip_blanks(struct reading *r)
{
    r->at += strspn(r->at, " \t");
}

static bool take(struct reading *r, const char *word)
{
    size_t n = strlen(word);

    if (strncmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static int take_day(struct reading *r)
{
    for (int day = 0; day < 7; day++)
        if (take(r, days[day]))
            return day;
    return -1;
}

/* "Mo-Fr", "Mo,We", "Mo-We,Sa" as bits; none at all means every day. */
static bool read_days(struct reading *r, unsigned *bits)
{
    *bits = 0x7f;
    if (!isalpha((unsigned char)*r->at) || strncmp(r->at, "off", 3) == 0)
        return true;
    *bits = 0;
    do {
        int first = take_day(r), last = first;

        if (first < 0)
            return complain(r, "the days are Mo Tu We Th Fr Sa Su");
        if (take(r, "-"))
            last = take_day(r);
        if (last < 0)
            return complain(r, "the days are Mo Tu We Th Fr Sa Su");
        *bits |= 1u << last;
        for (int day = first; day != last; day = (day + 1) % 7)
            *bits |= 1u << day;
    } while (take(r, ","));
    return true;
}

static int two_digits(const char *at)
{
    if (!isdigit((unsigned char)at[0]) || !isdigit((unsigned char)at[1]))
        return -1;
    return (at[0] - '0') * 10 + at[1] - '0';
}

static bool read_time(struct reading *r, uint16_t *minute)
{
    int hour = two_digits(r->at), past = -1;

    if (hour >= 0 && r->at[2] == ':')
        past = two_digits(r->at + 3);
    if (past < 0 || past > 59 || hour * 60 + past > HOURS_DAY)
        return complain(r, "a time is written 08:00, from 00:00 to 24:00");
    r->at += 5;
    *minute = (uint16_t)(hour * 60 + past);
    return true;
}

static int by_start(const void *a, const void *b)
{
    const struct hours_span *one = a, *other = b;

    return one->from - other->from;
}

static bool read_spans(struct reading *r, struct hours_span *spans, uint8_t *count)
{
    *count = 0;
    if (take(r, "off") || take(r, "closed"))
        return true;
    do {
        struct hours_span span;

        skip_blanks(r);
        if (!read_time(r, &span.from))
            return false;
        skip_blanks(r);
        if (!take(r, "-"))
            return complain(r, "a span is written 08:00-18:00");
        skip_blanks(r);
        if (!read_time(r, &span.to))
            return false;
        if (span.to <= span.from)
            return complain(r, "it must close after it opens (past midnight: "
                               "\"20:00-24:00\" and \"00:00-02:00\" the next day)");
        if (*count == HOURS_SPANS)
            return complain(r, "at most 4 spans a day");
        spans[(*count)++] = span;
        skip_blanks(r);
    } while (take(r, ","));
    qsort(spans, *count, sizeof *spans, by_start);
    for (int i = 1; i < *count; i++)
        if (spans[i].from < spans[i - 1].to)
            return complain(r, "two spans of a day overlap");
    return true;
}

static bool read_rule(struct reading *r, struct hours *hours)
{
    struct hours_span spans[HOURS_SPANS];
    uint8_t count;
    unsigned bits;

    if (!read_days(r, &bits))
        return false;
    skip_blanks(r);
    if (!read_spans(r, spans, &count))
        return false;
    for (int day = 0; day < 7; day++) {
        if ((bits & 1u << day) == 0)
            continue;
        hours->count[day] = count;
        memcpy(hours->spans[day], spans, count * sizeof *spans);
    }
    return true;
}

bool hours_parse(const char *text, struct hours *hours, char *why, size_t size)
{
    struct reading r = {
        .at = strcmp(text, "24/7") == 0 ? "00:00-24:00" : text, .why = why, .size = size};

    memset(hours, 0, sizeof *hours);
    for (;;) {
        skip_blanks(&r);
        if (!read_rule(&r, hours))
            return false;
        skip_blanks(&r);
        if (*r.at == '\0')
            return true;
        if (!take(&r, ";"))
            return complain(&r, "rules are separated by ;");
    }
}

/* Minutes until the state (open or not) differs from what it is; HOURS_WEEK: never. */
static int to_change(const struct hours *hours, int weekday, int minute)
{
    bool open = hours_open(hours, weekday, minute);

    for (int passed = 0; passed < HOURS_WEEK; passed++) {
        int now = minute + passed;

        if (hours_open(hours, (weekday + now / HOURS_DAY) % 7, now % HOURS_DAY) != open)
            return passed;
    }
    return HOURS_WEEK;
}

bool hours_open(const struct hours *hours, int weekday, int minute)
{
    for (int i = 0; i < hours->count[weekday]; i++)
        if (minute >= hours->spans[weekday][i].from && minute < hours->spans[weekday][i].to)
            return true;
    return false;
}

int hours_to_closing(const struct hours *hours, int weekday, int minute)
{
    return hours_open(hours, weekday, minute) ? to_change(hours, weekday, minute) : 0;
}

int hours_to_opening(const struct hours *hours, int weekday, int minute)
{
    return hours_open(hours, weekday, minute) ? 0 : to_change(hours, weekday, minute);
}
