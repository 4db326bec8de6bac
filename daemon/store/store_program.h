/* SPDX-License-Identifier: Apache-2.0 */
/* The programs' table. Within the caller's transaction. */
#ifndef USINE_STORE_STORE_PROGRAM_H
#define USINE_STORE_STORE_PROGRAM_H

#include "db.h"

enum { PROGRAM_BODY_MAX = 2 * 1024 * 1024 };

struct program_row { /* texts are borrowed */
    const char *sha256;
    const char *name;
    const char *body; /* JSON; shorter than PROGRAM_BODY_MAX */
    const char *by;
    int64_t added_ms;
    bool removed;
};

/* Adds, or renews an old one of the same hash (which is then no longer removed). */
enum err store_program_put(struct db *db, const struct program_row *row);

enum err store_program_remove(struct db *db, const char *sha256);

/* Hands each row, oldest first, to `each` until that fails. */
enum err store_program_each(struct db *db,
                            enum err (*each)(void *context, const struct program_row *row),
                            void *context);

/* Of runs that ended since then and are judged: pieces they should have made, and good ones, by
 * program. */
enum err store_program_yields(struct db *db, int64_t since_ms,
                              void (*each)(void *context, const char *sha256, int64_t pieces,
                                           int64_t good),
                              void *context);

#endif
