/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of an event stream (SSE): made once, read by many. */
#ifndef USINE_HTTP_FRAME_H
#define USINE_HTTP_FRAME_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "commands/news.h"

struct frame {
    size_t users; /* it is freed with the last */
    char *text;   /* owned */
    size_t size;
};

/* Each has one user, the caller; NULL: no memory, or nothing to tell. id ("" : none) names the
 * frame to clients (Last-Event-ID). */

/* One event; data is deleted. */
struct frame *frame_create(const char *name, cJSON *data, const char *id);

/* The same of ready JSON. */
struct frame *frame_create_text(const char *name, const char *json, const char *id);

/* All rows of the log not yet told, as they come in bursts. */
struct frame *frame_create_log(struct news *news, const char *id);

/* A comment, which keeps the connection alive. */
struct frame *frame_create_ping(void);

void frame_release(struct frame *frame); /* NULL is harmless */

#endif
