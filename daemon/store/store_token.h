/* SPDX-License-Identifier: Apache-2.0 */
/* What programs and devices get in with: tokens and paired tablets. Store thread or loading. */
#ifndef USINE_STORE_STORE_TOKEN_H
#define USINE_STORE_STORE_TOKEN_H

#include <stdint.h>

#include "db.h"

struct token_row {
    int64_t id;
    char hash[65]; /* SHA-256 of the token */
    int64_t kind;  /* enum token_kind of people/token.h */
    char name[64];
    char roles[2800];
    int64_t person; /* whose it is; 0: nobody's */
    int64_t created_ms;
    char by[64];
    int64_t expires_ms; /* 0: never */
    int64_t used_ms;    /* 0: never */
    int64_t revoked_ms; /* 0: it is not; rows stay, so that numbers are never given twice */
    char contact[128];  /* a maker's: how to reach them */
    char parts[1024];   /* a maker's: what they make, ids, space separated */
};

/* Adds one, or writes down when it was used last, whether it is revoked, and the contact. */
enum err store_token_put(struct db *db, const struct token_row *row);
enum err store_token_each(struct db *db,
                          enum err (*each)(void *context, const struct token_row *row),
                          void *context);

struct tablet_row {
    int64_t id;
    char hash[65]; /* SHA-256 of its cookie */
    char site[64];
    char name[64];
    int64_t created_ms;
    char by[64];
    int64_t seen_ms;
};

/* Adds one, or writes down when it was last seen. */
enum err store_tablet_put(struct db *db, const struct tablet_row *row);
enum err store_tablet_remove(struct db *db, int64_t id); /* and the sessions on it */
enum err store_tablet_each(struct db *db,
                           enum err (*each)(void *context, const struct tablet_row *row),
                           void *context);

#endif
