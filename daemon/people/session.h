/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions: opened by a password, or on a paired tablet by a PIN. */
#ifndef USINE_PEOPLE_SESSION_H
#define USINE_PEOPLE_SESSION_H

#include "person.h"

enum {
    SESSION_MS = 12 * 3600 * 1000,    /* at most */
    SESSION_IDLE_MS = 3600 * 1000,    /* without a request */
    SESSION_PIN_IDLE_MS = 300 * 1000, /* the same, on a tablet */
    SESSION_FRESH_MS = 300 * 1000     /* a password just given */
};

struct session {
    struct list node; /* in people->sessions */
    int64_t id;
    struct secret_hash hash;
    struct person *person; /* borrowed */
    int64_t tablet;        /* 0: by password */
    int64_t created_ms, seen_ms, auth_ms, saved_ms;
    char address[64];
    char agent[96];
};

/* Where a request comes from. */
struct origin {
    const char *address;
    const char *agent; /* what the browser calls itself */
};

/* Opens one for person, on a tablet (0: none), and puts its cookie into cookie. The oldest beyond
 * 20 of the same person ends. */
struct session *session_open(struct people *people, struct person *person, int64_t tablet,
                             const struct origin *origin, char cookie[SECRET_TEXT_SIZE]);

/* Writes a session down; done is told. For one just opened, or whose password was given again. */
void session_write(struct people *people, struct session *session, people_done done, void *context);

/* The one with this hash that is still good; NULL. */
struct session *session_find(struct people *people, const struct secret_hash *hash);

/* A request came on it: it goes on for another hour. */
void session_touch(struct people *people, struct session *session);

/* When it ends unless something is done; until when the password counts as just given. Wall. */
int64_t session_expires(const struct session *session);

/* Walks the sessions of a person; NULL: no more. */
const struct session *session_next(const struct people *people, const struct person *person,
                                   const struct session *after);

/* Ends the person's session with this id (0: all), at once. ERR_NOT_FOUND. */
void session_end(struct people *people, const struct person *person, int64_t id, people_done done,
                 void *context);

#endif
