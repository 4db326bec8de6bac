/* SPDX-License-Identifier: Apache-2.0 */
/* The status as text, made once for all who ask until something changes: a hundred pages and
 * scripts that ask at the same time cost one making. */
#ifndef USINE_COMMANDS_STATUS_TEXT_H
#define USINE_COMMANDS_STATUS_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct config;
struct office;

struct status_text {
    char *text; /* owned; NULL: none made yet */
    size_t size;
    uint64_t version;            /* of the queue when it was made */
    const struct config *config; /* the same; compared only */
    int64_t made_ms;             /* monotonic */
};

/* The status as of now, by 250 ms ("at" and the day's end come without a change). Valid until the
 * loop turns. NULL: no memory. */
const char *status_text(struct office *office, size_t *size);

void status_text_finish(struct status_text *status);

#endif
