/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a breakdown while they are added up. Pure but for the memory. */
#ifndef USINE_PRODUCTION_BREAKDOWN_TABLE_H
#define USINE_PRODUCTION_BREAKDOWN_TABLE_H

#include <stdbool.h>

#include "breakdown.h"
#include "name_pool.h"
#include "store/store_fact.h"

/* Where something belongs; NULL or "": nowhere. */
struct breakdown_place {
    int day; /* 0: none */
    const char *site, *machine, *part, *reason;
    const char *shift; /* the same text lies in the same place as long as the table lives */
    bool same;         /* day, site, machine and part are those of the place before */
};

/* What tells rows apart, in the order of enum breakdown_group: numbers of names; the day itself. */
struct breakdown_key {
    uint32_t of[BREAKDOWN_GROUPS];
};

struct breakdown_cycle {
    size_t row;
    double took_s;
};

struct breakdown_table {
    unsigned groups;
    const struct config *config;
    struct breakdown_row *rows; /* seconds: milliseconds until they are settled; owned */
    struct breakdown_key *keys; /* by row; owned */
    size_t count, room;
    uint32_t *index; /* hash -> row + 1; owned */
    size_t last;     /* the row found last */
    struct name_pool names;
    struct breakdown_key at;        /* what was asked for last */
    const char *shift;              /* named in it */
    struct name_pool known;         /* the config's machines, numbered as they stand there */
    struct breakdown_cycle *cycles; /* owned */
    size_t cycle_count, cycle_room;
};

/* config outlives it. False: no memory. */
bool breakdown_table_init(struct breakdown_table *table, unsigned groups,
                          const struct config *config);
void breakdown_table_finish(struct breakdown_table *table);

/* Adds what facts of a kind come to, `count` of them. What no row counts is left out. False: no
 * memory. */
bool breakdown_table_add(struct breakdown_table *table, const struct breakdown_place *place,
                         const struct fact_total *total);

/* Adds a finished run. */
bool breakdown_table_cycle(struct breakdown_table *table, const struct breakdown_place *place,
                           double took_s, double planned_s);

/* Works out medians and puts the rows into order. False: no memory. */
bool breakdown_table_settle(struct breakdown_table *table);

#endif
