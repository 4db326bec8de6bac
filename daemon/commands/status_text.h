/* SPDX-License-Identifier: Apache-2.0 */
/* The status as text, made once for all who ask until something changes: a hundred pages and
 * scripts that ask at the same time cost one making. */
#ifndef USINE_COMMANDS_STATUS_TEXT_H
#define USINE_COMMANDS_STATUS_TEXT_H

#include <stdint.h>

#include "shared_text.h"

struct config;
struct office;

struct status_text {
    struct shared_text *made;    /* one use; NULL: none made yet */
    uint64_t version;            /* of the queue when it was made */
    const struct config *config; /* the same; compared only */
    int64_t made_ms;             /* monotonic */
};

/* The status as of now, by 250 ms ("at" and the day's end come without a change). Borrowed: who
 * keeps it beyond the loop's turn uses it. NULL: no memory. */
struct shared_text *status_text(struct office *office);

void status_text_finish(struct status_text *status);

#endif
