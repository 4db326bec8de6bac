/* SPDX-License-Identifier: Apache-2.0 */
/* The audit log: who did what, from where, with what outcome. Rows are never changed or deleted
 * (triggers), and each row's hash covers the one before, so that a hand in the file shows. */
#ifndef USINE_STORE_STORE_AUDIT_H
#define USINE_STORE_STORE_AUDIT_H

#include <stdint.h>

#include "base/hash.h"
#include "db.h"

struct audit_row {
    int64_t seq; /* from 1, without gaps */
    int64_t at_ms;
    char who[64];     /* a login, "token:NAME", what the socket's user calls themselves */
    char via[64];     /* "session 12", "token 3", "socket, uid 1000" */
    char address[64]; /* "" : the socket */
    char command[48]; /* "machine.clear" */
    char object[128]; /* what it was about: the {id} of the route */
    char site[64];
    int64_t status;    /* of the answer, as in HTTP */
    char outcome[200]; /* "done", or why not */
    char detail[400];  /* the fields that came with it, without secrets */
    char hash[HASH_TEXT_SIZE];
};

/* Appends; seq and hash are given here. row->seq says how many rows there were at least: when some
 * of them have gone from the end, a gap stays where they were, for good. */
enum err store_audit_add(struct db *db, struct audit_row *row);

/* Which rows: before this seq, at most limit, of this person and command ("" any). */
struct audit_page {
    int64_t before, limit;
    const char *who, *command;
};

/* Newest first. */
enum err store_audit_page(struct db *db, const struct audit_page *page,
                          enum err (*each)(void *context, const struct audit_row *row),
                          void *context);

struct audit_check {
    char wanted[HASH_TEXT_SIZE]; /* set by the asker: a hash noted earlier, or its beginning; "" */
    int64_t wanted_at;           /* the row that has it; 0: none */
    int64_t rows;
    int64_t broken;            /* the first seq that does not follow from the one before; 0: none */
    char head[HASH_TEXT_SIZE]; /* hash of the last row; "" without rows */
};

/* Computes the whole chain anew. */
enum err store_audit_verify(struct db *db, struct audit_check *check);

#endif
