/* SPDX-License-Identifier: Apache-2.0 */
/* One emulated machine on the loop: a board behind a pseudo-terminal, its timer, and what the fault
 * script holds for it. */
#ifndef USINE_SIM_MACHINE_H
#define USINE_SIM_MACHINE_H

#include <uv.h>

#include "board.h"
#include "faults.h"
#include "port.h"

enum { MACHINE_FAULTS = 16 }; /* timed faults one machine can hold */

struct machine_fault {
    const struct fault *fault; /* of the script; borrowed */
    bool done;
};

struct machine {
    struct fleet *fleet; /* borrowed */
    struct board *board; /* owned */
    bool laser;
    struct port port;
    uv_poll_t poll; /* of the master; open while plugged */
    uv_timer_t timer;
    uint64_t armed_ms; /* when the timer goes off; 0: it does not */
    bool plugged, closing, writing;
    int watch;             /* its number among the listeners; -1: not watched */
    int listeners;         /* hosts that hold it open */
    uint64_t replug_at_ms; /* 0: not unplugged */
    struct machine_fault faults[MACHINE_FAULTS];
    size_t fault_count;
};

/* Opens its port and powers the board on. machine->fleet, board and laser are set. */
enum err machine_start(struct machine *machine, const char *link);

/* A host opened (+1) or closed (-1) the slave. */
void machine_listeners(struct machine *machine, int change);

/* A person at the machine presses its button. */
void machine_press(struct machine *machine);

/* Takes the faults of the script that concern it. ERR_TOO_LARGE: more timed ones than it can hold.
 */
enum err machine_take_faults(struct machine *machine, const struct faults *faults,
                             const struct rng *rng);

/* Closes its handles; the memory is free to go when the loop has run the closing callbacks. */
void machine_stop(struct machine *machine);

#endif
