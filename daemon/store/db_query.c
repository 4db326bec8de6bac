/* SPDX-License-Identifier: Apache-2.0 */
/* Statements at work, for SQLite. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "db_sqlite.h"

void query_begin(struct query *query, struct db *db, int statement)
{
    int rc;

    *query = (struct query){.db = db, .err = ERR_OK};
    query->handle = db_statement(db, statement, &rc);
    if (query->handle == NULL) {
        query->err = db_fail(db, rc);
        return;
    }
    sqlite3_reset(query->handle);
    sqlite3_clear_bindings(query->handle);
}

static void check(struct query *query, int rc)
{
    if (rc != SQLITE_OK)
        query->err = db_fail(query->db, rc);
}

void query_int(struct query *query, int64_t value)
{
    if (query->err == ERR_OK)
        check(query, sqlite3_bind_int64(query->handle, ++query->bound, value));
}

void query_real(struct query *query, double value)
{
    if (query->err == ERR_OK) /* SQLite itself makes NULL of NAN */
        check(query, sqlite3_bind_double(query->handle, ++query->bound, value));
}

void query_text(struct query *query, const char *value)
{
    if (query->err == ERR_OK)
        check(query, sqlite3_bind_text(query->handle, ++query->bound, value != NULL ? value : "",
                                       -1, SQLITE_TRANSIENT));
}

enum step query_step(struct query *query)
{
    int rc;

    if (query->err != ERR_OK) {
        sqlite3_reset(query->handle); /* its caller gives up: no lock stays */
        return STEP_FAILED;
    }
    rc = sqlite3_step(query->handle);
    if (rc == SQLITE_ROW)
        return STEP_ROW;
    if (rc != SQLITE_DONE)
        query->err = db_fail(query->db, rc);
    sqlite3_reset(query->handle);
    return rc == SQLITE_DONE ? STEP_DONE : STEP_FAILED;
}

int64_t query_get_int(const struct query *query, int column)
{
    return sqlite3_column_int64(query->handle, column);
}

double query_get_real(const struct query *query, int column)
{
    if (sqlite3_column_type(query->handle, column) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(query->handle, column);
}

void query_get_text(const struct query *query, int column, char *text, size_t size)
{
    const unsigned char *value = sqlite3_column_text(query->handle, column);
    size_t n = value != NULL ? (size_t)sqlite3_column_bytes(query->handle, column) : 0;

    n = n < size ? n : size - 1;
    if (n > 0)
        memcpy(text, value, n); /* reports read this a million times */
    text[n] = '\0';
}
