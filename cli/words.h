/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the command line: one row each, with what it asks and how the answer is shown. */
#ifndef USINE_CLI_WORDS_H
#define USINE_CLI_WORDS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "client.h"

struct asked; /* the command line, taken apart: arguments.h */

enum option_kind {
    OPTION_TEXT,
    OPTION_NUMBER,
    OPTION_LIST,
    OPTION_FLAG,
    OPTION_YES_NO,
    OPTION_PART_NUMBER, /* N, or PART=N once for each part: then a member of `parts` */
    OPTION_PART_TEXT,   /* TEXT, or PART=TEXT */
};

struct option_row {
    const char *name;  /* "--part" */
    const char *field; /* of the API */
    enum option_kind kind;
    bool required;
    const char *value; /* "PART": for help */
    const char *help;
};

struct word {
    const char *words; /* "machine * pause": '*' is the {id} of the path */
    const char *method;
    const char *path;                 /* "/api/v1/machines/{id}/pause" */
    const struct option_row *options; /* ends with a NULL name; NULL: none */
    const char *rest;                 /* field that takes further words, joined; "" none */
    bool rest_needed;
    const char *rest_name; /* for help: "LINE", "[MACHINE]" */
    /* Shows a good answer. NULL: nothing to show. */
    void (*show)(const cJSON *body, const struct asked *asked);
    /* Does it all by itself instead; NULL: ask, then show. */
    enum exit_code (*run)(struct client *client, const struct asked *asked);
    const char *help;
};

/* Ends with a NULL words. */
extern const struct word word_table[];

#endif
