/* SPDX-License-Identifier: Apache-2.0 */
#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* A full one makes callers wait a second before they knock again: room for all who may be connected
 * at once (CONNECTIONS_MAX of listener.c), who come back together after a restart. The kernel takes
 * at most net.core.somaxconn. */
enum { BACKLOG = 4096 };

static bool somebody_answers(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool yes;

    if (fd < 0)
        return true; /* when in doubt, take nothing away */
    yes = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN ||
          errno == EINPROGRESS;
    close(fd);
    return yes;
}

static enum err remove_stale(const struct sockaddr_un *address, char *text, size_t size)
{
    struct stat st;

    if (lstat(address->sun_path, &st) != 0)
        return ERR_OK;
    if (!S_ISSOCK(st.st_mode)) {
        snprintf(text, size, "%s exists and is no socket: choose another \"socket\"",
                 address->sun_path);
        return ERR_REFUSED;
    }
    if (somebody_answers(address)) {
        snprintf(text, size, "another daemon answers on %s: stop it, or choose another \"socket\"",
                 address->sun_path);
        return ERR_REFUSED;
    }
    unlink(address->sun_path);
    return ERR_OK;
}

/* Created closed to all but us, opened to the group when it is ready. */
static int bind_private(int fd, const struct sockaddr_un *address)
{
    mode_t before = umask(0177);
    int rc = bind(fd, (const struct sockaddr *)address, sizeof *address);

    umask(before);
    if (rc != 0 || chmod(address->sun_path, 0660) != 0 || listen(fd, BACKLOG) != 0)
        return -1;
    return 0;
}

enum err listen_unix(const char *path, int *fd, char *text, size_t size)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    enum err err;

    if (strlen(path) >= sizeof address.sun_path) {
        snprintf(text, size, "\"socket\" is longer than %zu bytes", sizeof address.sun_path - 1);
        return ERR_REFUSED;
    }
    strcpy(address.sun_path, path);
    err = remove_stale(&address, text, size);
    if (err != ERR_OK)
        return err;
    *fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd >= 0 && bind_private(*fd, &address) == 0)
        return ERR_OK;
    snprintf(text, size, "cannot listen on %s: %s%s", path, strerror(errno),
             errno == ENOENT ? ": create its folder" : "");
    if (*fd >= 0)
        close(*fd);
    return ERR_DISK;
}

struct tcp_address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } socket;
    socklen_t size;
    char host[64]; /* as it is shown */
};

static void set_v6(struct tcp_address *address, const struct in6_addr *host, uint16_t port)
{
    address->socket.v6.sin6_family = AF_INET6;
    address->socket.v6.sin6_addr = *host;
    address->socket.v6.sin6_port = htons(port);
    address->size = sizeof address->socket.v6;
}

static bool set_host(struct tcp_address *address, uint16_t port)
{
    char *host = address->host;
    size_t n = strlen(host);
    struct in6_addr v6;
    char inner[64];

    if (host[0] == '[' && host[n - 1] == ']') {
        snprintf(inner, sizeof inner, "%.*s", (int)(n - 2), host + 1);
        if (inet_pton(AF_INET6, inner, &v6) != 1)
            return false;
        set_v6(address, &v6, port);
        return true;
    }
    if (strcmp(host, "localhost") == 0)
        strcpy(host, "127.0.0.1");
    address->socket.v4.sin_family = AF_INET;
    address->socket.v4.sin_port = htons(port);
    address->size = sizeof address->socket.v4;
    return inet_pton(AF_INET, host, &address->socket.v4.sin_addr) == 1;
}

/* Splits HOST:PORT; without HOST it is every address of this computer. */
static bool parse(const char *spec, struct tcp_address *address)
{
    const char *colon = strrchr(spec, ':');
    size_t n = colon != NULL ? (size_t)(colon - spec) : 0;
    char *end;
    unsigned long port;

    memset(address, 0, sizeof *address);
    if (colon == NULL || n >= sizeof address->host || strspn(colon + 1, "0123456789") == 0)
        return false;
    port = strtoul(colon + 1, &end, 10);
    if (*end != '\0' || port > 65535)
        return false;
    memcpy(address->host, spec, n);
    if (n == 0)
        strcpy(address->host, "[::]");
    return set_host(address, (uint16_t)port);
}

bool listen_is_loopback(const char *spec)
{
    struct tcp_address at;

    if (!parse(spec, &at))
        return false;
    if (at.socket.any.sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&at.socket.v6.sin6_addr);
    return ntohl(at.socket.v4.sin_addr.s_addr) >> 24 == 127;
}

static enum err open_socket(struct tcp_address *at, int *fd)
{
    int on = 1, off = 0;

    *fd = socket(at->socket.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd < 0)
        return ERR_REFUSED;
    setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (at->socket.any.sa_family == AF_INET6) /* "[::]" is IPv4, too */
        setsockopt(*fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(*fd, &at->socket.any, at->size) != 0 || listen(*fd, BACKLOG) != 0 ||
        getsockname(*fd, &at->socket.any, &at->size) != 0)
        return ERR_REFUSED;
    return ERR_OK;
}

enum err listen_tcp(const char *spec, bool tls, int *fd, struct listen_words *words)
{
    struct tcp_address at;

    if (!parse(spec, &at)) {
        snprintf(words->text, sizeof words->text, "\"listen\": %.100s is no address", spec);
        return ERR_REFUSED;
    }
    if (open_socket(&at, fd) != ERR_OK) {
        snprintf(words->text, sizeof words->text, "cannot listen on %.100s: %s%s", spec,
                 strerror(errno),
                 errno == EADDRINUSE ? ": another program has it; choose another port" : "");
        if (*fd >= 0)
            close(*fd);
        return ERR_REFUSED;
    }
    snprintf(words->address, sizeof words->address, "http%s://%s:%u", tls ? "s" : "", at.host,
             ntohs(at.socket.any.sa_family == AF_INET6 ? at.socket.v6.sin6_port
                                                       : at.socket.v4.sin_port));
    return ERR_OK;
}
