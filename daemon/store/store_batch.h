/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of work by hand, as the ledger has them: what one person counted at once of one lot. */
#ifndef USINE_STORE_STORE_BATCH_H
#define USINE_STORE_STORE_BATCH_H

#include "db.h"

struct batch_row {
    int64_t at_ms; /* wall */
    char site[64];
    char item[64]; /* part or product */
    char lot[64];  /* "": pieces of no lot */
    char step[64];
    char by[64];
    int64_t quantity;         /* done; below 0: taken back */
    int64_t scrap;            /* found bad at it; below 0: good after all */
    int64_t left, left_scrap; /* of them not taken back since; set by batches_match */
    char note[160];           /* how it was done, or why it was taken back */
    char reason[160];         /* of the scrap */
};

/* The last ones at a site ("": at all), newest first; a batch has one fact or two, of the last
 * `facts` of them. row is borrowed for the call of each, which returns false to end with
 * ERR_NO_MEMORY. */
enum err store_batch_last(struct db *db, const char *site, int64_t facts,
                          bool (*each)(void *context, const struct batch_row *row), void *context);

#endif
