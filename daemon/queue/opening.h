/* SPDX-License-Identifier: Apache-2.0 */
/* Opening hours in words, for people who wait. */
#ifndef USINE_QUEUE_OPENING_H
#define USINE_QUEUE_OPENING_H

#include <stdbool.h>
#include <time.h>

#include "config/hours.h"

enum { OPENING_TEXT_MAX = 24 };

/* When the state changes next, seen from now (local time): "at 18:00" today, "tomorrow at 08:00",
 * "Monday at 08:00". False: never. */
bool opening_next(const struct hours *hours, const struct tm *now, char text[OPENING_TEXT_MAX]);

#endif
