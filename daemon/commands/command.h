/* SPDX-License-Identifier: Apache-2.0 */
/* The table of all one may ask: one row each. The router, the API document and the help come from
 * the same rows. A command does not know who called it nor by which way. Office thread. */
#ifndef USINE_COMMANDS_COMMAND_H
#define USINE_COMMANDS_COMMAND_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"

struct office; /* what commands reach: office.h */
struct answer; /* one question under way; answered exactly once, now or later */

enum role {
    ROLE_NOBODY,
    ROLE_VIEWER,
    ROLE_OPERATOR,
    ROLE_TECHNICIAN,
    ROLE_COORDINATOR,
    ROLE_ADMIN
};

const char *role_name(enum role role); /* "operator" */

struct call {
    const char *by;     /* who asks: "cli", a login, a token's name */
    enum role role;     /* what they may */
    const char *id;     /* {id} of the route; "" if none */
    const void *args;   /* the struct the row's fields describe; gone after run() returns */
    const char *upload; /* path of the body already on disk (upload rows); else NULL */
};

struct command {
    const char *name;                /* "machine.pause" */
    const char *route;               /* "POST /api/v1/machines/{id}/pause" */
    enum role role;                  /* least role */
    const char *help;                /* one line */
    const struct json_field *fields; /* body (POST, PATCH) or query (GET, DELETE, upload) members */
    size_t field_count;
    size_t args_size;
    bool upload;  /* the body is a file, fields come by query */
    bool creates; /* takes Idempotency-Key */
    void (*run)(struct office *office, const struct call *call, struct answer *answer);
};

/* All rows, NULL-terminated. */
extern const struct command *const command_table[];

/* One question: a command, who asks, and its fields. All borrowed for the call to command_ask,
 * but upload, which must stay until the answer. */
struct asking {
    const char *by;
    enum role role;
    const char *id;      /* "" if none */
    const cJSON *fields; /* an object; NULL: none given */
    const char *upload;
    const char *key; /* Idempotency-Key; NULL: none */
};

/* Checks role and fields, then runs the command. The answer may come from inside the call. */
void command_ask(struct office *office, const struct command *command, const struct asking *asking,
                 struct answer *answer);

#endif
