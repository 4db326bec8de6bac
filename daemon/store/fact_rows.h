/* SPDX-License-Identifier: Apache-2.0 */
/* What statements about facts of a range have in common. */
#ifndef USINE_STORE_FACT_ROWS_H
#define USINE_STORE_FACT_ROWS_H

#include "query_run.h"
#include "store_fact.h"

static inline void bind_range(struct query *query, const struct fact_range *range)
{
    query_int(query, range->from);
    query_int(query, range->to);
    query_text(query, range->site);
    query_text(query, range->machine);
    query_text(query, range->part);
}

/* False: a kind that a newer program knows. */
static inline bool read_kind(const struct query *query, int column, enum fact_kind *kind)
{
    char name[16];

    query_get_text(query, column, name, sizeof name);
    return fact_kind_parse(name, kind);
}

/* Columns 0 to 3: day, site, machine, part. */
static inline void read_place(const struct query *query, struct fact_total *total)
{
    total->day = (int)query_get_int(query, 0);
    query_get_text(query, 1, total->site, sizeof total->site);
    query_get_text(query, 2, total->machine, sizeof total->machine);
    query_get_text(query, 3, total->part, sizeof total->part);
}

/* Columns 0 to 5: a place, then kind, qty. False: as read_kind. */
static inline bool read_total(const struct query *query, struct fact_total *total)
{
    read_place(query, total);
    total->qty = query_get_int(query, 5);
    return read_kind(query, 4, &total->kind);
}

#endif
