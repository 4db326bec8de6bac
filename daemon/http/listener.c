/* SPDX-License-Identifier: Apache-2.0 */
/* After anything is resumed, MHD must run: listener_kick(). */
#include "listener.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "address.h"
#include "connection.h"
#include "head.h"
#include "request.h"
#include "server.h"

enum { CONNECTION_MEMORY = 24 * 1024, CONNECTIONS_MAX = 4000, IDLE_S = 120 };

/* TLS 1.2 and 1.3, with what GnuTLS holds for strong today. */
static const char tls_priorities[] =
    "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

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

/* Without TLS, beyond loopback: only the declared proxies. */
static enum MHD_Result accept_peer(void *cls, const struct sockaddr *peer, socklen_t size)
{
    const struct listener *listener = cls;
    const struct config *config = listener->http->office->config;
    const struct address_list proxies = {config->proxy, config->proxy_count};
    char text[ADDRESS_TEXT_SIZE];

    (void)size;
    if (!listener->kind.tcp || listener->kind.loopback || listener->kind.tls)
        return MHD_YES;
    address_text(peer, text);
    return address_listed(text, &proxies) ? MHD_YES : MHD_NO;
}

static struct MHD_Daemon *start_daemon(struct listener *listener, int fd, const struct tls *tls)
{
    struct http *http = listener->http;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, tls->certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem none = {MHD_OPTION_END, 0, NULL};

    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (listener->kind.tls ? MHD_USE_TLS : 0u), 0,
        accept_peer, listener, request_handle, listener, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_NOTIFY_COMPLETED, request_completed, listener, MHD_OPTION_URI_LOG_CALLBACK,
        head_uri, listener, MHD_OPTION_NOTIFY_CONNECTION, connection_notify, http,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_ARRAY, listener->kind.tls ? options : &none, MHD_OPTION_END);
}

struct listener *listener_start(struct http *http, struct listener_kind kind, int fd,
                                const struct tls *tls)
{
    struct listener *listener = calloc(1, sizeof *listener);
    const union MHD_DaemonInfo *info;

    if (listener != NULL) {
        listener->http = http;
        listener->kind = kind;
        listener->daemon = start_daemon(listener, fd, tls);
    }
    if (listener == NULL || listener->daemon == NULL) {
        close(fd);
        free(listener);
        return NULL;
    }
    info = MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    uv_poll_init(http->office->loop, &listener->poll, info->epoll_fd);
    uv_timer_init(http->office->loop, &listener->timer);
    listener->handles = 2;
    listener->poll.data = listener->timer.data = listener;
    uv_poll_start(&listener->poll, UV_READABLE, on_ready);
    return listener;
}

void listener_quiet(struct listener *listener)
{
    int fd = MHD_quiesce_daemon(listener->daemon);

    if (fd >= 0)
        close(fd);
}

struct listener *listener_renew(const struct listener *listener, const struct tls *tls)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_LISTEN_FD);
    int fd = info != NULL ? fcntl(info->listen_fd, F_DUPFD_CLOEXEC, 0) : -1;

    return fd >= 0 ? listener_start(listener->http, listener->kind, fd, tls) : NULL;
}

bool listener_idle(const struct listener *listener)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);

    return info == NULL || info->num_connections == 0;
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct listener *listener = handle->data;
    struct http *http = listener->http;

    if (--listener->handles == 0)
        free(listener);
    http_handle_closed(http);
}

void listener_stop(struct listener *listener)
{
    struct MHD_Daemon *daemon = listener->daemon;

    listener->daemon = NULL;
    listener->http->handles += 2;
    uv_close((uv_handle_t *)&listener->poll, on_handle_closed);
    uv_close((uv_handle_t *)&listener->timer, on_handle_closed);
    MHD_run(daemon); /* takes back what was resumed */
    MHD_stop_daemon(daemon);
}
