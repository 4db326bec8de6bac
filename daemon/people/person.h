/* SPDX-License-Identifier: Apache-2.0 */
/* People with an account. */
#ifndef USINE_PEOPLE_PERSON_H
#define USINE_PEOPLE_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "password.h"
#include "people.h"
#include "roles.h"

enum { LOGIN_SIZE = 48, PERSON_NAME_SIZE = 96, PERSON_INVITE_MS = 7 * 24 * 3600 * 1000 };

struct person {
    struct list node; /* in people->persons */
    int64_t id;
    char login[LOGIN_SIZE]; /* a-z 0-9 - _ . ; never changed */
    char name[PERSON_NAME_SIZE];
    char language[3];
    struct roles roles;
    char password[PASSWORD_HASH_SIZE]; /* "" : invited, none set yet */
    char pin[PASSWORD_HASH_SIZE];      /* "" : none */
    bool disabled;
    struct secret_hash invite; /* of the code; valid while invite_ms > now */
    int64_t invite_ms;         /* wall; 0: none */
    int64_t added_ms;
    char by[64];
    bool busy; /* a change is being written */
};

/* In the order they were added; NULL: no more, or no such login. */
const struct person *person_first(const struct people *people);
const struct person *person_next(const struct people *people, const struct person *person);
const struct person *person_find(const struct people *people, const char *login);

/* Adds a person (login, name, language, roles, by of spec) with an invitation whose code is put
 * into code. ERR_INVALID: the login; ERR_REFUSED: it is taken. */
void person_add(struct people *people, const struct person *spec, char code[SECRET_TEXT_SIZE],
                people_done done, void *context);

/* Replaces name, language, roles, disabled, password, pin and invitation of the person with
 * wanted's id by those of wanted, which is copied. ERR_REFUSED: nobody would be left as admin;
 * ERR_BUSY: another change is under way; ERR_NOT_FOUND. */
void person_set(struct people *people, const struct person *wanted, people_done done,
                void *context);

/* The person, all sessions and all tokens of theirs. ERR_REFUSED: the last admin. */
void person_remove(struct people *people, const char *login, people_done done, void *context);

/* A new invitation for wanted, a copy of the person that is then given to person_set. */
void person_invite(struct people *people, struct person *wanted, char code[SECRET_TEXT_SIZE]);

/* False with words when text is no good as a password of this login; as a PIN. */
bool person_password_good(const char *text, const char *login, const char **why);
bool person_pin_good(const char *text, const char **why);

#endif
