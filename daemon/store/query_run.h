/* SPDX-License-Identifier: Apache-2.0 */
/* Shorthand for the nouns of this room. */
#ifndef USINE_STORE_QUERY_RUN_H
#define USINE_STORE_QUERY_RUN_H

#include "db.h"
#include "statements.h"

/* Steps a statement that gives no rows to its end. */
static inline enum err query_finish(struct query *query)
{
    while (query_step(query) == STEP_ROW)
        continue;
    return query->err;
}

/* The one whole number a bound statement gives; 0 without a row. */
static inline enum err query_number(struct query *query, int64_t *number)
{
    *number = 0;
    if (query_step(query) == STEP_ROW)
        *number = query_get_int(query, 0);
    return query_finish(query);
}

#endif
