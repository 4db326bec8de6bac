/* SPDX-License-Identifier: Apache-2.0 */
/* What is bought: parts, filament, sheets. How much there is, how much goes a day, and what the
 * orders still need of it. Office thread. */
#ifndef USINE_QUEUE_CONSUMABLE_H
#define USINE_QUEUE_CONSUMABLE_H

#include "production/cover.h"
#include "queue.h"

struct consumable {
    const struct config_part *part; /* borrowed from the config */
    const char *site;               /* borrowed; NULL: all of them together */
    int64_t stock, needed;
    struct cover cover;
};

/* For each part of the config that is bought one row of all sites, followed by one for each site
 * that used some of it lately: with its own stock, whose low says that it runs out there. *items is
 * malloc'ed, the caller's; NULL: no memory. */
struct consumable *queue_consumables(struct queue *queue, size_t *count);

/* Says of a low one what to do: "elastique: 120 left, enough for 1.2 days; …". */
void consumable_words(const struct consumable *consumable, char *text, size_t size);

#endif
