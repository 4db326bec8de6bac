/* SPDX-License-Identifier: Apache-2.0 */
/* What a message tells, as text for people and as JSON for programs. Pure. */
#ifndef USINE_NOTICES_MESSAGE_H
#define USINE_NOTICES_MESSAGE_H

#include <cjson/cJSON.h>

#include "words.h"

enum { MESSAGE_ITEMS = 20, MESSAGE_TITLE_SIZE = 200 };

/* One thing to be told. Texts may be anybody's: they are cleaned when the item is added. */
struct notice_item {
    enum notice_what what;
    char subject[64]; /* a machine's id, a job's number */
    char site[64];    /* its id; "": none, or several */
    char place[128];  /* what people call the site; "": the same */
    int64_t since_ms; /* wall */
    char detail[160]; /* what the machine says; a job's part */
    int64_t quantity; /* a job's good pieces */
};

struct message_text {
    enum notice_kind kind;
    struct notice_item items[MESSAGE_ITEMS];
    size_t count;
    int64_t more; /* that found no room */
};

/* Who it is for. */
struct message_reader {
    const char *language; /* "fr" */
    const char *url;      /* where people reach the pages; "": unknown, no links */
};

/* Adds a copy, cleaned. */
void message_add(struct message_text *message, const struct notice_item *item);

void message_title(const struct message_text *message, const struct message_reader *reader,
                   char title[MESSAGE_TITLE_SIZE]);

/* Malloc'ed; NULL: no memory. Lines end with \n. */
char *message_body(const struct message_text *message, const struct message_reader *reader);

/* For programs: {"kind", "title", "text", "items", "more"}; NULL: no memory. The caller's. */
cJSON *message_to_json(const struct message_text *message, const struct message_reader *reader);

/* As it is kept: no names that may change, no words. message_parse leaves out what it cannot read.
 */
char *message_print(const struct message_text *message); /* malloc'ed; NULL: no memory */
void message_parse(struct message_text *message, const char *text);

#endif
