/* SPDX-License-Identifier: Apache-2.0 */
/* The table of all one may ask: one row each. The router, the API document and the help come from
 * the same rows. A command does not know by which way it was called. Office thread. */
#ifndef USINE_COMMANDS_COMMAND_H
#define USINE_COMMANDS_COMMAND_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "people/roles.h"
#include "people/token.h"

struct office; /* what commands reach: office.h */
struct asking; /* below */
struct answer; /* one question under way; answered exactly once, now or later */

struct caller; /* who asks: caller.h */

/* Where the row's role is needed. */
enum place {
    /* By the route and the fields: a viewer's GET anywhere; /machines/{id} at the machine's site;
     * /jobs/{id} and members "site" and "sites" at all sites they name; /runs/{id} at its machine's
     * site while it is under way, then anywhere; /makers/{id} at all sites of the link;
     * /declarations/{id} at its site while it waits, then anywhere; all else at every site. */
    PLACE_BY_ROUTE,
    PLACE_ANYWHERE, /* at one site, whichever: call->role then is the row's, or what holds at all */
    PLACE_EVERYWHERE
};

/* Kinds of tokens that may use nothing but rows that say so; bits of `links`. */
enum {
    LINK_SLICER = 1 << TOKEN_SLICER,
    LINK_SITE = 1 << TOKEN_SITE,
    LINK_MAKER = 1 << TOKEN_MAKER
};

struct call {
    const char *by;     /* who asks: "cli", a login, "token:NAME" */
    enum role role;     /* what they may, at the place this is about */
    const char *id;     /* {id} of the route; "" if none */
    const char *path;   /* {path} of the route; "" if none */
    const void *args;   /* the struct the row's fields describe; gone after run() returns */
    const char *upload; /* path of the body already on disk (upload rows); else NULL */
    const char
        *match; /* If-Match, for rows that say `matches`; gone after run() returns; or NULL */
    const struct caller *caller; /* for rows about the caller; gone after run() returns */
};

struct command {
    const char *name;                /* "machine.pause" */
    const char *route;               /* "POST /api/v1/machines/{id}/pause"; "{path}" ends one */
    const char *alias;               /* a second path, for the same method; NULL: none */
    enum role role;                  /* least role; unset: nobody but the socket's user */
    enum place place;                /* where they must have it */
    const char *help;                /* one line */
    const struct json_field *fields; /* body (POST, PATCH) or query (GET, DELETE, upload) members */
    size_t field_count;
    size_t args_size;
    bool upload;  /* the body is a file, fields come by query */
    bool form;    /* upload rows: a multipart/form-data form, the file is its member "file" */
    bool slicer;  /* a slicer asks: errors are plain text, members it has no use for are dropped */
    bool creates; /* takes Idempotency-Key */
    /* What was made, by its number, for who asks again after a restart: as `run` answered. NULL:
     * they get {"id", "message"}. */
    cJSON *(*made)(const struct office *office, int64_t id);
    bool fresh;   /* the password must have been given within the last 5 minutes */
    bool tablet;  /* a paired tablet may, at its site, before anybody has said who they are */
    bool audited; /* goes into the audit log though it changes nothing */
    unsigned links;
    /* What the route's {id} is now, with its version, for ETag and If-Match. NULL: no such thing.
     * Rows without one take no notice of If-Match, unless they say `matches`. */
    cJSON *(*current)(struct office *office, const struct asking *asking);
    bool matches; /* compares call->match itself: what it changes is known to the store alone */
    void (*run)(struct office *office, const struct call *call, struct answer *answer);
};

/* The number that an {id} is: of a job, run, session, token…; 0: it is none. */
int64_t command_number(const char *id);

/* All rows, NULL-terminated. */
extern const struct command *const command_table[];

/* One question: a command, who asks, and its fields. All borrowed for the call to command_ask,
 * but upload, which must stay until the answer. */
struct asking {
    const struct caller *caller;
    const char *by;      /* set by command_ask */
    const char *id;      /* "" if none */
    const char *path;    /* "" if none */
    const cJSON *fields; /* an object; NULL: none given */
    const char *upload;
    const char *key;   /* Idempotency-Key; NULL: none */
    const char *match; /* If-Match; NULL: none */
};

/* Before the body is read: false, and the answer was given, when asking (without its fields) would
 * be refused whatever they say. */
bool command_admit(struct office *office, const struct command *command,
                   const struct asking *asking, struct answer *answer);

/* Checks who asks (access.h) and the fields, then runs the command. What changes something goes
 * into the audit log after it was done and before it is answered. The answer may come from inside
 * the call. */
void command_ask(struct office *office, const struct command *command, const struct asking *asking,
                 struct answer *answer);

#endif
