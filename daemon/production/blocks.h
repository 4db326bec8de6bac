/* SPDX-License-Identifier: Apache-2.0 */
/* Lots of which nothing may be used: the last word about each lot, in memory on the office thread,
 * beside struct stock. Of two words the later one holds, of two of one time the one that blocks, so
 * that the order in which facts come does not matter. */
#ifndef USINE_PRODUCTION_BLOCKS_H
#define USINE_PRODUCTION_BLOCKS_H

#include <stddef.h>

#include "lot.h"
#include "store/fact.h"
#include "store/store_lot.h"

struct blocks;

struct blocks *blocks_create(void); /* NULL: no memory */
void blocks_destroy(struct blocks *blocks);

/* Adds what the database says. */
enum err blocks_load(struct blocks *blocks, struct db *db);

/* Takes a fact that has been committed; most change nothing. ERR_NO_MEMORY. */
enum err blocks_count(struct blocks *blocks, const struct fact *fact);

/* Who blocked a lot, when and why; NULL: nobody has, or it was released. blocks NULL: none are. */
const struct lot_block *blocks_find(const struct blocks *blocks, const char *lot);

/* A lot about which a word was ever said takes no more pieces: gives the name a number behind it
 * (-2, -3…) until nobody has said one. blocks NULL: leaves it. */
void blocks_fresh(const struct blocks *blocks, char lot[LOT_SIZE]);

/* The last word about a lot, whichever it is; NULL: there never was one. */
const struct lot_block *blocks_last(const struct blocks *blocks, const char *lot);

/* The i-th lot that is blocked, by name; NULL after the last. */
const struct lot_block *blocks_at(const struct blocks *blocks, size_t i);

#endif
