/* SPDX-License-Identifier: Apache-2.0 */
/* One MHD daemon per address, all on the office loop: its epoll in a uv_poll, its time-outs in a
 * timer. After anything is resumed, MHD must run: listener_kick().
 *
 * The end: http_quiet stops accepting; http_close resumes whatever is suspended, stops the daemons
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

enum { WATCH_MS = 1000, CONNECTION_MEMORY = 128 * 1024, CONNECTIONS_MAX = 1000, IDLE_S = 120 };

static void run(struct listener *listener);

static void on_timer(uv_timer_t *timer)
{
    run(timer->data);
}

static void run(struct listener *listener)
{
    MHD_UNSIGNED_LONG_LONG timeout;

    if (listener->daemon == NULL)
        return;
    MHD_run(listener->daemon);
    if (MHD_get_timeout(listener->daemon, &timeout) == MHD_YES)
        uv_timer_start(&listener->timer, on_timer, timeout, 0);
    else
        uv_timer_stop(&listener->timer);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    run(poll->data);
}

void listener_kick(struct listener *listener)
{
    if (listener->daemon != NULL)
        uv_timer_start(&listener->timer, on_timer, 0, 0);
}

/* Takes fd. */
static enum err start(struct http *http, int fd, bool tcp)
{
    struct listener *listener = &http->listeners[http->listener_count];
    const union MHD_DaemonInfo *info;

    listener->http = http;
    listener->tcp = listener->loopback = tcp;
    listener->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, request_handle, listener,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_NOTIFY_COMPLETED, request_completed, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, connection_notify, http, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_END);
    if (listener->daemon == NULL) {
        close(fd);
        return ERR_NO_MEMORY;
    }
    info = MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    uv_poll_init(http->office->loop, &listener->poll, info->epoll_fd);
    uv_timer_init(http->office->loop, &listener->timer);
    listener->poll.data = listener->timer.data = listener;
    uv_poll_start(&listener->poll, UV_READABLE, on_ready);
    http->addresses[http->listener_count] = http->address_text[http->listener_count];
    http->listener_count++;
    return ERR_OK;
}

static void on_watch(uv_timer_t *timer)
{
    struct http *http = timer->data;

    connections_check(&http->connections, clock_mono(http->office->clock));
}

static enum err listen_all(struct http *http, const struct http_setup *setup, char *text,
                           size_t size)
{
    enum err err;
    int fd;

    err = listen_unix(setup->socket, &fd, text, size);
    if (err == ERR_OK) {
        snprintf(http->socket, sizeof http->socket, "%s", setup->socket);
        snprintf(http->address_text[0], LISTEN_ADDRESS_SIZE, "unix:%s", setup->socket);
        err = start(http, fd, false);
    }
    for (size_t i = 0; i < setup->listen_count && err == ERR_OK; i++) {
        if (http->listener_count == HTTP_LISTENERS_MAX) {
            snprintf(text, size, "\"listen\": at most %d addresses", HTTP_LISTENERS_MAX - 1);
            return ERR_REFUSED;
        }
        err =
            listen_tcp(setup->listen[i], &fd, http->address_text[http->listener_count], text, size);
        if (err == ERR_OK)
            err = start(http, fd, true);
    }
    return err;
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
    list_init(&http->connections);
    list_init(&http->requests);
    events_init(&http->events, setup->office, setup->office->loop);
    uv_timer_init(setup->office->loop, &http->watch);
    http->watch.data = http;
    uv_timer_start(&http->watch, on_watch, WATCH_MS, WATCH_MS);
    err = listen_all(http, setup, text, size);
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

void http_quiet(struct http *http)
{
    http->quiet = true;
    for (size_t i = 0; i < http->listener_count; i++) {
        int fd = MHD_quiesce_daemon(http->listeners[i].daemon);

        if (fd >= 0)
            close(fd);
    }
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
    free(http);
    on_closed(context);
}

void http_request_gone(struct http *http)
{
    maybe_free(http);
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct http *http = handle->data;

    http->handles--;
    maybe_free(http);
}

static void close_handle(struct http *http, uv_handle_t *handle)
{
    handle->data = http;
    http->handles++;
    uv_close(handle, on_handle_closed);
}

static void stop(struct http *http, struct listener *listener)
{
    struct MHD_Daemon *daemon = listener->daemon;

    listener->daemon = NULL;
    close_handle(http, (uv_handle_t *)&listener->poll);
    close_handle(http, (uv_handle_t *)&listener->timer);
    MHD_run(daemon); /* takes back what was resumed */
    MHD_stop_daemon(daemon);
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
        stop(http, &http->listeners[i]);
    http->closing = true;
}
