/* SPDX-License-Identifier: Apache-2.0 */
/* All emulated machines of a config, on one loop. */
#ifndef USINE_SIM_FLEET_H
#define USINE_SIM_FLEET_H

#include <uv.h>

#include "base/err.h"
#include "config/load.h"
#include "faults.h"

struct fleet;
struct machine;

struct fleet_options {
    const char *dir; /* where the links go */
    double speed;    /* simulated seconds in a real one */
    uint64_t seed;
    const char *build;           /* Marlin build for all printers; NULL: a mix */
    const char *executed;        /* folder for each machine's executed lines; NULL: not written */
    const struct faults *faults; /* borrowed, NULL: none */
};

/* Builds and starts a machine for each of the config's. text says what went wrong. */
enum err fleet_create(struct fleet **fleet, uv_loop_t *loop, const struct config *config,
                      const struct fleet_options *options, char text[256]);

/* Closes all handles; run the loop until it is done, then fleet_destroy. */
void fleet_stop(struct fleet *fleet);
void fleet_destroy(struct fleet *fleet); /* NULL is harmless */

size_t fleet_count(const struct fleet *fleet);
struct machine *fleet_machine(struct fleet *fleet, size_t i);

#endif
