/* SPDX-License-Identifier: Apache-2.0 */
/* Where a lot came from, and what became of it: queries over the ledger, with no table of its own
 * that could say otherwise. */
#ifndef USINE_STORE_STORE_LOT_H
#define USINE_STORE_STORE_LOT_H

#include "db.h"

/* What a row of a lot's story says. "Ahead" are the lot and the kits it went into, and theirs;
 * "behind" are the lot and what went into it. A lot of material stands for the lots made of it. */
enum lot_event {
    LOT_MADE,      /* behind: qty good pieces of a run, corrections counted in */
    LOT_RECEIVED,  /* behind: qty came in; reason */
    LOT_WENT_INTO, /* ahead: qty pieces of lot went into kit_lot */
    LOT_CAME_FROM, /* behind: qty pieces of lot went into kit_lot */
    LOT_IN_STOCK,  /* ahead: qty lie at site now */
    LOT_SHIPPED,   /* ahead: qty left site; reason: for whom */
    LOT_DISCARDED, /* ahead: qty were thrown away (below 0: taken back), or found bad when received;
                      reason */
    LOT_ASSEMBLED, /* behind: qty kits were put together */
    LOT_STEPPED,   /* both: step was done by hand with qty (below 0: taken back); reason: how */
    LOT_BLOCKED,   /* both: from now on none of it was to be used; qty: what was in stock; reason */
    LOT_RELEASED,  /* both: it might be used again; the same */
    LOT_EVENTS,
};

struct lot_row {
    enum lot_event event;
    char lot[64];
    char item[64]; /* part or product */
    char site[64];
    int64_t qty;
    int64_t at_ms; /* wall, the first time; 0: now */
    char by[64];
    char reason[160];
    char kit_lot[64];
    char step[64]; /* LOT_STEPPED */
    /* LOT_MADE */
    int64_t run;
    char machine[64];
    char program[128];
    char sha256[65];
    char material[160]; /* all its lots: "SPOOL-17, SPOOL-18" */
    /* LOT_RECEIVED */
    int64_t declaration; /* a maker's; 0: bought */
    char origin[64];     /* that maker */
};

const char *lot_event_name(enum lot_event event); /* "made" */

/* The rows of a lot, event by event, oldest first. row is borrowed for the call of each, which
 * returns false to end with ERR_NO_MEMORY. */
enum err store_lot_story(struct db *db, const char *lot,
                         bool (*each)(void *context, const struct lot_row *row), void *context);

/* The lots that a word about one means, as a person gives it: itself, or those made of it if it is
 * a material; with the kits they went into, and theirs, if so asked. None if the ledger knows
 * nothing of it. each as above. */
enum err store_lot_family(struct db *db, const char *lot, bool kits,
                          bool (*each)(void *context, const char *lot), void *context);

/* The lot that the verdict of a run made pieces of; left alone if it made none. */
enum err store_lot_of_run(struct db *db, int64_t run, char lot[64]);

/* The last word about a lot (FACT_BLOCKED or FACT_RELEASED). */
struct lot_block {
    char lot[64];
    int64_t at_ms; /* wall */
    bool blocked;
    char by[64];
    char reason[160];
};

/* The last word about every lot there is one of, by lot. */
enum err store_lot_blocks(struct db *db,
                          enum err (*each)(void *context, const struct lot_block *block),
                          void *context);

#endif
