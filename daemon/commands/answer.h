/* SPDX-License-Identifier: Apache-2.0 */
/* The answer to one question. The asker embeds it, the command ends it exactly once, now or later,
 * also when the asker's client has gone meanwhile. Office thread. */
#ifndef USINE_COMMANDS_ANSWER_H
#define USINE_COMMANDS_ANSWER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "shared_text.h"
#include "version.h"

struct office;
struct remembered_answer;
struct record;

/* A cookie that goes with the answer. */
struct answer_cookie {
    bool set;
    char value[48]; /* "" : the browser shall forget it */
    int64_t age_s;
};

struct answer {
    void (*on_done)(struct answer *answer); /* set by the asker; called once */
    struct office *office;                  /* set by command_ask; borrowed */
    struct remembered_answer *remember;     /* set by command_ask; NULL: not to be remembered */
    struct record *record;                  /* set by command_ask; NULL: not audited */
    bool done;
    int status;                 /* HTTP status */
    const char *type;           /* MIME type; constant */
    char *text;                 /* owned; NULL when a file is the answer */
    size_t size;                /* of text */
    struct shared_text *shared; /* one use; the answer is this and not text */
    char *path;                 /* owned; a file is the answer */
    bool path_temporary;        /* remove the file when it has been sent */
    char save_as[128];          /* file name to propose; "" none */
    char location[640];         /* where what was made can be asked for; "" none */
    bool plain;                 /* set by the asker: failures as plain text, for slicers' windows */
    int64_t retry_s;            /* Retry-After; 0: none */
    bool versioned;             /* set by command_ask: the body is a thing that has a version */
    char version[VERSION_SIZE]; /* "" : none */
    struct answer_cookie session, tablet;
};

/* Frees what the answer owns, and removes a temporary file. A zeroed answer is harmless. */
void answer_finish(struct answer *answer);

/* It is complete: it is kept for who asks again, written into the audit log, and told. For those
 * below, which each end the answer. */
void answer_end(struct answer *answer);

/* Ends it with this HTTP status. body becomes the answer's; NULL means out of memory. */
void answer_body(struct answer *answer, int status, cJSON *body);
void answer_json(struct answer *answer, cJSON *body);    /* 200 */
void answer_created(struct answer *answer, cJSON *body); /* 201 */
/* For callbacks of what is done or not: with ERR_OK 200 and {"message": done}, else the failure err
 * with text, which says why. */
void answer_outcome(struct answer *answer, enum err err, const char *text, const char *done);
/* The same for what was done to a thing with a number (0: none), which the log shall tell, too:
 * with ERR_OK this HTTP status and {"id", "message": text}. */
struct answer_done {
    int status;
    int64_t id;
};
void answer_act(struct answer *answer, enum err err, const char *text, struct answer_done done);
void answer_text(struct answer *answer, const char *type, char *text,
                 size_t n); /* text: malloc'ed */
void answer_shared(struct answer *answer, const char *type,
                   struct shared_text *shared); /* borrowed; sent as it is now, by many at once */
void answer_file(struct answer *answer, const char *type, const char *path, bool temporary);

/* {"error": {"code", "message"}}; a plain answer is the message alone. */
void answer_fail(struct answer *answer, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ERR_TOO_MANY, with the seconds to wait. */
void answer_too_many(struct answer *answer, int64_t retry_s, const char *message);

/* The same with the member at fault (may be NULL) and, beside "error", a report that says more
 * (taken; NULL: none). */
void answer_fault(struct answer *answer, enum err err, const char *field, const char *message,
                  cJSON *report);

/* ERR_STALE: what one wanted to change is not what it was; current (taken) is what it is now. */
void answer_stale(struct answer *answer, cJSON *current);

#endif
