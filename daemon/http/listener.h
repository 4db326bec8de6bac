/* SPDX-License-Identifier: Apache-2.0 */
/* One MHD daemon on one address, on the office loop: its epoll in a uv_poll, its time-outs in a
 * timer. */
#ifndef USINE_HTTP_LISTENER_H
#define USINE_HTTP_LISTENER_H

#include <microhttpd.h>
#include <stdbool.h>
#include <uv.h>

#include "base/list.h"
#include "tls.h"

struct http;

struct listener_kind {
    bool tcp;      /* else the Unix socket, whose users are admins */
    bool loopback; /* only names of this machine are served */
    bool tls;
};

struct listener {
    struct list node;          /* in http->retired, when it takes no more connections */
    struct http *http;         /* borrowed */
    struct MHD_Daemon *daemon; /* owned; NULL: closed */
    uv_poll_t poll;            /* on the daemon's epoll */
    uv_timer_t timer;          /* when the daemon wants to run next */
    int handles;               /* not yet closed */
    struct listener_kind kind;
};

/* Serves on fd, which it takes, with the certificate of tls if its kind is so. NULL: no memory, or
 * certificate and key do not go together; fd is closed. */
struct listener *listener_start(struct http *http, struct listener_kind kind, int fd,
                                const struct tls *tls);

/* MHD must run soon: something was resumed. */
void listener_kick(struct listener *listener);

/* Takes no more connections; those there are go on. */
void listener_quiet(struct listener *listener);

/* Another one on the same address with this certificate; NULL: as listener_start says. Both take
 * connections until the old one is quiet. */
struct listener *listener_renew(const struct listener *listener, const struct tls *tls);

/* Nobody is connected any more. */
bool listener_idle(const struct listener *listener);

/* Ends all connections, and frees it when the loop has closed its handles (http_handle_closed). */
void listener_stop(struct listener *listener);

#endif
