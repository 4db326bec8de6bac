/* SPDX-License-Identifier: Apache-2.0 */
/* A bounded byte queue over memory you give: append at the end, take from the front. */
#ifndef USINE_BASE_BUF_H
#define USINE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *bytes;  /* borrowed */
    size_t size;  /* of bytes */
    size_t start; /* first used byte */
    size_t used;
};

void buf_init(struct buf *buf, char *bytes, size_t size);

/* All of it or nothing: false when it does not fit. */
bool buf_append(struct buf *buf, const char *bytes, size_t n);

/* The unread bytes, contiguous; *n says how many. */
const char *buf_peek(const struct buf *buf, size_t *n);

/* Drops n (<= used) bytes from the front. */
void buf_drop(struct buf *buf, size_t n);

#endif
