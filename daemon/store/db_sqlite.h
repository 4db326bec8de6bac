/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite back end: connections and transactions. Only the store's own files include this. */
#ifndef USINE_STORE_DB_SQLITE_H
#define USINE_STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "db.h"
#include "statements.h"

struct db {
    sqlite3 *handle;
    sqlite3_stmt *statements[STATEMENTS]; /* prepared once, on the writer at open */
    char path[512];
    char text[320]; /* the last failure, for people */
};

enum db_mode { DB_WRITER, DB_READER };

/* Opens path. A writer creates the file, sets it up (WAL, synchronous=FULL), migrates it and
 * prepares every statement; a reader prepares what it uses. On failure text says why and what to
 * do. */
enum err db_open(struct db **db, const char *path, enum db_mode mode, char *text, size_t size);

/* NULL is harmless. */
void db_close(struct db *db);

/* Runs fixed SQL that returns nothing: transactions, savepoints, pragmas, migrations. */
enum err db_exec(struct db *db, const char *sql);

/* True between BEGIN and COMMIT; SQLite itself rolls back on a full disk. */
bool db_in_transaction(const struct db *db);

/* The prepared statement of that name, ready to be bound; NULL and *rc when it cannot be had. */
sqlite3_stmt *db_statement(struct db *db, int statement, int *rc);

/* Turns an SQLite result into ours and keeps the words for people in db->text. */
enum err db_fail(struct db *db, int rc);

#endif
