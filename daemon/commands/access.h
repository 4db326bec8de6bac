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

/* May they ask this? False: access->err and text say why not. */
bool access_may(struct office *office, const struct command *command, const struct asking *asking,
                struct access *access);

/* Answers with access->err. */
void access_refuse(const struct access *access, struct answer *answer);

/* Before the body is read: false, and the answer was given, when this will be refused whatever the
 * fields say. */
bool access_admit(struct office *office, const struct command *command, const struct caller *caller,
                  struct answer *answer);

/* For what is no row: true when the caller has this role anywhere. Else the answer was given. */
bool access_special(struct office *office, const struct caller *caller, enum role role,
                    struct answer *answer);

/* For streams: true while the caller is still somebody. Does not keep a session alive. */
bool access_holds(struct office *office, const struct caller *caller);

#endif
