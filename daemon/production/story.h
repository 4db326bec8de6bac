/* SPDX-License-Identifier: Apache-2.0 */
/* The story of a lot: by whom and of what it was made, what it went into, where its pieces are now,
 * and to whom they were given. Asked on the office thread, read on the pool. */
#ifndef USINE_PRODUCTION_STORY_H
#define USINE_PRODUCTION_STORY_H

#include <stddef.h>

#include "base/err.h"
#include "store/store_lot.h"

/* Said of a lot (%s) of which the ledger knows nothing. */
#define STORY_NONE "nothing is known of a lot \"%s\": \"usine stock --lots\" lists those in stock"

struct store;

/* rows, event by event, are borrowed for the call. */
typedef void (*story_done)(void *context, enum err err, const char *text,
                           const struct lot_row *rows, size_t count);

/* lot: of pieces, of kits, of what was bought, or of a spool or sheets. ERR_NOT_FOUND (by done):
 * the ledger knows nothing of it. */
void story_read(struct store *store, const char *lot, story_done done, void *context);

#endif
