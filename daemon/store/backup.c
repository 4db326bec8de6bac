/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of the database while it is in use: SQLite's own backup from a read-only connection, in
 * one step of its own read transaction, so the copy is one moment of the whole. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db_sqlite.h"
#include "store.h"

struct backup {
    struct store_work work; /* first */
    char path[512];
    void (*done)(void *context, enum err err, const char *text);
    void *context;
};

static int copy(struct db *db, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", db->handle, "main");
    int rc;

    if (backup == NULL)
        return sqlite3_errcode(to);
    rc = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static enum err claim(struct backup *backup)
{
    int fd = open(backup->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd >= 0) {
        close(fd);
        return ERR_OK;
    }
    if (access(backup->path, F_OK) == 0) {
        snprintf(backup->work.text, sizeof backup->work.text,
                 "%.200s exists already: choose another name", backup->path);
        return ERR_REFUSED;
    }
    snprintf(backup->work.text, sizeof backup->work.text,
             "%.200s cannot be made: does its folder exist, and may usined write there?",
             backup->path);
    return ERR_DISK;
}

static enum err backup_apply(struct store_work *work, struct db *db)
{
    struct backup *backup = (struct backup *)(void *)work;
    sqlite3 *to = NULL;
    enum err err = claim(backup);
    int rc;

    if (err != ERR_OK)
        return err;
    rc = sqlite3_open_v2(backup->path, &to, SQLITE_OPEN_READWRITE, NULL);
    if (rc == SQLITE_OK)
        rc = copy(db, to);
    sqlite3_close(to);
    if (rc == SQLITE_OK)
        return ERR_OK;
    unlink(backup->path);
    snprintf(work->text, sizeof work->text, "%.200s: %s; no backup was made", backup->path,
             sqlite3_errstr(rc));
    return ERR_DISK;
}

static void backup_done(struct store_work *work, enum err err, const char *text)
{
    struct backup *backup = (struct backup *)(void *)work;
    char words[STORE_TEXT_SIZE];

    snprintf(words, sizeof words, "%s", text);
    if (err == ERR_OK)
        snprintf(words, sizeof words, "saved to %.200s", backup->path);
    backup->done(backup->context, err, words);
    free(backup);
}

void store_backup(struct store *store, const char *path,
                  void (*done)(void *context, enum err err, const char *text), void *context)
{
    struct backup *backup = calloc(1, sizeof *backup);

    if (backup == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY));
        return;
    }
    snprintf(backup->path, sizeof backup->path, "%s", path);
    backup->done = done;
    backup->context = context;
    backup->work.apply = backup_apply;
    backup->work.done = backup_done;
    store_read(store, &backup->work);
}
