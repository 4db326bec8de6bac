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

enum { BACKLOG = 128 };

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
    char host[64];
};

/* Splits HOST:PORT; the host must be loopback: nothing here is encrypted and nobody logs in. */
static bool parse(const char *spec, struct tcp_address *address)
{
    const char *colon = strrchr(spec, ':');
    size_t n = colon != NULL ? (size_t)(colon - spec) : 0;
    char *end;
    unsigned long port;

    memset(address, 0, sizeof *address);
    if (n == 0 || n >= sizeof address->host || strspn(colon + 1, "0123456789") == 0)
        return false;
    port = strtoul(colon + 1, &end, 10);
    memcpy(address->host, spec, n);
    if (*end != '\0' || port > 65535)
        return false;
    if (strcmp(address->host, "[::1]") == 0) {
        address->socket.v6.sin6_family = AF_INET6;
        address->socket.v6.sin6_addr = in6addr_loopback;
        address->socket.v6.sin6_port = htons((uint16_t)port);
        address->size = sizeof address->socket.v6;
        return true;
    }
    if (strcmp(address->host, "localhost") == 0)
        strcpy(address->host, "127.0.0.1");
    address->socket.v4.sin_family = AF_INET;
    address->socket.v4.sin_port = htons((uint16_t)port);
    address->size = sizeof address->socket.v4;
    return inet_pton(AF_INET, address->host, &address->socket.v4.sin_addr) == 1 &&
           ntohl(address->socket.v4.sin_addr.s_addr) >> 24 == 127;
}

enum err listen_tcp(const char *spec, int *fd, char *address, char *text, size_t size)
{
    struct tcp_address at;
    int on = 1;

    if (!parse(spec, &at)) {
        snprintf(text, size,
                 "\"listen\": %.100s is refused: only loopback (127.0.0.1:PORT, [::1]:PORT), since "
                 "there is no encryption and no login on it; put a proxy or an ssh tunnel in front",
                 spec);
        return ERR_REFUSED;
    }
    *fd = socket(at.socket.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd >= 0)
        setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (*fd < 0 || bind(*fd, &at.socket.any, at.size) != 0 || listen(*fd, BACKLOG) != 0 ||
        getsockname(*fd, &at.socket.any, &at.size) != 0) {
        snprintf(text, size, "cannot listen on %.100s: %s%s", spec, strerror(errno),
                 errno == EADDRINUSE ? ": another program has it; choose another port" : "");
        if (*fd >= 0)
            close(*fd);
        return ERR_REFUSED;
    }
    snprintf(address, LISTEN_ADDRESS_SIZE, "http://%s:%u", at.host,
             ntohs(at.socket.any.sa_family == AF_INET6 ? at.socket.v6.sin6_port
                                                       : at.socket.v4.sin_port));
    return ERR_OK;
}
