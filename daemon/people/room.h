/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share. No other room includes this. */
#ifndef USINE_PEOPLE_ROOM_H
#define USINE_PEOPLE_ROOM_H

#include "limits.h"
#include "password.h"
#include "person.h"
#include "session.h"
#include "store/store.h"
#include "tablet.h"
#include "token.h"

struct people {
    uv_loop_t *loop;           /* borrowed */
    const struct clock *clock; /* borrowed */
    struct store *store;       /* borrowed; NULL: before opening, after closing */
    struct list persons;       /* struct person; owned */
    struct list sessions;      /* struct session; owned, newest last */
    struct list tokens;        /* struct token; owned */
    struct list tablets;       /* struct tablet; owned */
    struct list pairings;      /* struct pairing of tablet.c; owned, oldest first */
    struct passwords passwords;
    struct limits limits;
    int64_t last_person, last_session, last_token, last_tablet; /* highest numbers given */
    size_t session_count, pairing_count;
    struct secret_hash first; /* of the code that makes the first admin */
    bool has_first;
    int64_t audit_seq; /* the last row of the audit log that we know of */
    uint64_t version;
    int64_t swept_ms; /* wall: when the sessions were last looked through */
};

/* A change on its way to the disk; embedded first. */
struct change {
    struct store_work work;
    struct people *people;
    void (*committed)(struct change *change); /* either may be NULL */
    void (*failed)(struct change *change);
    people_done done; /* NULL: nobody waits */
    void *context;
    enum err refusal;  /* change_refuse */
    const char *words; /* the same; constant */
};

/* Memory for one of size bytes, zeroed. NULL: none, or usined is stopping, and done was told. */
void *change_begin(struct people *people, size_t size, people_done done, void *context);

/* Writes it: apply on the store's thread, committed or failed and done on the office's. */
void change_write(struct change *change, enum err (*apply)(struct store_work *work, struct db *db));

/* Refuses it, with constant words; done is told in turn, not from inside the call. Takes the
 * change. */
void change_refuse(struct change *change, enum err err, const char *words);

struct person *person_of(struct people *people, int64_t id); /* NULL */

#endif
