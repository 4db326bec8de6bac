/* SPDX-License-Identifier: Apache-2.0 */
/* Messages to people, until the receiver has taken them, and for some days after. Store thread or
 * loading. */
#ifndef USINE_STORE_STORE_OUTBOX_H
#define USINE_STORE_STORE_OUTBOX_H

#include "store_notice.h"

enum { OUTBOX_ITEMS_SIZE = 24576, OUTBOX_ERROR_SIZE = 160, OUTBOX_KEY_SIZE = 48 };

enum outbox_state { OUTBOX_WAITING, OUTBOX_SENT, OUTBOX_FAILED };

struct outbox_row {
    int64_t id;
    char key[OUTBOX_KEY_SIZE]; /* the same at each try: a receiver may drop a repeat */
    int64_t rule, person, kind, channel;
    char address[NOTICE_ADDRESS_SIZE];
    char token[NOTICE_TOKEN_SIZE];
    char items[OUTBOX_ITEMS_SIZE]; /* JSON */
    int64_t made_ms, due_ms, tries;
    int64_t state;                 /* enum outbox_state */
    char error[OUTBOX_ERROR_SIZE]; /* of the last try; "": none yet, or it went well */
    int64_t ended_ms;              /* sent or given up; 0: waiting */
};

/* Adds one, or writes down how the one with this id is getting on. */
enum err store_outbox_put(struct db *db, const struct outbox_row *row);

struct outbox_range {
    int64_t before; /* ids below this */
    int64_t state;  /* enum outbox_state; -1: any */
    int64_t limit;
};

/* Newest first. */
enum err store_outbox_list(struct db *db, const struct outbox_range *range,
                           enum err (*each)(void *context, const struct outbox_row *row),
                           void *context);
enum err store_outbox_count(struct db *db, enum outbox_state state, int64_t *count);

/* Oldest first. */
enum err store_outbox_waiting(struct db *db,
                              enum err (*each)(void *context, const struct outbox_row *row),
                              void *context);

/* Forgets what was sent or given up before that time, and what waits for a rule that is gone. */
enum err store_outbox_sweep(struct db *db, int64_t before_ms);

#endif
