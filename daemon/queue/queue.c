/* SPDX-License-Identifier: Apache-2.0 */
#include "queue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "clockwork.h"
#include "declarations.h"
#include "happen.h"
#include "jobs.h"
#include "left.h"
#include "machines.h"
#include "order_book.h"
#include "orders.h"
#include "pool.h"
#include "programs.h"
#include "request.h"
#include "restore.h"
#include "start.h"
#include "tally.h"

enum { TICK_MS = 1000 };

/* ---- opening ---- */

static enum err make_folder(const char *path, char *text, size_t size)
{
    if (mkdir(path, 0755) == 0 || errno == EEXIST)
        return ERR_OK;
    snprintf(text, size, "%s: cannot be made (%s): make it, or set another \"state\"", path,
             strerror(errno));
    return ERR_DISK;
}

static enum err make_folders(const char *state, char *text, size_t size)
{
    char path[300];
    enum err err = make_folder(state, text, size);

    snprintf(path, sizeof path, "%s/programs", state);
    if (err == ERR_OK)
        err = make_folder(path, text, size);
    snprintf(path, sizeof path, "%s/runs", state);
    if (err == ERR_OK)
        err = make_folder(path, text, size);
    return err;
}

/* "sqlite:usine.db", relative to the state folder. */
static enum err open_store(struct queue *queue, char *text, size_t size)
{
    const struct config *config = queue->config;
    const char *name = config->store[0] != '\0' ? config->store : "sqlite:usine.db";
    char path[900];

    if (strncmp(name, "sqlite:", 7) != 0) {
        snprintf(text, size, "store \"%.100s\": this usined only has SQLite: write sqlite:usine.db",
                 name);
        return ERR_INVALID;
    }
    name += 7;
    if (name[0] == '/')
        snprintf(path, sizeof path, "%s", name);
    else
        snprintf(path, sizeof path, "%s/%s", config->state, name);
    return store_open(&queue->store, queue->loop, path, text, size);
}

static void on_tick(uv_timer_t *timer)
{
    queue_tick(timer->data);
}

static void free_queue(struct queue *queue)
{
    while (!list_empty(&queue->runs))
        free(list_entry(list_take(&queue->runs), struct run_item, node));
    jobs_free(queue);
    order_book_free(queue);
    declarations_free(queue);
    programs_free(queue);
    machines_free(queue);
    left_free(queue);
    free(queue->parts);
    free(queue->uses);
    stock_destroy(queue->stock);
    stages_destroy(queue->stages);
    blocks_destroy(queue->blocks);
    free(queue);
}

static struct queue *make(const struct queue_setup *setup)
{
    struct queue *queue = calloc(1, sizeof *queue);

    if (queue == NULL)
        return NULL;
    queue->loop = setup->loop;
    queue->clock = setup->clock;
    queue->order = setup->order;
    queue->floor = setup->floor;
    list_init(&queue->runs);
    list_init(&queue->unsaved);
    list_init(&queue->changes);
    list_init(&queue->declarations);
    list_init(&queue->left);
    queue->stock = stock_create();
    queue->stages = stages_create();
    queue->blocks = blocks_create();
    queue->plan_stale = true;
    queue->today = ledger_day(clock_wall(queue->clock));
    queue->heard_at_ms = queue->booked_at_ms = clock_mono(queue->clock);
    if (queue->stock != NULL && queue->stages != NULL && queue->blocks != NULL &&
        machines_configure(queue, setup->config) == ERR_OK)
        return queue;
    free_queue(queue);
    return NULL;
}

static void no_one_waits(void *context)
{
    (void)context;
}

static void start_timers(struct queue *queue, bool driven)
{
    uv_timer_init(queue->loop, &queue->tick);
    uv_timer_init(queue->loop, &queue->kick);
    queue->tick.data = queue->kick.data = queue;
    if (!driven)
        uv_timer_start(&queue->tick, on_tick, TICK_MS, TICK_MS);
}

enum err queue_open(struct queue **out, const struct queue_setup *setup, char *text, size_t size)
{
    struct queue *queue = make(setup);
    enum err err;

    snprintf(text, size, "%s", err_words(ERR_NO_MEMORY));
    if (queue == NULL)
        return ERR_NO_MEMORY;
    err = make_folders(queue->config->state, text, size);
    if (err == ERR_OK)
        err = open_store(queue, text, size);
    if (err == ERR_OK)
        err = restore_load(queue, text, size);
    if (err == ERR_OK && setup->load != NULL)
        err = setup->load(setup->loader, store_db(queue->store));
    if (err != ERR_OK) {
        if (queue->store != NULL) {
            store_close(queue->store, no_one_waits, NULL);
            uv_run(queue->loop, UV_RUN_DEFAULT);
        }
        free_queue(queue);
        return err;
    }
    start_timers(queue, setup->driven);
    orders_configure(queue);
    restore_floor(queue);
    start_soon(queue);
    *out = queue;
    return ERR_OK;
}

/* ---- closing ---- */

static void finish(void *context)
{
    struct queue *queue = context;
    void (*on_closed)(void *closed_context) = queue->on_closed;
    void *closed_context = queue->context;

    free_queue(queue);
    on_closed(closed_context);
}

static void close_part(struct queue *queue)
{
    if (--queue->open_handles == 0)
        store_close(queue->store, finish, queue);
}

static void on_handle_closed(uv_handle_t *handle)
{
    close_part(handle->data);
}

void pool_enter(struct queue *queue)
{
    queue->uploads++;
}

void pool_leave(struct queue *queue)
{
    queue->uploads--;
    if (queue->closing && queue->uploads == 0)
        close_part(queue);
}

void queue_close(struct queue *queue, void (*on_closed)(void *context), void *context)
{
    queue->closing = true;
    queue->on_closed = on_closed;
    queue->context = context;
    notes_retry(queue);
    happen_heard(queue);
    clockwork_book(queue);
    queue->open_handles = queue->uploads > 0 ? 3 : 2;
    uv_close((uv_handle_t *)&queue->tick, on_handle_closed);
    uv_close((uv_handle_t *)&queue->kick, on_handle_closed);
}

/* ---- between ---- */

void queue_on_event(struct queue *queue, const struct event *event)
{
    switch (event->kind) {
    case EVENT_VIEWS:
        machines_heard(queue, event->views, event->view_count);
        start_soon(queue);
        break;
    case EVENT_RUN_STARTED:
        happen_started(queue, event);
        break;
    case EVENT_RUN_ENDED:
        happen_ended(queue, event);
        break;
    case EVENT_BED:
        happen_bed(queue, event);
        break;
    case EVENT_ANSWER:
    case EVENT_INCIDENT:
    case EVENT_STOPPED:
        break;
    }
}

void queue_configure(struct queue *queue, struct config *config)
{
    if (machines_configure(queue, config) != ERR_OK) {
        log_error("queue: out of memory: the old config stays in force");
        return;
    }
    orders_configure(queue);
    restore_back(queue);
    queue->plan_stale = true;
    queue->version++;
    start_soon(queue);
}

uint64_t queue_version(const struct queue *queue)
{
    return queue->version;
}

struct store *queue_store(struct queue *queue)
{
    return queue->store;
}
