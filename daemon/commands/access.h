/* SPDX-License-Identifier: Apache-2.0 */
/* The one place where it is decided who may do what: by the rows' role and place, before a command
 * runs and before a body is read. */
#ifndef USINE_COMMANDS_ACCESS_H
#define USINE_COMMANDS_ACCESS_H

#include "caller.h"
#include "office.h"

struct access {
    struct who who;
    const struct caller *caller; /* borrowed */
    char name[64];               /* who_name, or the name the socket's user gave */
    enum role role;              /* at the place this is about */
    char site[ID_SIZE];          /* that place; "" : not one site */
    enum err err;                /* access_may: why not */
    char text[160];
};

/* Who asks. */
void access_find(struct office *office, const struct caller *caller, struct access *access);

/* May they ask this? False: access->err and text say why not. asking->fields may be NULL, before
 * the body was read: then it is what is true whatever they say. */
bool access_may(struct office *office, const struct command *command, const struct asking *asking,
                struct access *access);

/* Answers with access->err. */
void access_refuse(const struct access *access, struct answer *answer);

/* Where the row's role is needed: "anywhere" (at one site), "everywhere", at the site of the
 * "machine", "run", "job", "maker" or "declaration" of its route, or at the "sites" that its
 * members name. */
const char *access_where(const struct command *command);

/* For what is no row: true when the caller has this role anywhere. Else the answer was given. */
bool access_special(struct office *office, const struct caller *caller, enum role role,
                    struct answer *answer);

/* Somebody is admin: the daemon may be reached from outside. */
bool access_has_admin(const struct office *office);

/* For streams: true while the caller is still somebody. Does not keep a session alive. */
bool access_holds(struct office *office, const struct caller *caller);

#endif
