/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: the server's own structs. */
#ifndef USINE_HTTP_SERVER_H
#define USINE_HTTP_SERVER_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/list.h"
#include "events.h"
#include "http.h"
#include "listen.h"
#include "tls.h"

enum { HTTP_LISTENERS_MAX = 8 };

struct listener {
    struct http *http;         /* borrowed */
    struct MHD_Daemon *daemon; /* owned; NULL: closed */
    uv_poll_t poll;            /* on the daemon's epoll */
    uv_timer_t timer;          /* when the daemon wants to run next */
    bool tcp;                  /* else the Unix socket, whose users are admins */
    bool loopback;             /* only names of this machine are served */
    bool tls;
};

struct http {
    struct office *office;  /* borrowed */
    const char *upload_dir; /* borrowed */
    struct listener listeners[HTTP_LISTENERS_MAX];
    size_t listener_count;
    char address_text[HTTP_LISTENERS_MAX][LISTEN_ADDRESS_SIZE];
    const char *addresses[HTTP_LISTENERS_MAX + 1];
    char waiting[HTTP_LISTENERS_MAX][128]; /* addresses that wait for an admin */
    size_t waiting_count;
    struct tls tls;
    char socket[108];        /* path, removed at the end */
    struct list connections; /* of struct connection */
    uv_timer_t watch;        /* header and body deadlines */
    struct events events;    /* live streams */
    struct list requests;    /* alive, orphans included */
    uint64_t upload_serial;
    bool quiet, closing;
    size_t handles; /* being closed */
    void (*on_closed)(void *context);
    void *context;
};

/* Opens what setup names, as http_open says. */
enum err listeners_open(struct http *http, const struct http_setup *setup, char *text, size_t size);

/* Opens what waits for an admin, when there is one. */
void listeners_open_waiting(struct http *http);

/* MHD must run soon: something was resumed. */
void listener_kick(struct listener *listener);

/* A request has gone; the last one lets a closing server end. */
void http_request_gone(struct http *http);

#endif
