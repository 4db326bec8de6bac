/* SPDX-License-Identifier: Apache-2.0 */
/* Names as small numbers, so that a report compares and sorts numbers. Pure but for the memory. */
#ifndef USINE_PRODUCTION_NAME_POOL_H
#define USINE_PRODUCTION_NAME_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed: empty. */
struct name_pool {
    char **texts;    /* of number n: texts[n - 1]; owned */
    uint32_t *index; /* hash -> number; owned */
    size_t count, room;
};

void name_pool_finish(struct name_pool *pool);

/* The number of a name, given now if it has none: from 1; 0 for "" and NULL. False: no memory. */
bool name_pool_number(struct name_pool *pool, const char *name, uint32_t *number);

/* "" for 0. Valid until name_pool_finish. */
const char *name_pool_text(const struct name_pool *pool, uint32_t number);

/* The pool's own copy of a name; NULL: no memory. Valid until name_pool_finish. */
const char *name_pool_keep(struct name_pool *pool, const char *name);

/* Where each number comes in the order of the names, by number; [0] is 0. malloc'ed; NULL: no
 * memory. */
uint32_t *name_pool_ranks(const struct name_pool *pool);

#endif
