/* SPDX-License-Identifier: Apache-2.0 */
/* Networked controllers (ser2net, ESP3D). The happy path: look the name up on the pool, try its
 * addresses one after the other, and hand the connected socket to the common part; what was written
 * meanwhile waits in the queue. What can go wrong: the name is unknown, nobody answers within
 * LINK_STALL_MS, all addresses refuse, or link_close comes first: a look-up cannot be called back,
 * so it is left behind and frees itself. Keep-alive notices a controller that lost its power. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link_fd.h"
#include "link_kinds.h"
#include "scan.h"

struct tcp_link;

/* One name look-up; outlives its link if need be. */
struct lookup {
    uv_getaddrinfo_t request;
    struct tcp_link *link; /* NULL: nobody waits any more */
};

/* One try to connect; its poll handle closes on its own. */
struct attempt {
    uv_poll_t poll;
    int fd; /* -1: handed over */
};

struct tcp_link {
    struct fd_link fd_link;  /* first */
    struct lookup *lookup;   /* NULL when answered */
    struct attempt *attempt; /* NULL when none is under way */
    struct addrinfo *all;    /* owned; NULL once connected */
    struct addrinfo *next;   /* to try */
    int error;               /* of the last try */
};

static void tcp_release(struct fd_link *f)
{
    if (f->watch.fd >= 0)
        close(f->watch.fd);
    free(f);
}

static void on_attempt_closed(uv_handle_t *handle)
{
    struct attempt *attempt = handle->data;

    if (attempt->fd >= 0)
        close(attempt->fd);
    free(attempt);
}

/* Ends the try; its socket is closed with it unless it was handed over. */
static void end_attempt(struct tcp_link *t)
{
    struct attempt *attempt = t->attempt;

    if (attempt == NULL)
        return;
    t->attempt = NULL;
    attempt->poll.data = attempt;
    uv_close((uv_handle_t *)&attempt->poll, on_attempt_closed);
}

static void tcp_on_closing(struct fd_link *f)
{
    struct tcp_link *t = (struct tcp_link *)(void *)f;

    if (t->lookup != NULL)
        t->lookup->link = NULL;
    end_attempt(t);
    uv_freeaddrinfo(t->all);
    t->all = NULL;
}

static void try_next(struct tcp_link *t);

static void set_options(int fd)
{
    const int on = 1, idle_s = 10, interval_s = 5, probes = 3;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof interval_s);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

static void on_connected(uv_poll_t *poll, int status, int events)
{
    struct tcp_link *t = poll->data;
    const int fd = t->attempt->fd;
    int error = 0;
    socklen_t n = sizeof error;

    (void)events;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &n) != 0)
        error = errno;
    if (error == 0 && status < 0)
        error = -status;
    if (error != 0) {
        t->error = error;
        end_attempt(t);
        try_next(t);
        return;
    }
    t->attempt->fd = -1;
    end_attempt(t);
    uv_timer_stop(&t->fd_link.stall);
    uv_freeaddrinfo(t->all);
    t->all = NULL;
    fd_link_start(&t->fd_link, fd);
}

/* Begins to connect to one address; false: this one is hopeless. */
static bool begin_attempt(struct tcp_link *t, const struct addrinfo *address)
{
    struct attempt *attempt;
    const int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0) {
        t->error = errno;
        return false;
    }
    set_options(fd);
    attempt = calloc(1, sizeof *attempt);
    if (attempt == NULL ||
        (connect(fd, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS)) {
        t->error = attempt == NULL ? ENOMEM : errno;
        goto drop;
    }
    if (uv_poll_init(link_set_loop(t->fd_link.set), &attempt->poll, fd) < 0) {
        t->error = EIO;
        goto drop;
    }
    attempt->fd = fd;
    attempt->poll.data = t;
    t->attempt = attempt;
    uv_poll_start(&attempt->poll, UV_WRITABLE, on_connected);
    return true;
drop:
    close(fd);
    free(attempt);
    return false;
}

static void try_next(struct tcp_link *t)
{
    char text[96];

    while (t->next != NULL) {
        const struct addrinfo *address = t->next;

        t->next = address->ai_next;
        if (begin_attempt(t, address))
            return;
    }
    snprintf(text, sizeof text, "cannot connect: %s", strerror(t->error));
    fd_link_fail(&t->fd_link, ERR_LINK, text);
}

static void on_looked_up(uv_getaddrinfo_t *request, int status, struct addrinfo *all)
{
    struct lookup *lookup = request->data;
    struct tcp_link *t = lookup->link;
    char text[96];

    free(lookup);
    if (t == NULL) {
        uv_freeaddrinfo(all);
        return;
    }
    t->lookup = NULL;
    if (status < 0) {
        snprintf(text, sizeof text, "its address cannot be found: %s", uv_strerror(status));
        fd_link_fail(&t->fd_link, ERR_LINK, text);
        return;
    }
    t->all = all;
    t->next = all;
    try_next(t);
}

static void on_no_answer(uv_timer_t *timer)
{
    fd_link_fail(timer->data, ERR_TIMEOUT, "no answer from the network address");
}

/* "HOST:PORT" or "[V6]:PORT" after tcp://. */
static bool split_address(const char *text, char host[256], char port[8])
{
    const char *colon = strrchr(text, ':');
    const char *end = colon;
    int number;
    const char *after = colon != NULL ? scan_int(colon + 1, &number) : NULL;

    if (after == NULL || *after != '\0' || number < 1 || number > 65535)
        return false;
    if (text[0] == '[' && colon[-1] == ']') {
        text++;
        end = colon - 1;
    } else if (memchr(text, ':', (size_t)(colon - text)) != NULL) {
        return false; /* a bare IPv6 address: which colon is the port's? */
    }
    if (end <= text || end - text > 255 || memchr(text, '/', (size_t)(end - text)) != NULL)
        return false;
    memcpy(host, text, (size_t)(end - text));
    host[end - text] = '\0';
    snprintf(port, 8, "%d", number);
    return true;
}

enum err link_tcp_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                       char *text, size_t size)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    const char *address = scan_prefix(spec->port, "tcp://");
    char host[256], port[8];
    struct tcp_link *t;
    struct lookup *lookup;

    if (address == NULL || !split_address(address, host, port)) {
        snprintf(text, size, "%.80s should read tcp://HOST:PORT or tcp://[IPV6]:PORT", spec->port);
        return ERR_INVALID;
    }
    t = calloc(1, sizeof *t);
    lookup = calloc(1, sizeof *lookup);
    if (t == NULL || lookup == NULL) {
        free(t);
        free(lookup);
        snprintf(text, size, "out of memory");
        return ERR_NO_MEMORY;
    }
    lookup->request.data = lookup;
    lookup->link = t;
    if (uv_getaddrinfo(link_set_loop(set), &lookup->request, on_looked_up, host, port, &hints) <
        0) {
        free(t);
        free(lookup);
        snprintf(text, size, "%s cannot be looked up", host);
        return ERR_INVALID;
    }
    t->lookup = lookup;
    t->fd_link.release = tcp_release;
    t->fd_link.on_closing = tcp_on_closing;
    fd_link_init(&t->fd_link, set, spec);
    uv_timer_start(&t->fd_link.stall, on_no_answer, LINK_STALL_MS, 0);
    *link = &t->fd_link.link;
    return ERR_OK;
}
