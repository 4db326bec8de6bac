/* SPDX-License-Identifier: Apache-2.0 */
/* The simulator as a whole: opens and closes everything. */
#ifndef USINE_SIM_SIM_H
#define USINE_SIM_SIM_H

#include "options.h"

/* Runs until SIGTERM or SIGINT; returns the exit status. */
int sim_run(const struct options *options);

#endif
