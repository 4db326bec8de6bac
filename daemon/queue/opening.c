/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include <math.h>
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

/* A span that begins where the last one ends continues it: midnight closes nothing. */
static size_t add_span(struct dispatch_span *spans, size_t n, struct dispatch_span span)
{
    if (span.to_s <= 0)
        return n;
    if (n > 0 && spans[n - 1].to_s >= span.from_s) {
        spans[n - 1].to_s = span.to_s;
        return n;
    }
    if (n < DISPATCH_SPANS)
        spans[n++] = (struct dispatch_span){span.from_s > 0 ? span.from_s : 0, span.to_s};
    return n;
}

size_t opening_spans(const struct hours *hours, const struct tm *now,
                     struct dispatch_span spans[DISPATCH_SPANS])
{
    double since = ((double)now->tm_hour * 60 + now->tm_min) * 60 + now->tm_sec;
    size_t n = 0;

    for (int day = 0; day < 8 && n < DISPATCH_SPANS; day++) {
        int weekday = (now->tm_wday + day) % 7;

        for (int i = 0; i < hours->count[weekday]; i++) {
            const struct hours_span *span = &hours->spans[weekday][i];
            double from = (day * HOURS_DAY + span->from) * 60.0 - since;
            double to = (day * HOURS_DAY + span->to) * 60.0 - since;

            n = add_span(spans, n, (struct dispatch_span){from, to});
        }
    }
    if (n == 1 && spans[0].from_s <= 0 && spans[0].to_s >= HOURS_WEEK * 60.0)
        spans[0].to_s = (double)INFINITY;
    return n;
}

void opening_site(struct dispatch_site *site, const struct hours *hours, const struct hours *quiet,
                  const struct tm *now)
{
    site->span_count = opening_spans(hours, now, site->spans);
    site->open = site->span_count > 0 && site->spans[0].from_s <= 0;
    site->closes_s = site->open ? site->spans[0].to_s : 0;
    site->quiet = hours_open(quiet, now->tm_wday, now->tm_hour * 60 + now->tm_min);
}
