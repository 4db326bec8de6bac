/* SPDX-License-Identifier: Apache-2.0 */
/* An epoll set within the loop's own. The kernel looks at a descriptor once for each time bytes
 * come, where a level-triggered set looks again after they were read. */
#include "link_set.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

struct link_set {
    uv_poll_t poll;
    int epoll;
};

/* Place i of n in line: tells the watch there that its turn comes. A negative one is over. */
static void tell_soon(const struct epoll_event *ready, int n, int i, unsigned turns)
{
    const struct link_watch *watch = i < 0 || i >= n ? NULL : ready[i].data.ptr;

    if (watch != NULL && watch->on)
        watch->ops->on_soon(watch, turns);
}

static void on_turn(uv_poll_t *poll, int status, int events)
{
    struct link_set *set = poll->data;
    struct epoll_event ready[LINK_SET_TURN];
    const int n = epoll_wait(set->epoll, ready, LINK_SET_TURN, 0);

    (void)status;
    (void)events;
    for (int i = -LINK_SET_SOON - 1; i < n; i++) { /* the first ones have longer notice */
        struct link_watch *watch = i < 0 ? NULL : ready[i].data.ptr;

        if (i + LINK_SET_SOON + 1 < n)
            __builtin_prefetch(ready[i + LINK_SET_SOON + 1].data.ptr);
        for (unsigned turns = LINK_SET_SOON; turns > 0; turns--)
            tell_soon(ready, n, i + (int)turns, turns);
        if (watch != NULL && watch->on) /* not removed in this turn */
            watch->ops->on_ready(watch, ready[i].events);
    }
}

enum err link_set_create(struct link_set **set, uv_loop_t *loop)
{
    struct link_set *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ERR_NO_MEMORY;
    s->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (s->epoll < 0 || uv_poll_init(loop, &s->poll, s->epoll) != 0) {
        if (s->epoll >= 0)
            close(s->epoll);
        free(s);
        return ERR_NO_MEMORY;
    }
    s->poll.data = s;
    uv_poll_start(&s->poll, UV_READABLE, on_turn);
    *set = s;
    return ERR_OK;
}

static void on_closed(uv_handle_t *handle)
{
    struct link_set *set = handle->data;

    close(set->epoll);
    free(set);
}

void link_set_close(struct link_set *set)
{
    if (set != NULL)
        uv_close((uv_handle_t *)&set->poll, on_closed);
}

uv_loop_t *link_set_loop(const struct link_set *set)
{
    return set->poll.loop;
}

static int control(struct link_set *set, int what, struct link_watch *watch, bool writing)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = watch};

    if (writing)
        event.events |= EPOLLOUT;
    return epoll_ctl(set->epoll, what, watch->fd, &event) == 0 ? 0 : errno;
}

int link_set_add(struct link_set *set, struct link_watch *watch)
{
    int error = control(set, EPOLL_CTL_ADD, watch, false);

    watch->on = error == 0;
    return error;
}

int link_set_ask(struct link_set *set, struct link_watch *watch, bool writing)
{
    return watch->on ? control(set, EPOLL_CTL_MOD, watch, writing) : 0;
}

void link_set_remove(struct link_set *set, struct link_watch *watch)
{
    if (watch->on)
        control(set, EPOLL_CTL_DEL, watch, false);
    watch->on = false;
}
