/* SPDX-License-Identifier: Apache-2.0 */
/* The door: the command table over HTTP/1.1, on a Unix socket and on TCP, with TLS
 * when there is a certificate. Office thread.
 */
#ifndef USINE_HTTP_HTTP_H
#define USINE_HTTP_HTTP_H

#include <stddef.h>

#include "base/err.h"
#include "commands/office.h"

struct http;

struct http_setup {
    struct office *office; /* borrowed; config, loop and clock are set */
    const char *socket;    /* Unix socket path */
    char *const *listen;   /* TCP addresses */
    size_t listen_count;
    const char *certificate, *key;    /* PEM files for TLS on them; "": none */
    const char *upload_dir;           /* where uploads wait for their verdict; borrowed */
    void (*on_opened)(void *context); /* http_addresses has become longer */
    void *context;
};

/* Opens every address. Those beyond loopback are refused without TLS and without a proxy that is
 * declared, and wait until there is an admin. On failure text says which one and what to do:
 * ERR_REFUSED (beyond loopback, already in use, certificate or key no good), ERR_DISK (the socket's
 * folder), ERR_NO_MEMORY. */
enum err http_open(struct http **http, const struct http_setup *setup, char *text, size_t size);

/* NULL-ended, owned by http: "unix:/run/usine/usine.sock", "http://127.0.0.1:8750". With port 0 the
 * port the system chose. */
const char *const *http_addresses(const struct http *http);

/* Reads certificate and key again: new connections get them, old ones live on. No good: the old
 * ones stay, and the log says why. */
void http_renew(struct http *http);

/* Takes no more connections and answers what still comes with ERR_BUSY; streams end. */
void http_quiet(struct http *http);

/* Closes everything, once what was asked is answered; then calls on_closed and is gone. */
void http_close(struct http *http, void (*on_closed)(void *context), void *context);

#endif
