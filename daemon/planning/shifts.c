/* SPDX-License-Identifier: Apache-2.0 */
#include "shifts.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/* The wall second of a minute of a day; clocks that are put back or forward are the zone's work. */
static double wall_second(const struct tm *day, int minute, int64_t now_ms)
{
    struct tm tm = {.tm_year = day->tm_year,
                    .tm_mon = day->tm_mon,
                    .tm_mday = day->tm_mday,
                    .tm_min = minute,
                    .tm_isdst = -1};

    return (double)mktime(&tm) - (double)now_ms / 1000.0;
}

static void add(struct shifts *shifts, double from, double to)
{
    struct shift *last = shifts->count > 0 ? &shifts->spans[shifts->count - 1] : NULL;

    if (to <= from)
        return;
    if (last != NULL && from <= last->to)
        last->to = to > last->to ? to : last->to;
    else
        shifts->spans[shifts->count++] = (struct shift){from, to};
}

enum err shifts_make(struct shifts *shifts, const struct hours *hours, int64_t now_ms, int back,
                     int ahead)
{
    time_t now = (time_t)(now_ms / 1000);
    struct tm today;

    localtime_r(&now, &today);
    *shifts = (struct shifts){.always = hours_to_closing(hours, 0, 0) >= HOURS_WEEK};
    shifts->spans = calloc((size_t)(back + ahead + 1) * HOURS_SPANS, sizeof *shifts->spans);
    if (shifts->spans == NULL)
        return ERR_NO_MEMORY;
    for (int i = -back; i <= ahead; i++) {
        struct tm day = today;
        int weekday = ((today.tm_wday + i) % 7 + 7) % 7;

        day.tm_mday += i;
        for (int k = 0; k < hours->count[weekday]; k++)
            add(shifts, wall_second(&day, hours->spans[weekday][k].from, now_ms),
                wall_second(&day, hours->spans[weekday][k].to, now_ms));
    }
    return ERR_OK;
}

void shifts_finish(struct shifts *shifts)
{
    free(shifts->spans);
    *shifts = (struct shifts){0};
}

/* Index of the span that holds t or comes next; count: none does. */
static size_t span_at(const struct shifts *shifts, double t)
{
    size_t low = 0, high = shifts->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (shifts->spans[middle].to <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool shifts_open(const struct shifts *shifts, double t)
{
    size_t i = span_at(shifts, t);

    return i < shifts->count && shifts->spans[i].from <= t;
}

double shifts_closes(const struct shifts *shifts, double t)
{
    size_t i = span_at(shifts, t);

    if (i == shifts->count || shifts->spans[i].from > t)
        return 0;
    return shifts->always ? (double)INFINITY : shifts->spans[i].to - t;
}

size_t shifts_ahead(const struct shifts *shifts, double t, struct dispatch_span *spans, size_t most)
{
    size_t n = 0;

    for (size_t i = span_at(shifts, t); i < shifts->count && n < most; i++)
        spans[n++] =
            (struct dispatch_span){fmax(shifts->spans[i].from - t, 0),
                                   shifts->always ? (double)INFINITY : shifts->spans[i].to - t};
    return n;
}

double shifts_after(const struct shifts *shifts, double t, double open_s)
{
    for (size_t i = span_at(shifts, t); i < shifts->count; i++) {
        double from = shifts->spans[i].from > t ? shifts->spans[i].from : t;

        if (from + open_s < shifts->spans[i].to)
            return from + open_s;
        open_s -= shifts->spans[i].to - from;
    }
    return (double)INFINITY;
}

double shifts_between(const struct shifts *shifts, double from, double to)
{
    double sum = 0;

    for (size_t i = span_at(shifts, from); i < shifts->count && shifts->spans[i].from < to; i++) {
        double a = shifts->spans[i].from > from ? shifts->spans[i].from : from;
        double b = shifts->spans[i].to < to ? shifts->spans[i].to : to;

        sum += b > a ? b - a : 0;
    }
    return sum;
}
