/* SPDX-License-Identifier: Apache-2.0 */
/* Opening hours, seen from now: in words for people who wait, in seconds for the dispatcher. */
#ifndef USINE_QUEUE_OPENING_H
#define USINE_QUEUE_OPENING_H

#include <stdbool.h>
#include <time.h>

#include "config/hours.h"
#include "dispatch.h"

enum { OPENING_TEXT_MAX = 24 };

/* When the state changes next, seen from now (local time): "at 18:00" today, "tomorrow at 08:00",
 * "Monday at 08:00". False: never. */
bool opening_next(const struct hours *hours, const struct tm *now, char text[OPENING_TEXT_MAX]);

/* The open spans of the coming week from now on, as many as there is room for; returns how many.
 * Always open: one span without an end. */
size_t opening_spans(const struct hours *hours, const struct tm *now,
                     struct dispatch_span spans[DISPATCH_SPANS]);

/* All of a site that depends on the time. */
void opening_site(struct dispatch_site *site, const struct hours *hours, const struct hours *quiet,
                  const struct tm *now);

#endif
