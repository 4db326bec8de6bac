/* SPDX-License-Identifier: Apache-2.0 */
/* One database connection, whatever is behind it. Used on one thread at a time: the store's thread
 * within a transaction, or a worker for a report. Statements are named rows of statements.h. */
#ifndef USINE_STORE_DB_H
#define USINE_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* A statement being run: bind in order, step, read columns from 0. Errors stick: after one, further
 * calls do nothing and query_step returns it. On the stack; ended by its last step. */
struct query {
    struct db *db;
    void *handle;
    int bound;
    enum err err;
};

enum step { STEP_ROW, STEP_DONE, STEP_FAILED }; /* failed: query.err says how */

void query_begin(struct query *query, struct db *db, int statement);
void query_int(struct query *query, int64_t value);
void query_real(struct query *query, double value);      /* NAN becomes NULL */
void query_text(struct query *query, const char *value); /* copied; NULL and "" become "" */
enum step query_step(struct query *query);
int64_t query_get_int(const struct query *query, int column);
double query_get_real(const struct query *query, int column); /* NULL: NAN */
void query_get_text(const struct query *query, int column, char *text, size_t size);

/* The column's text where it lies, with its size; valid until the next step. Never NULL. */
const char *query_peek_text(const struct query *query, int column, size_t *size);

/* ERR_DISK, with words: what the row says cannot be. */
enum err query_damaged(const struct query *query);

#endif
