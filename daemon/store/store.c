/* SPDX-License-Identifier: Apache-2.0 */
/* The office hands works over; they wait in a list while the thread has a batch on disk, then go as
 * one transaction and come back through a mailbox. A disk that fails fails the works of that batch,
 * with words; nothing is kept of them, and the next batch finds the database as it was. */
#include "store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "batch.h"
#include "db_sqlite.h"

struct store {
    uv_loop_t *loop; /* the office's; borrowed */
    struct db *db;   /* the thread's, once it runs */
    char path[512];
    int lock; /* file that says another daemon is at work; flocked */
    uv_thread_t thread;
    struct mailbox back; /* finished works, to the office */
    uv_mutex_t mutex;
    uv_cond_t wake;
    struct list waiting;    /* guarded by mutex */
    bool closing;           /* guarded by mutex */
    int reads;              /* on the pool; office thread */
    bool ended;             /* the thread has said its last word */
    struct store_work last; /* its last word */
    void (*on_closed)(void *context);
    void *context;
};

static void run_thread(void *arg)
{
    struct store *store = arg;
    struct list batch;
    bool closing = false;

    list_init(&batch);
    while (!closing) {
        uv_mutex_lock(&store->mutex);
        while (list_empty(&store->waiting) && !store->closing)
            uv_cond_wait(&store->wake, &store->mutex);
        list_move(&batch, &store->waiting);
        closing = store->closing && list_empty(&batch);
        uv_mutex_unlock(&store->mutex);
        if (list_empty(&batch))
            continue;
        batch_apply(store->db, &batch);
        for (struct list *node; (node = list_take(&batch)) != NULL;)
            mailbox_post(&store->back, list_entry(node, struct message, node));
    }
    mailbox_post(&store->back, &store->last.message);
}

static void free_store(struct store *store)
{
    db_close(store->db);
    if (store->lock >= 0)
        close(store->lock);
    uv_cond_destroy(&store->wake);
    uv_mutex_destroy(&store->mutex);
    free(store);
}

static void on_mailbox_closed(uv_handle_t *handle)
{
    struct mailbox *back = handle->data;
    struct store *store = back->owner;
    void (*on_closed)(void *context) = store->on_closed;
    void *context = store->context;

    mailbox_finish(&store->back);
    free_store(store);
    on_closed(context);
}

/* mailbox_close gives no callback of its own, so the handle is closed here once all is answered. */
static void finish_when_quiet(struct store *store)
{
    if (!store->ended || store->reads > 0)
        return;
    uv_close((uv_handle_t *)&store->back.async, on_mailbox_closed);
}

static void answer(struct store_work *work, enum err err, const char *text)
{
    free(work->key);
    work->key = NULL;
    work->done(work, err, text);
}

static void on_answer(void *owner, struct message *message)
{
    struct store *store = owner;
    struct store_work *work = (struct store_work *)(void *)message;

    if (work == &store->last) {
        uv_thread_join(&store->thread);
        store->ended = true;
        finish_when_quiet(store);
        return;
    }
    answer(work, work->err, work->text);
}

/* Two daemons on one database would each believe the other's memory. */
static enum err take_lock(struct store *store, char *text, size_t size)
{
    char path[600];

    snprintf(path, sizeof path, "%s.lock", store->path);
    store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (store->lock < 0) {
        snprintf(text, size,
                 "%s: cannot be made: does its folder exist, is there space, and may "
                 "usined write there?",
                 path);
        return ERR_DISK;
    }
    if (flock(store->lock, LOCK_EX | LOCK_NB) == 0)
        return ERR_OK;
    snprintf(text, size,
             "%s is used by another usined: stop that one first, or set another \"state\"",
             store->path);
    return ERR_BUSY;
}

static enum err start(struct store *store)
{
    if (mailbox_init(&store->back, store->loop, on_answer, store) != 0)
        return ERR_NO_MEMORY;
    if (uv_thread_create(&store->thread, run_thread, store) == 0)
        return ERR_OK;
    mailbox_close(&store->back);
    uv_run(store->loop, UV_RUN_NOWAIT);
    mailbox_finish(&store->back);
    return ERR_NO_MEMORY;
}

enum err store_open(struct store **out, uv_loop_t *loop, const char *path, char *text, size_t size)
{
    struct store *store = calloc(1, sizeof *store);
    enum err err;

    snprintf(text, size, "%s", err_words(ERR_NO_MEMORY));
    if (store == NULL)
        return ERR_NO_MEMORY;
    store->loop = loop;
    store->lock = -1;
    snprintf(store->path, sizeof store->path, "%s", path);
    list_init(&store->waiting);
    uv_mutex_init(&store->mutex);
    uv_cond_init(&store->wake);
    err = take_lock(store, text, size);
    if (err == ERR_OK)
        err = db_open(&store->db, path, DB_WRITER, text, size);
    if (err == ERR_OK)
        err = start(store);
    if (err != ERR_OK) {
        free_store(store);
        return err;
    }
    *out = store;
    return ERR_OK;
}

struct db *store_db(struct store *store)
{
    return store->db;
}

/* The one answer that comes from inside the call: nobody will be there later. */
static bool refuse_closing(struct store *store, struct store_work *work)
{
    if (store->on_closed == NULL)
        return false;
    answer(work, ERR_BUSY, "usined is stopping: try again when it is back");
    return true;
}

void store_write(struct store *store, struct store_work *work)
{
    if (refuse_closing(store, work))
        return;
    work->store = store;
    uv_mutex_lock(&store->mutex);
    list_add(&store->waiting, &work->message.node);
    uv_cond_signal(&store->wake);
    uv_mutex_unlock(&store->mutex);
}

static void on_pool(uv_work_t *pool)
{
    struct store_work *work = pool->data;
    struct db *db;

    work->text[0] = '\0';
    work->err = db_open(&db, work->store->path, DB_READER, work->text, sizeof work->text);
    if (work->err != ERR_OK)
        return;
    work->err = work->apply(work, db);
    if (work->err != ERR_OK && work->text[0] == '\0')
        snprintf(work->text, sizeof work->text, "%s",
                 db->text[0] != '\0' ? db->text : err_words(work->err));
    db_close(db);
}

static void on_read(uv_work_t *pool, int status)
{
    struct store_work *work = pool->data;
    struct store *store = work->store;

    (void)status;
    store->reads--;
    work->done(work, work->err, work->text);
    finish_when_quiet(store);
}

void store_read(struct store *store, struct store_work *work)
{
    if (refuse_closing(store, work))
        return;
    work->store = store;
    work->pool.data = work;
    store->reads++;
    if (uv_queue_work(store->loop, &work->pool, on_pool, on_read) == 0)
        return;
    store->reads--; /* libuv refuses only a work without a function */
}

void store_close(struct store *store, void (*on_closed)(void *context), void *context)
{
    store->on_closed = on_closed;
    store->context = context;
    uv_mutex_lock(&store->mutex);
    store->closing = true;
    uv_cond_signal(&store->wake);
    uv_mutex_unlock(&store->mutex);
}
