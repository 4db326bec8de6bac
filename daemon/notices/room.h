/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share. No other room includes this. */
#ifndef USINE_NOTICES_ROOM_H
#define USINE_NOTICES_ROOM_H

#include "notices.h"
#include "people/person.h"
#include "post.h"
#include "sighting.h"
#include "store/store.h"
#include "store/store_outbox.h"
#include "store/store_told.h"

enum { PARCELS_MAX = 500, TRIAL_TIMES = 64 };

/* One message on its way. */
struct parcel {
    struct list node; /* in notices->parcels; oldest first */
    int64_t id;
    char key[OUTBOX_KEY_SIZE];
    int64_t rule, person;
    enum notice_channel channel;
    char address[NOTICE_ADDRESS_SIZE];
    char token[NOTICE_TOKEN_SIZE];
    struct message_text text;
    int64_t made_ms, due_ms, tries;
    enum outbox_state state;
    char error[OUTBOX_ERROR_SIZE];
    int64_t ended_ms;
    bool changed; /* is to be written down */
    bool written; /* once at least, or the disk refuses: it may be sent */
    bool sending; /* with the post */
};

/* Told rows that are to be written or taken away, in order. */
struct told_changes {
    struct told_change {
        struct told_row row;
        bool gone;
    } * items; /* owned */
    size_t count, room;
};

/* One who waits for a test message; told when its letter comes back. */
struct trial;

struct writing;

struct notices {
    struct notices_setup setup;
    struct store *store;   /* borrowed; NULL: before opening, after closing */
    struct config *config; /* one reference; NULL: not open */
    struct list rules;     /* struct rule; owned */
    struct list parcels;   /* struct parcel; owned */
    struct list trials;    /* struct trial; owned */
    size_t parcel_count, sending;
    struct sightings sightings;
    int64_t last_rule, last_parcel, last_trial; /* highest numbers given */
    bool begun;                                 /* what is done already has been seen */
    bool full;                                  /* and that was said */
    int64_t looked_ms, swept_ms;                /* wall */
    int64_t rewrite_ms;                         /* wall: a write that failed is tried again */
    struct told_changes told;                   /* to be written */
    struct writing *writing;                    /* under way, or refused by the disk */
    struct {
        int64_t person, at_ms;
    } tried[TRIAL_TIMES]; /* test messages, as they came; a ring */
    size_t tried_next;
    uv_timer_t tick;
    struct mailbox back; /* letters, from the post */
    struct post *post;
};

/* ---- watch.c ---- */

/* Looks at what is so now and makes parcels of it. */
void watch_look(struct notices *notices);

/* The person with this number, NULL if none or disabled. */
const struct person *watch_person(const struct notices *notices, int64_t id);

/* They may be told of this there; site "": anywhere. */
bool watch_may(const struct person *person, enum notice_kind kind, const char *site);

/* ---- parcel.c ---- */

/* The parcel of this rule that still gathers, or a new one. NULL: no memory, or too many wait. */
struct parcel *parcel_of(struct notices *notices, struct rule *rule);

/* Adds the one of a row; NULL: no memory. */
struct parcel *parcel_insert(struct notices *notices, const struct outbox_row *row);
void parcel_row(const struct parcel *parcel, struct outbox_row *row);
void parcel_forget(struct notices *notices, struct parcel *parcel);
struct parcel *parcel_find(struct notices *notices, int64_t id);

/* ---- send.c ---- */

/* Hands what is due to the post. */
void send_due(struct notices *notices);

/* A letter has come back: takes it. */
void send_on_letter(struct notices *notices, struct letter *letter);

/* A letter of this rule, without text; NULL: no memory. */
struct letter *send_letter(const struct notices *notices, const struct rule *rule);

/* Fills in title, body and link. False: no memory. */
bool send_write(const struct notices *notices, const struct person *person,
                const struct message_text *text, struct letter *letter);

/* ---- trial.c ---- */

void trial_end(struct notices *notices, struct letter *letter);

/* ---- write.c ---- */

/* Writes down what has changed, in one transaction; while a write is under way, after it. */
void write_changes(struct notices *notices);

/* Notes that rule (0: all) has, or nobody any more has, told of this. */
bool write_told(struct notices *notices, struct sighting *sighting, int64_t rule);
void write_untold(struct notices *notices, const struct sighting *sighting);

/* Frees what could not be written. */
void write_finish(struct notices *notices);

/* ---- rules.c ---- */

struct rule *rules_find(const struct notices *notices, int64_t id); /* whosever it is; NULL */

#endif
