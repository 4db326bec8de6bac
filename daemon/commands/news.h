/* SPDX-License-Identifier: Apache-2.0 */
/* What changed since one looked last: for those who follow live. */
#ifndef USINE_COMMANDS_NEWS_H
#define USINE_COMMANDS_NEWS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct office;
struct machine_view;

struct news {
    struct office *office;       /* borrowed */
    struct machine_view *shadow; /* owned: the views as last told */
    size_t shadow_count;
    uint64_t version; /* of the queue, as last told */
    uint64_t log_seq; /* last row told */
};

/* All is as of now. */
void news_begin(struct news *news, struct office *office);
void news_finish(struct news *news);

/* {"items": [machines that changed in more than counters]}, the caller's; NULL: none. *other true:
 * they are other machines than last time, only a whole status will do. */
cJSON *news_machines(struct news *news, bool *other);

/* {"items": [counters and readings of machines whose changed]}: a fraction of the whole. NULL:
 * none. After news_machines. */
cJSON *news_progress(struct news *news);

/* "today" of the status, if counts may have changed; NULL: no. */
cJSON *news_today(struct news *news);

/* The next row of the log not yet told; NULL: none. */
cJSON *news_log(struct news *news);

#endif
