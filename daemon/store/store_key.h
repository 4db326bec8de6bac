/* SPDX-License-Identifier: Apache-2.0 */
/* Idempotency-Keys of what was done: written in the transaction of what they were shown with, so
 * that one who asks again, also after a crash, finds that it was done. */
#ifndef USINE_STORE_STORE_KEY_H
#define USINE_STORE_STORE_KEY_H

#include "db.h"

enum { STORE_KEY_MS = 24 * 3600 * 1000 }; /* they are kept so long */

struct store_key {
    char command[48]; /* its name */
    char by[64];      /* who asked */
    char key[129];
    char fields[65]; /* a hash of what was asked */
    int64_t at_ms;   /* wall */
    int64_t id;      /* of what was made; 0: it has none */
    char text[320];  /* what was done, in words */
};

/* Within the caller's transaction. ERR_REFUSED: it was used before. Those that are too old by
 * at_ms go. */
enum err store_key_add(struct db *db, const struct store_key *key);

/* Those of since_ms and later, oldest first, handed to `each` until it fails. */
enum err store_key_each(struct db *db, int64_t since_ms,
                        enum err (*each)(void *context, const struct store_key *key),
                        void *context);

#endif
