/* SPDX-License-Identifier: Apache-2.0 */
/* What is so at the moment, since when, and which rules have told of it. What comes and goes within
 * a hold time is one and the same. Pure memory. */
#ifndef USINE_NOTICES_SIGHTING_H
#define USINE_NOTICES_SIGHTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rule.h"

enum { SIGHTING_NEEDS_MS = 2 * 60 * 1000, SIGHTING_DOWN_MS = 15 * 60 * 1000 };

struct sighting {
    enum notice_kind kind;
    char subject[64];
    int64_t mark;              /* tells one time from the next: the run it is about */
    int64_t since_ms, seen_ms; /* wall: first and last seen */
    int64_t *told;             /* rules; owned */
    size_t told_count;
};

struct sightings {
    struct sighting *items; /* by kind, subject, mark; owned */
    size_t count, room;
};

/* The one like this, a new one since now_ms if there is none; seen now. NULL: no memory. Valid
 * until the next call. */
struct sighting *sightings_take(struct sightings *sightings, const struct sighting *like,
                                int64_t now_ms);

bool sighting_was_told(const struct sighting *sighting, int64_t rule);

/* False: no memory. */
bool sighting_tell(struct sighting *sighting, int64_t rule);

/* Forgets what was not seen for the hold time of its kind; of what had been told, tells gone first.
 */
void sightings_sweep(struct sightings *sightings, int64_t now_ms,
                     void (*gone)(void *context, const struct sighting *sighting), void *context);

void sightings_finish(struct sightings *sightings);

#endif
