/* SPDX-License-Identifier: Apache-2.0 */
/* JSON in through field tables, never by picking at cJSON: each row says the name, type, range,
 * default and help of one member and where it goes in a struct. */
#ifndef USINE_BASE_JSON_H
#define USINE_BASE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

enum json_type {
    JSON_STRING,  /* char[size]; longer text is refused, control bytes too */
    JSON_INTEGER, /* int64_t, |n| < 2^53 */
    JSON_NUMBER,  /* double, finite */
    JSON_BOOLEAN, /* bool */
    JSON_ANY,     /* const cJSON *, borrowed from the document (arrays, objects, unions) */
};

struct json_field {
    const char *name;
    enum json_type type;
    size_t offset; /* in the struct */
    size_t size;   /* JSON_STRING: of the array */
    bool required;
    double min, max;    /* numbers: range, inclusive, when min < max; strings: min length = min */
    const char *words;  /* JSON_STRING: the values allowed, space separated; NULL: any */
    const char *preset; /* the default, as JSON text; NULL: zero */
    const char *help;   /* one line */
    bool secret;        /* a password, a code: kept out of every record */
};

/* The row of a text that goes into the array of the same name in the struct `of`, and need not be
 * given. */
/* clang-format off */
#define JSON_TEXT_ROW(of, member, text)                                                            \
    {.name = #member, .type = JSON_STRING, .offset = offsetof(of, member),                         \
     .size = sizeof ((of *)0)->member, .help = (text)}
/* clang-format on */

struct json_fault {
    const char *field; /* the member at fault; NULL: the whole */
    char text[200];    /* what is wrong and what would be right */
};

struct json_table {
    const struct json_field *fields;
    size_t count;
    size_t size; /* of the struct they describe */
};

/* Fills *out (zeroed first) from object by the table. Unknown members are a fault; a missing
 * optional one takes its default. Stops at the first fault: ERR_INVALID and *fault. */
enum err json_read(const cJSON *object, const struct json_table *table, void *out,
                   struct json_fault *fault);

/* Parses text (not NUL-terminated, UTF-8, no comments, duplicates refused by json_read). On a
 * syntax error returns NULL and the byte offset of the fault; an escaped NUL is one too, because a
 * C string would end there unseen. The caller deletes the result. */
cJSON *json_parse(const char *text, size_t n, size_t *fault_offset);

/* Where the first escaped NUL (\u0000) stands in JSON text; n: there is none. */
size_t json_escaped_nul(const char *text, size_t n);

/* True when all n bytes are well-formed UTF-8 without NUL. */
bool json_utf8(const char *text, size_t n);

#endif
