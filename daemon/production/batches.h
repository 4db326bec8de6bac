/* SPDX-License-Identifier: Apache-2.0 */
/* The last batches of work by hand, and what of each has not been taken back. Asked on the office
 * thread, read on the pool. */
#ifndef USINE_PRODUCTION_BATCHES_H
#define USINE_PRODUCTION_BATCHES_H

#include <stddef.h>

#include "base/err.h"
#include "store/store_batch.h"

struct store;

enum { BATCHES_MAX = 100 };

struct batches_query {
    char site[64]; /* "": all */
    int64_t limit; /* 1..BATCHES_MAX */
};

/* rows, newest first, are borrowed for the call. */
typedef void (*batches_done)(void *context, enum err err, const char *text,
                             const struct batch_row *rows, size_t count);

void batches_read(struct store *store, const struct batches_query *query, batches_done done,
                  void *context);

/* rows: newest first. Sets what is left of each: what was taken back of a lot and step was of the
 * last batch before it that had some left. Those that only take back have nothing left. Pure. */
void batches_match(struct batch_row *rows, size_t count);

#endif
