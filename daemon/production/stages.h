/* SPDX-License-Identifier: Apache-2.0 */
/* How far work by hand has come: of each lot in stock, the pieces whose last step is this one, in
 * memory on the office thread, beside struct stock. Plain sums of facts, so that their order does
 * not matter; what has passed no step is the stock's rest (hand_work.h). */
#ifndef USINE_PRODUCTION_STAGES_H
#define USINE_PRODUCTION_STAGES_H

#include "store/fact.h"
#include "store/store_stock.h"

struct stages;

struct stages *stages_create(void); /* NULL: no memory */
void stages_destroy(struct stages *stages);

/* Adds what the database says. */
enum err stages_load(struct stages *stages, struct db *db);

/* Counts a fact that has been committed; most change nothing. ERR_NO_MEMORY. */
enum err stages_count(struct stages *stages, const struct fact *fact);

struct stage_key {
    const char *site, *part, *lot, *step; /* borrowed */
};

/* Pieces in stock whose last step this is; 0 for step "". Below 0 while facts that belong together
 * have not all come. */
int64_t stages_of(const struct stages *stages, const struct stage_key *key);

/* Pieces thrown away when this was their last step ("": before the first). */
int64_t stages_discarded(const struct stages *stages, const struct stage_key *key);

#endif
