/* SPDX-License-Identifier: Apache-2.0 */
/* Live events (SSE): each client first gets the whole status ("snapshot"), then what changes, every
 * half second at most: "machines" {"items"}, "today", "log". A client too slow to take it all is
 * not served late news but a new snapshot. */
#ifndef USINE_HTTP_EVENTS_H
#define USINE_HTTP_EVENTS_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/list.h"
#include "commands/news.h"

struct office;
struct special_place;

struct events {
    struct office *office; /* borrowed */
    struct list clients;
    size_t client_count;
    uv_timer_t tick;
    struct news news;
    int64_t ping_ms;  /* monotonic: last word to everyone */
    int64_t check_ms; /* monotonic: access was looked at */
    uint64_t access;  /* people_version then */
    bool ending;
};

void events_init(struct events *events, struct office *office, uv_loop_t *loop);

/* Opens a stream; it ends when the asker loses access. */
enum MHD_Result events_reply(struct events *events, const struct special_place *place);

/* Ends all streams. */
void events_end(struct events *events);

/* After the streams have gone: frees; the caller closes the timer. */
void events_finish(struct events *events);

#endif
