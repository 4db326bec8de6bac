/* SPDX-License-Identifier: Apache-2.0 */
/* What a machine needs from whoever runs it: the floor's thread, or a test with a virtual clock. */
#ifndef USINE_MACHINES_HOST_H
#define USINE_MACHINES_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/err.h"
#include "base/slab.h"
#include "config/load.h"
#include "floor.h"

struct machine;
struct verified;

/* One piece of work for the pool. Its owner keeps it alive until done has been called. */
struct pool_job {
    uv_work_t work;
    void (*run)(void *data);  /* on a pool thread; may block on the disk */
    void (*done)(void *data); /* on the floor's thread, later */
    void *data;
};

/* Ports of one site gone at once; incident.c. All zero: none. */
struct incident {
    int64_t last_at; /* the last port was lost */
    unsigned lost;   /* so many, each within a second of the one before */
    bool open;
    bool told;            /* the office knows how many */
    unsigned count;       /* as told */
    struct machine *turn; /* borrowed: it is coming back, the others wait; NULL: none */
    int64_t turn_until;
};

/* The machines of one place share its electric supply, and often a hub. */
struct site {
    char id[ID_SIZE];
    int max_heating; /* 0: no limit */
    int heating;     /* machines that heat now */
    struct incident incident;
};

struct host;

struct host_ops {
    /* Opens the machine's port and sets m->link. On failure text (size bytes) says why;
     * ERR_TIMEOUT: not in this turn, ask again at the next tick. */
    enum err (*open)(struct host *host, struct machine *m, char *text, size_t size);
    /* Starts job; job->done follows from the loop, never from inside this call. */
    void (*pool)(struct host *host, struct pool_job *job);
    /* Something a person may see has changed; at_once: a state change, not only a counter. */
    void (*changed)(struct host *host, struct machine *m, bool at_once);
    /* Tells the office. Takes the event. */
    void (*event)(struct host *host, struct event *event);
    /* Milliseconds since 1970 at loop time now. */
    int64_t (*wall)(struct host *host, int64_t now);
};

struct host {
    const struct host_ops *ops;
    struct verified *verified; /* borrowed; NULL: each run hashes its file anew */
    struct slab supplies;      /* memory of its machines' runs */
};

#endif
