/* SPDX-License-Identifier: Apache-2.0 */
/* The end: http_quiet stops accepting; http_close resumes whatever is suspended, stops the daemons
 * (each open request is completed and becomes an orphan if its answer or its disk is still out),
 * and frees all when the last request and the last handle have gone. */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "connection.h"
#include "request.h"

enum { WATCH_MS = 1000 };

static void on_watch(uv_timer_t *timer)
{
    struct http *http = timer->data;

    connections_check(&http->connections, clock_mono(http->office->clock));
    listeners_open_waiting(http);
    listeners_sweep(http);
}

static void ignore(void *context)
{
    (void)context;
}

enum err http_open(struct http **result, const struct http_setup *setup, char *text, size_t size)
{
    struct http *http = calloc(1, sizeof *http);
    enum err err;

    snprintf(text, size, "out of memory");
    if (http == NULL)
        return ERR_NO_MEMORY;
    http->office = setup->office;
    http->upload_dir = setup->upload_dir;
    snprintf(http->certificate, sizeof http->certificate, "%s", setup->certificate);
    snprintf(http->key, sizeof http->key, "%s", setup->key);
    http->on_opened = setup->on_opened;
    http->opened_context = setup->context;
    list_init(&http->retired);
    list_init(&http->connections);
    list_init(&http->requests);
    events_init(&http->events, setup->office, setup->office->loop);
    uv_timer_init(setup->office->loop, &http->watch);
    http->watch.data = http;
    uv_timer_start(&http->watch, on_watch, WATCH_MS, WATCH_MS);
    err = listeners_open(http, setup, text, size);
    if (err != ERR_OK) {
        http_close(http, ignore, NULL);
        return err;
    }
    *result = http;
    return ERR_OK;
}

const char *const *http_addresses(const struct http *http)
{
    return http->addresses;
}

void http_renew(struct http *http)
{
    listeners_renew(http);
}

void http_quiet(struct http *http)
{
    http->quiet = true;
    for (size_t i = 0; i < http->listener_count; i++)
        listener_quiet(http->listeners[i]);
    if (*http->socket != '\0')
        unlink(http->socket);
    events_end(&http->events);
}

static void maybe_free(struct http *http)
{
    void (*on_closed)(void *) = http->on_closed;
    void *context = http->context;

    if (!http->closing || !list_empty(&http->requests) || http->handles > 0)
        return;
    events_finish(&http->events);
    tls_finish(&http->tls);
    free(http);
    on_closed(context);
}

void http_request_gone(struct http *http)
{
    maybe_free(http);
}

void http_handle_closed(struct http *http)
{
    http->handles--;
    maybe_free(http);
}

static void on_handle_closed(uv_handle_t *handle)
{
    http_handle_closed(handle->data);
}

static void close_handle(struct http *http, uv_handle_t *handle)
{
    handle->data = http;
    http->handles++;
    uv_close(handle, on_handle_closed);
}

void http_close(struct http *http, void (*on_closed)(void *context), void *context)
{
    http->on_closed = on_closed;
    http->context = context;
    http_quiet(http);
    requests_resume(&http->requests);
    close_handle(http, (uv_handle_t *)&http->watch);
    close_handle(http, (uv_handle_t *)&http->events.tick);
    for (size_t i = 0; i < http->listener_count; i++)
        listener_stop(http->listeners[i]);
    for (struct list *node; (node = list_take(&http->retired)) != NULL;)
        listener_stop(list_entry(node, struct listener, node));
    http->closing = true;
}
