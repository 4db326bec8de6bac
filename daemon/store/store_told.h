/* SPDX-License-Identifier: Apache-2.0 */
/* Which conditions people were told of, so that a restart does not tell them again. */
#ifndef USINE_STORE_STORE_TOLD_H
#define USINE_STORE_STORE_TOLD_H

#include <stdint.h>

#include "db.h"

struct told_row {
    int64_t rule; /* 0: all that were there then */
    int64_t kind; /* enum notice_kind */
    char subject[64];
    int64_t mark; /* tells one time from the next */
    int64_t since_ms;
};

enum err store_told_add(struct db *db, const struct told_row *row);

/* Of kind, subject and mark, for all rules. */
enum err store_told_remove(struct db *db, const struct told_row *row);

/* By kind, subject, mark. */
enum err store_told_each(struct db *db, enum err (*each)(void *context, const struct told_row *row),
                         void *context);

/* *begun: somebody has looked out for things to tell before. From now on they have. */
enum err store_told_begun(struct db *db, int64_t *begun);
enum err store_told_begin(struct db *db);

#endif
