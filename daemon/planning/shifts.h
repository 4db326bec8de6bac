/* SPDX-License-Identifier: Apache-2.0 */
/* When a site is open, over days past and to come, as spans of seconds from now. Pure but for the
 * process's time zone. */
#ifndef USINE_PLANNING_SHIFTS_H
#define USINE_PLANNING_SHIFTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "config/hours.h"
#include "queue/dispatch.h"

struct shift {
    double from, to; /* seconds from now; to > from; apart and in order */
};

struct shifts {
    struct shift *spans; /* owned */
    size_t count;
    bool always; /* it never closes */
};

/* Opening hours from the day `back` days before now_ms (wall) to the one `ahead` days after it.
 * Spans that touch (24:00 and 00:00) are one. ERR_NO_MEMORY. */
enum err shifts_make(struct shifts *shifts, const struct hours *hours, int64_t now_ms, int back,
                     int ahead);
void shifts_finish(struct shifts *shifts);

bool shifts_open(const struct shifts *shifts, double t);

/* Seconds until it closes; 0 when closed; INFINITY when it never closes. */
double shifts_closes(const struct shifts *shifts, double t);

/* The spans from t on, in seconds from t, at most `most`; the last one has no end when it never
 * closes. Returns how many. */
size_t shifts_ahead(const struct shifts *shifts, double t, struct dispatch_span *spans,
                    size_t most);

/* The moment when `open_s` seconds of opening have passed since t; INFINITY: never. */
double shifts_after(const struct shifts *shifts, double t, double open_s);

/* Seconds of opening between two moments. */
double shifts_between(const struct shifts *shifts, double from, double to);

#endif
