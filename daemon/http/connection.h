/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines that MHD does not keep: a complete header within 12 s, a body at 1 kB/s or more. */
#ifndef USINE_HTTP_CONNECTION_H
#define USINE_HTTP_CONNECTION_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"

struct http;

struct connection {
    struct list node;
    int fd;            /* MHD's */
    int64_t since_ms;  /* monotonic: waiting for a header, or measuring a body, since */
    uint64_t received; /* body bytes since then */
    bool in_body;      /* a body is being received */
    bool served;       /* header complete, no body awaited: no deadline of ours */
    bool had_request;  /* kept alive: may rest for longer before its next header */
};

/* For MHD_OPTION_NOTIFY_CONNECTION; cls is the struct http. */
void connection_notify(void *cls, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode code);

/* The connection's own struct; NULL if it has none. */
struct connection *connection_of(struct MHD_Connection *connection);

/* Moves of a request: header complete, n bytes of body came, body complete, answer sent. */
void connection_header(struct connection *connection, int64_t now_ms, bool has_body);
void connection_bytes(struct connection *connection, uint64_t n);
void connection_body_done(struct connection *connection);
void connection_answered(struct connection *connection, int64_t now_ms);

/* Shuts down those beyond their deadline; each second or so. */
void connections_check(struct list *connections, int64_t now_ms);

#endif
