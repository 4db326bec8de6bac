/* SPDX-License-Identifier: Apache-2.0 */
/* The work: programs, jobs, runs, consents and verdicts, and which machine does what next. It
 * stands between what people ask (commands) and the floor: it gives the floor orders and hears its
 * events.
 *
 * Everything here runs on the office thread. What is asked is committed to the database first and
 * answered by a callback afterwards, never from inside the call (but when memory is out or the
 * queue is closing). What is read (programs, jobs, views) comes from memory at once; pointers are
 * valid until the loop turns. */
#ifndef USINE_QUEUE_QUEUE_H
#define USINE_QUEUE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/clock.h"
#include "base/err.h"
#include "config/load.h"
#include "machines/floor.h"

struct queue;
struct store;
struct db;
struct store_key;

/* Answer to a request. ERR_OK: committed; id is the thing's number (0 if it has none) and text says
 * what was done. Otherwise nothing has changed and text says why and what to do. text is borrowed
 * for the call. */
typedef void (*queue_done)(void *context, enum err err, const char *text, int64_t id);

struct queue_setup {
    uv_loop_t *loop;                                 /* the office loop; outlives the queue */
    const struct clock *clock;                       /* borrowed, constant */
    struct config *config;                           /* the queue takes its own reference */
    bool (*order)(void *floor, struct order *order); /* as floor_order: takes a malloc'ed order; on
                                                        false it stays the caller's */
    void *floor;                                     /* handed to order */
    /* Also reads from the database before anything is written to it; NULL: nothing else does. */
    enum err (*load)(void *loader, struct db *db);
    void *loader;
    bool driven; /* its owner calls queue_tick (virtual time); else a timer does, once a second */
};

/* Opens the database and folders under config->state (made when missing), then configures the floor
 * (ORDER_CONFIGURE) and restores what it knew: beds, consents, runs under way (ORDER_OCCUPY,
 * ORDER_CONSENT, ORDER_ADOPT). So the daemon does not send ORDER_CONFIGURE itself. Blocks on the
 * disk: at start only. On an error (ERR_DISK, ERR_BUSY, ERR_REFUSED: a newer database,
 * ERR_NO_MEMORY) text says what is wrong and what to do. The process has set TZ to config->timezone
 * and called tzset() before: calendar days and opening hours follow it. */
enum err queue_open(struct queue **queue, const struct queue_setup *setup, char *text, size_t size);

/* Books what is still open, writes it down and frees everything; then calls on_closed. To be called
 * after EVENT_STOPPED, so that nothing is missed. Requests not yet answered are answered first, and
 * new ones get ERR_BUSY at once. The loop must still run. */
void queue_close(struct queue *queue, void (*on_closed)(void *context), void *context);

/* Everything the floor tells is handed in here; the event stays the caller's. */
void queue_on_event(struct queue *queue, const struct event *event);

/* Does what is due by the clock: midnight, bookings, second tries, starts that waited for a time of
 * day. */
void queue_tick(struct queue *queue);

/* After a reload: takes its own reference, tells the floor, dispatches anew. */
void queue_configure(struct queue *queue, struct config *config);

/* What is asked for from now on is asked under this key (store/store_key.h), which is written down
 * with the first request that is done; the id and the words are filled in. Borrowed until it is
 * taken back: NULL, nothing more is. */
void queue_under_key(struct queue *queue, const struct store_key *key);

/* Rises with every change of programs, jobs, runs or totals: what watchers compare. */
uint64_t queue_version(const struct queue *queue);

/* The database, for reports (production/throughput.h) and backup (store/store.h). */
struct store *queue_store(struct queue *queue);

#endif
