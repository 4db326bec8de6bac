/* SPDX-License-Identifier: Apache-2.0 */
/* How bytes reach a machine: serial, pty and tcp look the same. Writes never block: what the kernel
 * does not take waits in a bounded queue. No callback ever runs from inside a call. */
#ifndef USINE_DRIVERS_LINK_H
#define USINE_DRIVERS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
    LINK_QUEUE_SIZE = 1024, /* bytes waiting for the kernel, per link */
    LINK_URGENT_SIZE = 128, /* more of them, for write_urgent alone */
};

struct link;
struct link_set;

struct link_events {
    /* Bytes came; they are valid during the call only. */
    void (*on_bytes)(void *owner, const char *bytes, size_t n);
    /* The link is gone (unplugged, hung up, refused, stalled 10 s); text says why, for people.
     * Called once, last; the link's memory goes when it returns. */
    void (*on_closed)(void *owner, enum err why, const char *text);
    /* Bytes will come after `turns` more of other links (LINK_SET_SOON to 1, in falling order):
     * time to prefetch what on_bytes will touch. Nothing else may be done here. NULL: not wanted.
     */
    void (*on_soon)(const void *owner, unsigned turns);
};

struct link_ops {
    /* All n bytes are taken or none: ERR_BUSY when the queue has no room, ERR_LINK when closing. */
    enum err (*write)(struct link *link, const char *bytes, size_t n);
    /* For emergency bytes: overtakes everything still queued here but earlier urgent bytes (a line
     * half written is ended first by the caller's leading newline). Has LINK_URGENT_SIZE of its
     * own. */
    enum err (*write_urgent)(struct link *link, const char *bytes, size_t n);
    /* Asks for the end; on_closed follows from the loop with ERR_OK. */
    void (*close)(struct link *link);
};

/* Embedded first in each kind of link. */
struct link {
    const struct link_ops *ops;
    const struct link_events *events;
    void *owner; /* of events; borrowed */
};

struct link_spec {
    const char *port; /* device path, by-id or by-path name, usb:VID:PID[:SERIAL], tcp://HOST:PORT,
                         pty path */
    int baud;
    const struct link_events *events; /* borrowed; outlives the link */
    void *owner;                      /* handed to events */
};

/* Opens spec in a set: kind by its text, a device path by what it is (a pty gets plain termios).
 * May open files but not wait: a TCP connection goes on in the background and fails by on_closed.
 * ERR_NOT_FOUND: not plugged in. ERR_BUSY: locked; text names the holder where known. ERR_INVALID:
 * bad spec. ERR_LINK else. On failure text (size bytes) says why. */
enum err link_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                   char *text, size_t size);

static inline enum err link_write(struct link *link, const char *bytes, size_t n)
{
    return link->ops->write(link, bytes, n);
}

static inline enum err link_write_urgent(struct link *link, const char *bytes, size_t n)
{
    return link->ops->write_urgent(link, bytes, n);
}

static inline void link_close(struct link *link)
{
    link->ops->close(link);
}

#endif
