/* SPDX-License-Identifier: Apache-2.0 */
/* All machines of this daemon: made, changed and removed as the config says; ticked and opened
 * without a long turn. Floor thread only. */
#ifndef USINE_MACHINES_FLEET_H
#define USINE_MACHINES_FLEET_H

#include <uv.h>

#include "base/slab.h"
#include "machine.h"

struct fleet {
    uv_loop_t *loop;           /* borrowed */
    struct link_set *links;    /* of that loop; borrowed */
    struct host *host;         /* borrowed */
    struct machine **machines; /* owned, each too */
    struct slab slab;          /* their memory */
    size_t count, room;
    struct site **sites; /* owned, each too; they stay until the end */
    size_t site_count;
    struct config *config; /* one reference */
    unsigned turn;         /* which share of the machines the next tick serves */
    unsigned opens;        /* ports still to be opened in this tick */
    bool closing;
};

void fleet_init(struct fleet *fleet, struct link_set *links, struct host *host);

/* Takes one reference of config. Machines with a run change when it is over. ERR_NO_MEMORY. */
enum err fleet_configure(struct fleet *fleet, struct config *config);

/* Opens the port of m (host_ops.open); at most a few in one tick. */
enum err fleet_open(struct fleet *fleet, struct machine *m, char *text, size_t size);

/* Gives an order to its machine, its site, or all; frees nothing. */
void fleet_order(struct fleet *fleet, const struct order *order);

/* Every 50 ms: half of the machines. */
void fleet_tick(struct fleet *fleet);

/* The ports have changed: machines without a link try at once. */
void fleet_ports_changed(struct fleet *fleet);

/* Closes all links. True when none is open any more. */
bool fleet_close(struct fleet *fleet);

void fleet_finish(struct fleet *fleet);

#endif
