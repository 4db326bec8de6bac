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

struct usine;  /* the root: daemon/usine.h gives commands what they need through office.h */
struct answer; /* one question under way; answered exactly once, now or later */

enum role { ROLE_NOBODY, ROLE_VIEWER, ROLE_OPERATOR, ROLE_TECHNICIAN, ROLE_COORDINATOR, ROLE_ADMIN };

struct call {
    const char *by;       /* who asks: "cli", a login, a token's name */
    enum role role;
    const char *id;       /* {id} of the route; "" if none */
    const void *args;     /* the struct the row's fields describe */
    const char *upload;   /* path of the body already on disk (upload rows); else NULL */
};

struct command {
    const char *name;     /* "machine.pause" */
    const char *route;    /* "POST /api/v1/machines/{id}/pause" */
    enum role role;       /* least role */
    const char *help;     /* one line */
    const struct json_field *fields; /* body (POST, PATCH) or query (GET) members */
    size_t field_count;
    size_t args_size;
    bool upload;          /* the body is a file, fields come by query */
    void (*run)(struct usine *usine, const struct call *call, struct answer *answer);
};

/* All rows, NULL-terminated. */
extern const struct command *const command_table[];

/* Answers. Each ends the answer; the caller's cJSON becomes the answer's. */
void answer_json(struct answer *answer, cJSON *body);
void answer_text(struct answer *answer, const char *type, char *text, size_t n); /* text: malloc'ed */
void answer_fail(struct answer *answer, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
