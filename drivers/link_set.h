/* SPDX-License-Identifier: Apache-2.0 */
/* The links of one loop, watched together: for the loop they are one descriptor, whatever their
 * number. At each turn those that are ready are served in the order in which they became so, at
 * most LINK_SET_TURN of them, so that timers and orders get their turn, too. While one is served,
 * the memory that the next ones will touch is fetched. Edge-triggered: what is not read when a
 * watch is told is not told again unless the watch asks. Used by link_*.c and by the loop's owner.
 */
#ifndef USINE_DRIVERS_LINK_SET_H
#define USINE_DRIVERS_LINK_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/err.h"

enum { LINK_SET_TURN = 64, LINK_SET_SOON = 3 };

struct link_set;

struct link_watch;

struct link_watch_ops {
    /* The descriptor is ready: events are epoll's (EPOLLIN, EPOLLOUT, EPOLLHUP ...). */
    void (*on_ready)(struct link_watch *watch, uint32_t events);
    /* on_ready comes after `turns` more of other watches (LINK_SET_SOON to 1, in falling order);
     * nothing but prefetching may be done here. */
    void (*on_soon)(const struct link_watch *watch, unsigned turns);
};

/* Embedded in each link. Its memory stays until the loop has turned after link_set_remove. */
struct link_watch {
    const struct link_watch_ops *ops; /* set before link_set_add */
    int fd;                           /* the same; owned by the link */
    bool on;                          /* the set's: between add and remove */
};

/* An empty set in loop. ERR_NO_MEMORY: or no descriptors left. */
enum err link_set_create(struct link_set **set, uv_loop_t *loop);

/* Frees the set, from the loop, when no link is in it any more. NULL is harmless. */
void link_set_close(struct link_set *set);

/* The loop it was made in: for timers of links. */
uv_loop_t *link_set_loop(const struct link_set *set);

/* Begins to tell the watch of bytes. 0, or an errno. */
int link_set_add(struct link_set *set, struct link_watch *watch);

/* Tells the watch once more, in its turn, what is ready then; from now on also of room for writing
 * if `writing`. 0, or an errno. */
int link_set_ask(struct link_set *set, struct link_watch *watch, bool writing);

/* Tells the watch nothing any more. Again, or never added: harmless. */
void link_set_remove(struct link_set *set, struct link_watch *watch);

#endif
