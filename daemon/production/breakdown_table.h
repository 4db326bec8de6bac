/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a breakdown while they are added up. Pure but for the memory. */
#ifndef USINE_PRODUCTION_BREAKDOWN_TABLE_H
#define USINE_PRODUCTION_BREAKDOWN_TABLE_H

#include <stdbool.h>

#include "breakdown.h"
#include "store/store_fact.h"

/* Where something belongs; NULL or "": nowhere. */
struct breakdown_place {
    int day; /* 0: none */
    const char *site, *machine, *part, *shift, *reason;
};

struct breakdown_cycle {
    size_t row;
    double took_s;
};

struct breakdown_table {
    unsigned groups;
    const struct config *config;
    struct breakdown_row *rows; /* owned */
    size_t count, room;
    size_t *index; /* hash -> row + 1; owned */
    size_t slots;
    size_t last;             /* the row found last */
    struct breakdown_row at; /* names of the place it was found for, whole */
    int at_day;
    struct breakdown_cycle *cycles; /* owned */
    size_t cycle_count, cycle_room;
};

/* config outlives it. */
void breakdown_table_init(struct breakdown_table *table, unsigned groups,
                          const struct config *config);
void breakdown_table_finish(struct breakdown_table *table);

/* The row of a place, made when there is none yet; valid until the next call. NULL: no memory. */
struct breakdown_row *breakdown_table_row(struct breakdown_table *table,
                                          const struct breakdown_place *place);

/* Adds what facts of a kind come to, `count` of them. What no row counts is left out. False: no
 * memory. */
bool breakdown_table_add(struct breakdown_table *table, const struct breakdown_place *place,
                         const struct fact_total *total);

/* Adds a finished run. */
bool breakdown_table_cycle(struct breakdown_table *table, const struct breakdown_place *place,
                           double took_s, double planned_s);

/* Works out medians and puts the rows into order. */
void breakdown_table_settle(struct breakdown_table *table);

#endif
