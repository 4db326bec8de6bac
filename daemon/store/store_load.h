/* SPDX-License-Identifier: Apache-2.0 */
/* What is loaded on each machine. */
#ifndef USINE_STORE_STORE_LOAD_H
#define USINE_STORE_STORE_LOAD_H

#include "db.h"
#include "store_run.h"

struct load_row {
    char machine[64];
    char material[32]; /* "PETG"; "": as the config says */
    char lot[64];      /* of the spool or the sheets; "": not said */
    int64_t at_ms;     /* wall */
    char by[64];
};

/* Within the caller's transaction. */
enum err store_load_put(struct db *db, const struct load_row *row);

enum err store_load_each(struct db *db, void (*each)(void *context, const struct load_row *row),
                         void *context);

/* The spool of a run was changed on the way. Takes id, loaded, spool and booked. */
enum err store_run_spool(struct db *db, const struct run_row *row);

#endif
