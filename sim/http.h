/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTP request over a Unix socket, answered by callback. Small on purpose: the emulated
 * operators must not share the daemon's code. */
#ifndef USINE_SIM_HTTP_H
#define USINE_SIM_HTTP_H

#include <stddef.h>
#include <uv.h>

#include "base/err.h"

struct http_call {
    const char *socket; /* path; copied */
    const char *method, *path;
    const char *body; /* JSON; NULL: none */
    /* status 0: the daemon cannot be reached. The body is NUL-terminated and lasts for the call. */
    void (*on_done)(void *owner, int status, const char *body);
    void *owner; /* borrowed */
};

struct http; /* a request under way; frees itself after on_done */

/* Sends it. on_done is always called once, later. ERR_TOO_LARGE, ERR_NO_MEMORY: it never is. */
enum err http_send(uv_loop_t *loop, const struct http_call *call, struct http **http);

/* Gives up: on_done is not called any more. */
void http_cancel(struct http *http);

#endif
