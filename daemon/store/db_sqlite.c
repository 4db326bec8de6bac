/* SPDX-License-Identifier: Apache-2.0 */
#include "db_sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "migrate.h"

enum { BUSY_TIMEOUT_MS = 2000 };

static const char *const sql_texts[STATEMENTS] = {
#define X(name, sql) [SQL_##name] = sql,
    STATEMENT_TABLE(X) PEOPLE_STATEMENT_TABLE(X) NOTICES_STATEMENT_TABLE(X) LOTS_STATEMENT_TABLE(X)
        DECLARED_STATEMENT_TABLE(X) KEYS_STATEMENT_TABLE(X)
#undef X
};

/* What each kind of failure means and what a person does about it. */
static const struct {
    int code;
    enum err err;
    const char *words;
} failures[] = {
    {SQLITE_FULL, ERR_DISK, "the disk is full: free some space and try again; nothing was changed"},
    {SQLITE_IOERR, ERR_DISK,
     "the disk refused to read or write: look at free space and the system log, then try again; "
     "nothing was changed"},
    {SQLITE_BUSY, ERR_BUSY, "another program holds the database: close it and try again"},
    {SQLITE_LOCKED, ERR_BUSY, "another program holds the database: close it and try again"},
    {SQLITE_CORRUPT, ERR_DISK, "the file is damaged: stop usined and restore a backup"},
    {SQLITE_NOTADB, ERR_DISK, "this is not a usine database: move it away or restore a backup"},
    {SQLITE_CANTOPEN, ERR_DISK,
     "cannot be opened: does its folder exist, and may usined write there?"},
    {SQLITE_READONLY, ERR_DISK, "cannot be written: check the owner of the file and its folder"},
    {SQLITE_PERM, ERR_DISK, "may not be opened: check the owner of the file and its folder"},
    {SQLITE_NOMEM, ERR_NO_MEMORY, "out of memory"},
    {SQLITE_TOOBIG, ERR_TOO_LARGE, "a text is too long to be stored"},
};

enum err db_fail(struct db *db, int rc)
{
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == (rc & 0xff)) {
            snprintf(db->text, sizeof db->text, "%.150s: %s", db->path, failures[i].words);
            return failures[i].err;
        }
    snprintf(db->text, sizeof db->text, "%.150s: %s", db->path,
             db->handle != NULL ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc));
    return ERR_INTERNAL;
}

enum err db_exec(struct db *db, const char *sql)
{
    int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? ERR_OK : db_fail(db, rc);
}

bool db_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

static enum err prepare_all(struct db *db)
{
    for (int i = 0; i < STATEMENTS; i++) {
        int rc = sqlite3_prepare_v3(db->handle, sql_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                                    &db->statements[i], NULL);

        if (rc != SQLITE_OK)
            return db_fail(db, rc);
    }
    return ERR_OK;
}

/* recursive_triggers: REPLACE would else delete facts without asking their trigger. */
static enum err set_up(struct db *db, enum db_mode mode)
{
    enum err err = db_exec(db, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"
                               "PRAGMA recursive_triggers = ON;");

    if (err != ERR_OK || mode == DB_READER)
        return err;
    err = db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    if (err == ERR_OK)
        err = migrate(db);
    if (err == ERR_OK)
        err = prepare_all(db);
    return err;
}

enum err db_open(struct db **out, const char *path, enum db_mode mode, char *text, size_t size)
{
    int flags =
        mode == DB_READER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    struct db *db = calloc(1, sizeof *db);
    enum err err = ERR_NO_MEMORY;
    int rc;

    snprintf(text, size, "%s", err_words(ERR_NO_MEMORY));
    if (db == NULL)
        return err;
    snprintf(db->path, sizeof db->path, "%s", path);
    rc = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    err = rc == SQLITE_OK ? set_up(db, mode) : db_fail(db, rc);
    if (err == ERR_OK) {
        *out = db;
        return ERR_OK;
    }
    snprintf(text, size, "%s", db->text);
    db_close(db);
    return err;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(db->statements[i]);
    sqlite3_close(db->handle);
    free(db);
}

sqlite3_stmt *db_statement(struct db *db, int statement, int *rc)
{
    *rc = SQLITE_OK;
    if (db->statements[statement] == NULL)
        *rc = sqlite3_prepare_v2(db->handle, sql_texts[statement], -1, &db->statements[statement],
                                 NULL);
    return db->statements[statement];
}
