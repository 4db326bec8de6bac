/* SPDX-License-Identifier: Apache-2.0 */
/* Reading: the set says there are bytes -> one read, one on_bytes. Writing: at once; what the
 * kernel does not take waits in the queue until it is writable again. What can go wrong: hang-up
 * (EIO, or readable and empty), a write error, or no progress for stall_ms. All of them and
 * link_close end in fd_link_fail, which closes the timer; when the loop has let go of it, on_closed
 * runs once and the memory goes. */
#include "link_fd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

static struct fd_link *of_link(struct link *link)
{
    return (struct fd_link *)(void *)link; /* embedded first */
}

static void on_stall_closed(uv_handle_t *handle)
{
    struct fd_link *f = handle->data;

    f->link.events->on_closed(f->link.owner, f->why, f->text);
    f->release(f);
}

void fd_link_fail(struct fd_link *f, enum err why, const char *text)
{
    if (f->closing)
        return;
    f->closing = true;
    f->why = why;
    snprintf(f->text, sizeof f->text, "%s", text);
    if (f->on_closing != NULL)
        f->on_closing(f);
    link_set_remove(f->set, &f->watch);
    uv_close((uv_handle_t *)&f->stall, on_stall_closed);
}

static void fail_errno(struct fd_link *f, const char *what, int error)
{
    char text[96];

    snprintf(text, sizeof text, "%s: %s", what, strerror(error));
    fd_link_fail(f, ERR_LINK, text);
}

static void on_stall(uv_timer_t *timer)
{
    fd_link_fail(timer->data, ERR_LINK, "it takes no more bytes: writing has stalled");
}

/* Watches for room to write, and the time, exactly while something waits. */
static void watch_queue(struct fd_link *f)
{
    int error = link_set_ask(f->set, &f->watch, f->used > 0);

    if (error != 0) {
        fail_errno(f, "it cannot be watched", error);
        return;
    }
    if (f->used > 0)
        uv_timer_start(&f->stall, on_stall, f->stall_ms, 0);
    else
        uv_timer_stop(&f->stall);
}

/* Hands n bytes to the kernel. Returns how many it took; < 0 when the link is failing. */
static ssize_t write_now(struct fd_link *f, const char *bytes, size_t n)
{
    ssize_t taken;

    do
        taken = write(f->watch.fd, bytes, n);
    while (taken < 0 && errno == EINTR);
    if (taken < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    if (taken < 0)
        fail_errno(f, "writing failed", errno);
    return taken;
}

static void drain_queue(struct fd_link *f)
{
    ssize_t taken = write_now(f, f->queue, f->used);
    uint16_t gone;

    if (taken <= 0)
        return;
    gone = (uint16_t)taken;
    f->used = (uint16_t)(f->used - gone);
    f->urgent = (uint16_t)(f->urgent > gone ? f->urgent - gone : 0);
    memmove(f->queue, f->queue + gone, f->used);
    watch_queue(f);
}

/* One read, so that the others get their turn; what may be left is asked for again, behind them. A
 * link that hung up is read to its end. */
static void read_once(struct fd_link *f, bool hung_up)
{
    char bytes[4096];
    ssize_t n = read(f->watch.fd, bytes, sizeof bytes);

    if (n > 0) {
        f->link.events->on_bytes(f->link.owner, bytes, (size_t)n);
        if (!f->closing && (hung_up || n == sizeof bytes))
            watch_queue(f);
        return;
    }
    if (n < 0 && errno == EINTR)
        watch_queue(f);
    else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return;
    else if (n == 0 || errno == EIO) /* a tty both readable and empty is gone */
        fd_link_fail(f, ERR_LINK, "unplugged, or the other side hung up");
    else
        fail_errno(f, "reading failed", errno);
}

static struct fd_link *of_watch(const struct link_watch *watch)
{
    return (struct fd_link *)((char *)(uintptr_t)watch - offsetof(struct fd_link, watch));
}

static void on_ready(struct link_watch *watch, uint32_t events)
{
    struct fd_link *f = of_watch(watch);

    if (events & ~(uint32_t)EPOLLOUT)
        read_once(f, (events & (EPOLLHUP | EPOLLRDHUP | EPOLLERR)) != 0);
    if ((events & EPOLLOUT) && !f->closing && f->used > 0)
        drain_queue(f);
}

static void on_soon(const struct link_watch *watch, unsigned turns)
{
    const struct link *link = &of_watch(watch)->link;

    if (link->events->on_soon != NULL)
        link->events->on_soon(link->owner, turns);
}

static enum err fd_write(struct link *link, const char *bytes, size_t n)
{
    struct fd_link *f = of_link(link);
    ssize_t taken = 0;

    if (f->closing)
        return ERR_LINK;
    if (f->used + n > LINK_QUEUE_SIZE)
        return ERR_BUSY;
    if (f->used == 0 && f->watch.fd >= 0) {
        taken = write_now(f, bytes, n);
        if (taken < 0)
            return ERR_LINK;
        if ((size_t)taken == n)
            return ERR_OK;
    }
    memcpy(f->queue + f->used, bytes + taken, n - (size_t)taken);
    f->used = (uint16_t)(f->used + n - (size_t)taken);
    if (f->watch.fd >= 0 && f->used == n - (size_t)taken) /* it was empty: begin to watch */
        watch_queue(f);
    return ERR_OK;
}

static enum err fd_write_urgent(struct link *link, const char *bytes, size_t n)
{
    struct fd_link *f = of_link(link);

    if (f->closing)
        return ERR_LINK;
    if (f->used == 0 && n <= LINK_QUEUE_SIZE)
        return fd_write(link, bytes, n);
    if (n > sizeof f->queue - f->used)
        return ERR_BUSY;
    memmove(f->queue + f->urgent + n, f->queue + f->urgent, (size_t)(f->used - f->urgent));
    memcpy(f->queue + f->urgent, bytes, n);
    f->urgent = (uint16_t)(f->urgent + n);
    f->used = (uint16_t)(f->used + n);
    return ERR_OK;
}

static void fd_close(struct link *link)
{
    fd_link_fail(of_link(link), ERR_OK, "closed");
}

void fd_link_init(struct fd_link *f, struct link_set *set, const struct link_spec *spec)
{
    static const struct link_ops ops = {
        .write = fd_write,
        .write_urgent = fd_write_urgent,
        .close = fd_close,
    };
    static const struct link_watch_ops watch_ops = {.on_ready = on_ready, .on_soon = on_soon};

    f->link.ops = &ops;
    f->link.events = spec->events;
    f->link.owner = spec->owner;
    f->watch.ops = &watch_ops;
    f->watch.fd = -1;
    f->set = set;
    f->stall_ms = LINK_STALL_MS;
    uv_timer_init(link_set_loop(set), &f->stall);
    f->stall.data = f;
}

void fd_link_start(struct fd_link *f, int fd)
{
    int error;

    f->watch.fd = fd;
    error = link_set_add(f->set, &f->watch);
    if (error != 0)
        fail_errno(f, "it cannot be watched", error);
    else if (f->used > 0)
        watch_queue(f);
}
