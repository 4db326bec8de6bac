/* SPDX-License-Identifier: Apache-2.0 */
/* Live events (SSE): each client first gets the whole status ("snapshot"), then what changes:
 * "machines" {"items"} (whole ones, within 200 ms), "progress" {"items"} (counters and readings of
 * machines that are else as before, each 2 s), "today", "log". A client too slow to take it all is
 * not served late news but a new snapshot; one that comes back with Last-Event-ID gets what it
 * missed, if that is not too much. */
#ifndef USINE_HTTP_EVENTS_H
#define USINE_HTTP_EVENTS_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/list.h"
#include "commands/news.h"

enum { EVENTS_KEPT = 16 };

struct frame;
struct office;
struct shared_text;
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
    int64_t counters_ms;             /* monotonic: counters were told */
    int64_t left_ms;                 /* monotonic: the last client went */
    uint64_t seq;                    /* of the newest frame */
    uint64_t first_seq;              /* who heard at least this one can be told the rest */
    struct frame *kept[EVENTS_KEPT]; /* by seq; one use each */
    struct frame *snapshot;          /* the last made, until the next tick; NULL: none */
    struct shared_text *snapshot_of; /* what it was made of; one use */
    uint64_t snapshot_seq;           /* seq then */
};

void events_init(struct events *events, struct office *office, uv_loop_t *loop);

/* Opens a stream; it ends when the asker loses access. */
enum MHD_Result events_reply(struct events *events, const struct special_place *place);

/* Ends all streams. */
void events_end(struct events *events);

/* After the streams have gone: frees; the caller closes the timer. */
void events_finish(struct events *events);

#endif
