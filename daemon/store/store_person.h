/* SPDX-License-Identifier: Apache-2.0 */
/* People with an account, and the sessions they have open. Store thread or loading. */
#ifndef USINE_STORE_STORE_PERSON_H
#define USINE_STORE_STORE_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "db.h"

struct person_row {
    int64_t id;
    char login[64];
    char name[96];
    char language[8];
    char roles[2800];   /* "*=viewer caen=operator" */
    char password[128]; /* argon2id; "": none yet */
    char pin[128];      /* the same */
    bool disabled;
    char invite[65]; /* SHA-256 of the code of an invitation; "": none */
    int64_t invite_ms;
    int64_t added_ms;
    char by[64];
};

/* Adds a person, or changes all but login, added_ms and by of the one with this id. A login that
 * another has is ERR_INTERNAL: the caller has looked before. */
enum err store_person_put(struct db *db, const struct person_row *row);

/* With the person go all sessions, and all tokens of theirs are revoked. */
enum err store_person_remove(struct db *db, int64_t id, int64_t now_ms);

enum err store_person_each(struct db *db,
                           enum err (*each)(void *context, const struct person_row *row),
                           void *context);

struct session_row {
    int64_t id;
    char hash[65]; /* SHA-256 of the cookie */
    int64_t person;
    int64_t tablet; /* opened by PIN on this one; 0: by password */
    int64_t created_ms, seen_ms, auth_ms;
    char address[64];
    char agent[96];
};

/* Adds one, or writes down when it was last seen and when the password was last given. */
enum err store_session_put(struct db *db, const struct session_row *row);
enum err store_session_remove(struct db *db, int64_t id);
enum err store_session_remove_all(struct db *db, int64_t person);
enum err store_session_each(struct db *db,
                            enum err (*each)(void *context, const struct session_row *row),
                            void *context);

#endif
