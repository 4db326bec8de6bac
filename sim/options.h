/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of usine-sim. */
#ifndef USINE_SIM_OPTIONS_H
#define USINE_SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct options {
    const char *config, *dir, *faults, *report, *socket, *state, *listen, *build, *executed;
    double speed;
    uint64_t seed;
    bool operators, quiet;
    double clear_delay_s; /* simulated seconds an operator takes to reach a bed */
    double scrap;         /* share of unloadings with one piece judged scrap */
};

/* Reads the arguments (kept by pointer). Returns -1 to go on, else the exit status: 0 after --help
 * and --version, 2 for wrong use, which has been told on standard error. */
int options_read(struct options *options, int argc, char **argv);

#endif
