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
#include "listener.h"
#include "tls.h"

enum { HTTP_LISTENERS_MAX = 8 };

struct http {
    struct office *office;                          /* borrowed */
    const char *upload_dir;                         /* borrowed */
    struct listener *listeners[HTTP_LISTENERS_MAX]; /* owned */
    size_t listener_count;
    char address_text[HTTP_LISTENERS_MAX][LISTEN_ADDRESS_SIZE];
    const char *addresses[HTTP_LISTENERS_MAX + 1];
    char waiting[HTTP_LISTENERS_MAX][128]; /* addresses that wait for an admin */
    size_t waiting_count;
    struct list retired;             /* listeners with an older certificate; owned */
    char certificate[256], key[256]; /* paths; "": no TLS */
    struct tls tls;
    char socket[108];        /* path, removed at the end */
    struct list connections; /* of struct connection */
    uv_timer_t watch;        /* header and body deadlines */
    struct events events;    /* live streams */
    struct list requests;    /* alive, orphans included */
    uint64_t upload_serial;
    bool quiet, closing;
    size_t handles;                   /* being closed */
    void (*on_opened)(void *context); /* more addresses were opened */
    void *opened_context;
    void (*on_closed)(void *context);
    void *context;
};

/* Opens what setup names, as http_open says. */
enum err listeners_open(struct http *http, const struct http_setup *setup, char *text, size_t size);

/* Opens what waits for an admin, when there is one. */
void listeners_open_waiting(struct http *http);

/* Takes new connections with the certificate and key that the files hold now; connections that
 * there are live on with the old. If they are no good the old ones stay, and it is said. */
void listeners_renew(struct http *http);

/* Ends those of an older certificate whose last connection has gone. */
void listeners_sweep(struct http *http);

/* A handle counted in http->handles has closed; the last one lets a closing server end. */
void http_handle_closed(struct http *http);

/* A request has gone; the last one lets a closing server end. */
void http_request_gone(struct http *http);

#endif
