/* SPDX-License-Identifier: Apache-2.0 */
#include "listeners.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "machine.h"

struct listeners {
    int inotify;
    uv_poll_t poll;
    struct machine **machines; /* owned array, by inotify's number */
    size_t size;
};

static void on_inotify(uv_poll_t *poll, int status, int events)
{
    struct listeners *l = poll->data;
    char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t n = status < 0 ? 0 : read(l->inotify, bytes, sizeof bytes);

    (void)events;
    for (ssize_t at = 0; at + (ssize_t)sizeof(struct inotify_event) <= n;) {
        const struct inotify_event *e = (const void *)(bytes + at);
        struct machine *m = e->wd >= 0 && (size_t)e->wd < l->size ? l->machines[e->wd] : NULL;

        if (m != NULL && (e->mask & (IN_OPEN | IN_CLOSE)) != 0)
            machine_listeners(m, (e->mask & IN_OPEN) != 0 ? 1 : -1);
        at += (ssize_t)(sizeof *e + e->len);
    }
}

struct listeners *listeners_create(uv_loop_t *loop)
{
    struct listeners *l = calloc(1, sizeof *l);

    if (l == NULL)
        return NULL;
    l->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (l->inotify < 0)
        goto free_it;
    if (uv_poll_init(loop, &l->poll, l->inotify) != 0)
        goto close_it;
    l->poll.data = l;
    uv_poll_start(&l->poll, UV_READABLE, on_inotify);
    return l;
close_it:
    close(l->inotify);
free_it:
    free(l);
    return NULL;
}

static bool make_room(struct listeners *l, size_t number)
{
    size_t size = number + 256;
    struct machine **more;

    if (number < l->size)
        return true;
    more = realloc(l->machines, size * sizeof(*more));
    if (more == NULL)
        return false;
    memset(more + l->size, 0, (size - l->size) * sizeof(*more));
    l->machines = more;
    l->size = size;
    return true;
}

int listeners_watch(struct listeners *l, const char *device, struct machine *machine)
{
    int number = l == NULL ? -1 : inotify_add_watch(l->inotify, device, IN_OPEN | IN_CLOSE);

    if (number < 0)
        return -1;
    if (!make_room(l, (size_t)number)) {
        inotify_rm_watch(l->inotify, number);
        return -1;
    }
    l->machines[number] = machine;
    return number;
}

void listeners_forget(struct listeners *l, int number)
{
    if (number < 0)
        return;
    inotify_rm_watch(l->inotify, number);
    l->machines[number] = NULL;
}

void listeners_stop(struct listeners *l)
{
    if (l != NULL)
        uv_close((uv_handle_t *)&l->poll, NULL);
}

void listeners_destroy(struct listeners *l)
{
    if (l == NULL)
        return;
    close(l->inotify);
    free(l->machines);
    free(l);
}
