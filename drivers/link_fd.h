/* SPDX-License-Identifier: Apache-2.0 */
/* The part that serial, pty and tcp links share once they have a descriptor: reading, writing at
 * once or queueing, the stall watch, the one close. Used by link_*.c alone. */
#ifndef USINE_DRIVERS_LINK_FD_H
#define USINE_DRIVERS_LINK_FD_H

#include "link.h"
#include "link_set.h"

enum { LINK_STALL_MS = 10000 }; /* no byte taken for so long: the link is dead */

/* Embedded first in each kind of link. */
struct fd_link {
    struct link link;
    struct link_watch watch; /* its fd: -1 until fd_link_start */
    uint16_t urgent;         /* bytes at the front of queue that came by write_urgent */
    uint16_t used;           /* bytes in queue */
    bool closing;
    struct link_set *set; /* borrowed */
    uv_timer_t stall;     /* runs while bytes wait; before fd_link_start it is the kind's own */
    enum err why;         /* for on_closed */
    /* Closing has begun: stop what the kind has under way itself (may be NULL). */
    void (*on_closing)(struct fd_link *f);
    /* The loop has let go: close the descriptor and free the memory. */
    void (*release)(struct fd_link *f);
    unsigned stall_ms;
    char queue[LINK_QUEUE_SIZE + LINK_URGENT_SIZE];
    char text[96]; /* for on_closed */
};

/* Prepares f (zeroed memory, release set): from now on it can be written to (bytes wait) and ends
 * only through on_closed. */
void fd_link_init(struct fd_link *f, struct link_set *set, const struct link_spec *spec);

/* Begins to read and write fd, which f owns from now on. A failure comes by on_closed. */
void fd_link_start(struct fd_link *f, int fd);

/* Ends the link; on_closed follows from the loop with why and text. Again: harmless. */
void fd_link_fail(struct fd_link *f, enum err why, const char *text);

#endif
