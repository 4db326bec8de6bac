/* SPDX-License-Identifier: Apache-2.0 */
/* What makers without a daemon say they made and dropped: no stock before somebody at the site has
 * received it. A declaration is closed once (a trigger sees to it) and never deleted. */
#ifndef USINE_STORE_STORE_DECLARATION_H
#define USINE_STORE_STORE_DECLARATION_H

#include <stdbool.h>
#include <stdint.h>

#include "db.h"

enum declaration_state {
    DECLARATION_WAITING,   /* to be received */
    DECLARATION_RECEIVED,  /* good pieces are stock, scrap was thrown away */
    DECLARATION_REFUSED,   /* none was taken; reason */
    DECLARATION_WITHDRAWN, /* by its maker, before anybody received it */
};

struct declaration_row {
    int64_t id;       /* given by the store */
    int64_t maker;    /* the link (a token) it was declared by */
    char mark[64];    /* the maker's page's own name for it: one declares it once */
    char name[64];    /* of the maker, as the link said then */
    char site[64];    /* where it was dropped */
    char part[64];    /* part or product */
    int64_t quantity; /* declared */
    int made_day;     /* yyyymmdd */
    char material[64];
    char note[256];
    char lot[64];
    int64_t at_ms; /* wall: declared */
    enum declaration_state state;
    int64_t good, scrap; /* as counted by who received it */
    char reason[160];    /* of scrap, of a surplus, or of a refusal */
    int64_t closed_ms;   /* wall; 0: it waits */
    char by[64];         /* who received or refused it */
};

const char *declaration_state_name(enum declaration_state state); /* "waiting" */

/* How much one link may declare. */
struct declaration_limits {
    int64_t open;     /* that wait at the same time */
    int64_t since_ms; /* wall: the window begins */
    int64_t lately;   /* in that window */
};

/* Within the caller's transaction. Takes maker to at_ms but id; sets id. A mark that the maker has
 * used gives the row as it is now, and *fresh is false. ERR_REFUSED: too many wait; ERR_TOO_MANY:
 * too many lately, *oldest_ms is when the first of them was declared; ERR_BUSY: its lot's name is
 * taken, which the next millisecond cures. */
enum err store_declaration_add(struct db *db, struct declaration_row *row,
                               const struct declaration_limits *limits, bool *fresh,
                               int64_t *oldest_ms);

/* Within the caller's transaction. Takes id, state, good, scrap, reason, closed_ms, by.
 * ERR_REFUSED: it is closed already, or there is none. */
enum err store_declaration_close(struct db *db, const struct declaration_row *row);

/* Those that wait, oldest first; each returns an error to end. */
enum err store_declaration_open(struct db *db,
                                enum err (*each)(void *context, const struct declaration_row *row),
                                void *context);

struct declaration_range {
    int64_t before; /* ids below this */
    int64_t limit;
    int64_t maker;    /* 0: all */
    const char *site; /* "" or NULL: all */
    bool waiting;     /* only those */
};

/* Newest first; row is borrowed for the call of each. */
enum err store_declaration_page(struct db *db, const struct declaration_range *range,
                                void (*each)(void *context, const struct declaration_row *row),
                                void *context);

#endif
