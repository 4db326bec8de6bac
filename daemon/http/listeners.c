/* SPDX-License-Identifier: Apache-2.0 */
/* One MHD daemon per address, all on the office loop: its epoll in a uv_poll, its time-outs in a
 * timer. After anything is resumed, MHD must run: listener_kick().
 *
 * Beyond loopback nothing is said in the clear: there is TLS, or only the declared proxies are
 * heard. And nobody from outside shall be the first to come: such an address is opened when there
 * is an admin. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "base/log.h"
#include "commands/access.h"
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
    if (!listener->tcp || listener->loopback || listener->tls)
        return MHD_YES;
    address_text(peer, text);
    return address_listed(text, &proxies) ? MHD_YES : MHD_NO;
}

static struct MHD_Daemon *start_daemon(struct listener *listener, int fd)
{
    struct http *http = listener->http;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, http->tls.certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, http->tls.key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem none = {MHD_OPTION_END, 0, NULL};

    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (listener->tls ? MHD_USE_TLS : 0u), 0,
        accept_peer, listener, request_handle, listener, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_NOTIFY_COMPLETED, request_completed, listener, MHD_OPTION_URI_LOG_CALLBACK,
        head_uri, listener, MHD_OPTION_NOTIFY_CONNECTION, connection_notify, http,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_ARRAY, listener->tls ? tls : &none, MHD_OPTION_END);
}

/* Takes fd; the kind of listener is set. */
static enum err start(struct listener *listener, int fd)
{
    struct http *http = listener->http;
    const union MHD_DaemonInfo *info;

    listener->daemon = start_daemon(listener, fd);
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

static enum err open_unix(struct http *http, const char *path, char *text, size_t size)
{
    struct listener *listener = &http->listeners[0];
    int fd;
    enum err err = listen_unix(path, &fd, text, size);

    if (err != ERR_OK)
        return err;
    snprintf(http->socket, sizeof http->socket, "%s", path);
    snprintf(http->address_text[0], LISTEN_ADDRESS_SIZE, "unix:%s", path);
    listener->http = http;
    return start(listener, fd);
}

static enum err open_tcp(struct http *http, const char *spec, char *text, size_t size)
{
    struct listener *listener = &http->listeners[http->listener_count];
    struct listen_words words;
    enum err err;
    int fd;

    if (http->listener_count == HTTP_LISTENERS_MAX) {
        snprintf(text, size, "\"listen\": at most %d addresses", HTTP_LISTENERS_MAX - 1);
        return ERR_REFUSED;
    }
    listener->http = http;
    listener->tcp = true;
    listener->tls = http->tls.certificate != NULL;
    listener->loopback = listen_is_loopback(spec);
    err = listen_tcp(spec, listener->tls, &fd, &words);
    if (err != ERR_OK) {
        snprintf(text, size, "%s", words.text);
        return err;
    }
    memcpy(http->address_text[http->listener_count], words.address, sizeof words.address);
    err = start(listener, fd);
    if (err != ERR_OK && listener->tls)
        snprintf(text, size,
                 "\"tls\": the certificate and the key do not go together, or are none");
    return err;
}

/* What must be there before anybody outside may knock. */
static enum err check_world(const struct http *http, const char *spec, char *text, size_t size)
{
    if (http->tls.certificate != NULL || http->office->config->proxy_count > 0)
        return ERR_OK;
    snprintf(
        text, size,
        "\"listen\": %.100s is refused: beyond loopback (127.0.0.1:PORT, [::1]:PORT) there must "
        "be \"tls\" with a certificate and a key, or the addresses of a \"proxy\" that has them",
        spec);
    return ERR_REFUSED;
}

static enum err open_one(struct http *http, const char *spec, char *text, size_t size)
{
    enum err err;

    if (listen_is_loopback(spec))
        return open_tcp(http, spec, text, size);
    err = check_world(http, spec, text, size);
    if (err != ERR_OK || access_has_admin(http->office))
        return err != ERR_OK ? err : open_tcp(http, spec, text, size);
    if (strlen(spec) >= sizeof http->waiting[0] || http->waiting_count == HTTP_LISTENERS_MAX) {
        snprintf(text, size, "\"listen\": %.100s is too long, or one too many", spec);
        return ERR_REFUSED;
    }
    strcpy(http->waiting[http->waiting_count++], spec);
    log_warning("usined: %s stays closed until somebody is admin: open the first link, or "
                "`usine user add LOGIN --role admin`",
                spec);
    return ERR_OK;
}

enum err listeners_open(struct http *http, const struct http_setup *setup, char *text, size_t size)
{
    enum err err = open_unix(http, setup->socket, text, size);

    if (err == ERR_OK && setup->certificate[0] != '\0')
        err = tls_read(&http->tls, setup->certificate, setup->key, text, size);
    for (size_t i = 0; i < setup->listen_count && err == ERR_OK; i++)
        err = open_one(http, setup->listen[i], text, size);
    return err;
}

void listeners_open_waiting(struct http *http)
{
    char text[400];

    if (http->waiting_count == 0 || http->quiet || !access_has_admin(http->office))
        return;
    for (size_t i = 0; i < http->waiting_count; i++)
        if (open_tcp(http, http->waiting[i], text, sizeof text) == ERR_OK)
            log_info("usined: listening on %s", http->addresses[http->listener_count - 1]);
        else
            log_error("usined: %s", text);
    http->waiting_count = 0;
}
