/* SPDX-License-Identifier: Apache-2.0 */
/* The database's own thread. Work is handed over, gathers while a batch is on disk, goes as one
 * transaction, and is answered on the office loop after the commit. Reports read beside it, on the
 * pool, through read-only connections. Office thread, except where said. */
#ifndef USINE_STORE_STORE_H
#define USINE_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "base/err.h"
#include "base/mailbox.h"
#include "db.h"

struct store;
struct store_key;

enum { STORE_TEXT_SIZE = 320 };

/* Embedded first in the caller's own struct; the store's from store_write or store_read until done.
 */
struct store_work {
    struct message message;
    /* On the store's thread (write: inside a transaction; all of its changes or none) or on the
     * pool (read). An error undoes this work only; others of the batch go on. */
    enum err (*apply)(struct store_work *work, struct db *db);
    /* On the office loop, after the commit. ERR_DISK and ERR_BUSY may be tried again as they are.
     */
    void (*done)(struct store_work *work, enum err err, const char *text);
    struct store_key *key; /* malloc'ed, the store's from store_write: written beside what apply
                            * writes; NULL: none */
    struct store *store;
    enum err err;
    char text[STORE_TEXT_SIZE]; /* apply may say why; else the store does */
    uv_work_t pool;             /* reads */
};

/* Opens (creating and migrating as needed) the SQLite file at path and starts the thread. Blocks:
 * at start. text says what is wrong: locked by another daemon (ERR_BUSY), newer than this program
 * (ERR_REFUSED), damaged, folder missing or full (ERR_DISK). */
enum err store_open(struct store **store, uv_loop_t *loop, const char *path, char *text,
                    size_t size);

/* Before store_close only. The database is the caller's until the first store_write: for loading.
 */
struct db *store_db(struct store *store);

/* Once store_close was called both answer ERR_BUSY at once. */
void store_write(struct store *store, struct store_work *work);
void store_read(struct store *store, struct store_work *work);

/* Answers all that was handed over, ends the thread, closes the file, calls on_closed, frees. */
void store_close(struct store *store, void (*on_closed)(void *context), void *context);

/* Copies the database to path (which must not exist) while it is in use, then answers by done. On
 * the pool. ERR_REFUSED: path exists; ERR_DISK. */
void store_backup(struct store *store, const char *path,
                  void (*done)(void *context, enum err err, const char *text), void *context);

#endif
