/* SPDX-License-Identifier: Apache-2.0 */
/* A request's body as it comes in: text kept in memory, or a file streamed to disk, as the whole
 * body or as a member of a form. Any fault ends the answer; what comes after it is thrown away, so
 * that the client reads the reason instead of a broken connection. */
#ifndef USINE_HTTP_BODY_H
#define USINE_HTTP_BODY_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "commands/command.h"
#include "multipart.h"
#include "upload.h"

struct answer;

enum { BODY_TEXT_MAX = 64 * 1024, BODY_DISCARD_MAX = 1024 * 1024 };

struct body {
    bool is_file; /* goes to disk by upload */
    bool is_form; /* the file is within a form */
    struct upload upload;
    struct multipart form;
    uint64_t seen; /* bytes */
    char *text;    /* owned */
    size_t text_size;
};

/* How many bytes a body for this row (NULL: none) may have. */
uint64_t body_max(const struct command *command);

/* Ready for the file of an upload row. upload is set up by the caller. ERR_BAD_REQUEST: not the
 * form it should be; the answer was given. */
void body_begin_file(struct body *body, const struct command *command,
                     struct MHD_Connection *connection, struct answer *answer);

/* Takes some of it; *size says how much is left for the next call. When upload.busy after it, the
 * next call must wait for upload.on_ready. MHD_NO: far too much has come. */
enum MHD_Result body_take(struct body *body, const char *bytes, size_t *size,
                          struct answer *answer);

/* The body is complete. True: it is a file, whose upload.on_ready comes now. */
bool body_end(struct body *body, struct answer *answer);

/* Adds what the query, the form's members and the headers of PrusaLink say to fields. ERR_*: it is
 * not UTF-8, or too much. */
enum err body_add_fields(struct body *body, const struct command *command,
                         struct MHD_Connection *connection, cJSON *fields);

/* Frees memory and removes the file. Not while upload.busy. */
void body_finish(struct body *body);

#endif
