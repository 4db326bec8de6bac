/* SPDX-License-Identifier: Apache-2.0 */
/* Opening hours, a small part of OpenStreetMap's opening_hours: "Mo-Fr 08:00-18:00; Sa
 * 09:00-12:00", "08:00-12:00,14:00-18:00" (every day), "Su off", "24/7". A later rule replaces
 * earlier ones for its days. Times are the config's zone. Pure. */
#ifndef USINE_CONFIG_HOURS_H
#define USINE_CONFIG_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HOURS_SPANS = 4,            /* spans a day */
    HOURS_DAY = 24 * 60,        /* minutes */
    HOURS_WEEK = 7 * HOURS_DAY, /* also the answer of "how long" when it never ends */
};

struct hours_span {
    uint16_t from, to; /* minutes of the day, from < to <= 1440 */
};

struct hours {
    struct hours_span spans[7][HOURS_SPANS]; /* by weekday as in struct tm: 0 is Sunday; by time */
    uint8_t count[7];
};

/* Parses text. False and why ("is not understood near ...") otherwise. */
bool hours_parse(const char *text, struct hours *hours, char *why, size_t size);

/* Open at that minute of the day (0..1439) of that weekday (0..6, as tm_wday)? */
bool hours_open(const struct hours *hours, int weekday, int minute);

/* Minutes until it closes, across midnight where the next day begins open; 0 when closed,
 * HOURS_WEEK when it never closes. */
int hours_to_closing(const struct hours *hours, int weekday, int minute);

/* Minutes until it opens; 0 when open, HOURS_WEEK when it never opens. */
int hours_to_opening(const struct hours *hours, int weekday, int minute);

#endif
