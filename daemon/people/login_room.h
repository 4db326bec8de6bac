/* SPDX-License-Identifier: Apache-2.0 */
/* One try to get in, on its way through the pool and the store. By login_entry.c, for the
 * other files that begin with login. */
#ifndef USINE_PEOPLE_LOGIN_ROOM_H
#define USINE_PEOPLE_LOGIN_ROOM_H

#include "login.h"
#include "room.h"

struct entry {
    struct people *people;
    const char *kind; /* constant: "password", "pin", "code" */
    char account[64];
    char where[64]; /* tries are limited by this: the address, or the tablet */
    char address[64];
    char agent[96];
    int64_t person;  /* 0: nobody, the answer will be no */
    int64_t tablet;  /* 0: none */
    int64_t session; /* that is opened, or goes on */
    char cookie[SECRET_TEXT_SIZE];
    struct person spec;              /* who is to be made, or as they will be */
    char wanted[PASSWORD_TEXT_SIZE]; /* a password or PIN that is to be set */
    login_done done;
    void *context;
};

/* Memory for one. NULL: none, and the asker was told. */
struct entry *entry_begin(struct people *people, const char *kind, const char *account,
                          const struct login_asker *asker);

/* False when it may not be tried now; then the asker was told and the entry is gone. */
bool entry_allowed(struct entry *entry);
void entry_passed(struct entry *entry);

/* Tells the asker and ends. */
void entry_refuse(struct entry *entry, enum err err, const char *field, const char *text);

/* Opens the session for entry->person, writes it down, tells the asker and ends. */
void entry_open(struct entry *entry);

/* The session with this number, good or not; NULL. */
struct session *entry_session(struct people *people, int64_t id);

/* Tells how it went and ends: after the session was written. */
void entry_written(void *context, enum err err, const char *text);

#endif
