/* SPDX-License-Identifier: Apache-2.0 */
/* A multipart/form-data body (RFC 7578) as it comes in: one file, handed on piece by piece, and a
 * few short members beside it. libmicrohttpd's post processor reads it; memory is constant. */
#ifndef USINE_HTTP_MULTIPART_H
#define USINE_HTTP_MULTIPART_H

#include <cjson/cJSON.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
    MULTIPART_PARTS_MAX = 32,
    MULTIPART_NAME_MAX = 64,   /* of a member's name */
    MULTIPART_VALUE_MAX = 1024 /* of a member's text, a file name included */
};

struct multipart {
    struct MHD_PostProcessor *parser; /* owned; NULL: not begun */
    char *piece;                      /* owned; the file's bytes of the last multipart_take */
    size_t piece_size;
    cJSON *members; /* owned; name -> text; the file's name under "file" */
    size_t parts;
    bool has_file;
    bool in_file;                      /* the part under way is the file */
    char name[MULTIPART_NAME_MAX + 1]; /* of the part under way */
    char value[MULTIPART_VALUE_MAX + 1];
    size_t value_size;
    size_t part_size; /* bytes of the part under way; of the file: not 0 is all that matters */
    enum err err;     /* sticks */
    char text[160];   /* what went wrong, for people */
};

/* Reads the boundary from the request's header. ERR_BAD_REQUEST: it is no multipart/form-data, or
 * its boundary is not one of RFC 2046; ERR_NO_MEMORY. Finish it also then. */
enum err multipart_begin(struct multipart *multipart, struct MHD_Connection *connection);

/* Takes some of the body and returns how much. What of it belongs to the file is in piece and
 * piece_size until the next call. Faults are in multipart->err: ERR_BAD_REQUEST, ERR_TOO_LARGE,
 * ERR_NO_MEMORY. */
size_t multipart_take(struct multipart *multipart, const char *bytes, size_t n);

/* The body is complete: ERR_BAD_REQUEST when its end or its file is missing. Then members are
 * complete. */
enum err multipart_end(struct multipart *multipart);

/* Frees all. A zeroed one is harmless. */
void multipart_finish(struct multipart *multipart);

#endif
