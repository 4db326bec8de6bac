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
    const char *site, *machine, *part;
};

/* What tells things of one place apart. */
struct breakdown_mark {
    const char *shift;  /* the same text lies in the same place as long as the table lives */
    const char *reason; /* NULL or "": none */
};

/* What tells rows apart, in the order of enum breakdown_group: numbers of names; the day itself. */
struct breakdown_key {
    uint32_t of[BREAKDOWN_GROUPS];
};

struct breakdown_cycle {
    size_t row;
    double took_s;
};

/* Where days are told apart, each day's rows are put into order behind those of the days before
 * when the next one comes: what is looked at again and again is small. Else there is one stretch of
 * rows, all of them. */
struct breakdown_table {
    unsigned groups;
    const struct config *config;
    size_t max;                 /* rows, at most; 0: any number */
    bool full;                  /* there would be more */
    struct breakdown_row *rows; /* in order; owned */
    size_t count, room;
    struct breakdown_row *stretch; /* rows under way, seconds: milliseconds; owned */
    struct breakdown_key *keys;    /* of each; owned */
    uint32_t *index;               /* hash -> row of the stretch + 1; owned */
    size_t stretch_count, stretch_room;
    struct breakdown_cycle *cycles; /* of its rows; owned */
    size_t cycle_count, cycle_room;
    struct name_pool names;
    uint32_t *ranks; /* of `ranked` names; owned */
    size_t ranked;
    int day;                 /* of the place */
    struct breakdown_key at; /* place and mark, by number */
    const char *shift;       /* named in it */
    size_t last;             /* the row found last */
    bool moved;              /* `at` is another one since */
    struct name_pool known;  /* the config's machines, numbered as they stand there */
};

/* config outlives it. max: rows, 0: any number. False: no memory. */
bool breakdown_table_init(struct breakdown_table *table, unsigned groups, size_t max,
                          const struct config *config);
void breakdown_table_finish(struct breakdown_table *table);

/* What follows belongs there. Days only go on. False: no memory. */
bool breakdown_table_place(struct breakdown_table *table, const struct breakdown_place *place);

/* Adds what facts of a kind come to, `count` of them. What no row counts is left out. False: no
 * memory, or the table is full. Rows are ready after breakdown_settle. */
bool breakdown_table_add(struct breakdown_table *table, const struct breakdown_mark *mark,
                         const struct fact_total *total);

/* Adds a finished run; as above. */
bool breakdown_table_cycle(struct breakdown_table *table, const struct breakdown_mark *mark,
                           double took_s, double planned_s);

#endif
