/* SPDX-License-Identifier: Apache-2.0 */
/* Telling people what they asked to be told: rules, what is so at the moment, and the outbox. It is
 * shown the state of things every few seconds; a message is written down before it is sent, and is
 * sent until the receiver takes it or a day has passed. So it may arrive twice, with the same
 * key, but does not get lost. Office thread. */
#ifndef USINE_NOTICES_NOTICES_H
#define USINE_NOTICES_NOTICES_H

#include <uv.h>

#include "base/clock.h"
#include "base/err.h"
#include "config/load.h"
#include "message.h"

struct notices;
struct people;
struct store;
struct db;

/* Something that is so now, and that somebody may want to be told. */
struct notice_condition {
    enum notice_kind kind;
    int64_t mark; /* another mark: another time of the same */
    struct notice_item item;
    const char *const *sites; /* a job's; NULL-ended; NULL: item.site */
};

struct notices_setup {
    uv_loop_t *loop;           /* the office's; borrowed */
    const struct clock *clock; /* borrowed */
    struct people *people;     /* borrowed; outlives the notices */
    /* Calls notices_see for all that is so now. */
    void (*gather)(void *context, struct notices *notices);
    void *context;
};

/* NULL: no memory. */
struct notices *notices_create(const struct notices_setup *setup);

/* Reads rules and messages from a database that is nobody else's yet: for queue_setup.load. */
enum err notices_load(void *notices, struct db *db);

/* Begins to look, write and send. store is borrowed until notices_close; takes its own reference to
 * config. ERR_NO_MEMORY. */
enum err notices_open(struct notices *notices, struct store *store, struct config *config);

/* After a reload; takes its own reference. */
void notices_configure(struct notices *notices, struct config *config);

/* From within gather. */
void notices_see(struct notices *notices, const struct notice_condition *condition);

/* Before the store closes: what is under way is given up, and sent again after the next start. */
void notices_close(struct notices *notices);

/* When the loop has run dry. NULL is harmless. */
void notices_destroy(struct notices *notices);

#endif
