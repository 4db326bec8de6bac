/* SPDX-License-Identifier: Apache-2.0 */
/* People at the machines, emulated by the public API alone: they see a machine that waits for them,
 * take their time to get there, empty the bed and give their verdict. */
#ifndef USINE_SIM_OPERATORS_H
#define USINE_SIM_OPERATORS_H

#include <stdint.h>
#include <uv.h>

#include "base/err.h"

struct operators;

struct operators_options {
    const char *socket; /* the daemon's; borrowed */
    double delay_s;     /* real seconds from waiting to cleared, more or less a third */
    double scrap;       /* share of unloadings with one bad piece */
    uint64_t seed;
    /* Presses the button of the machine itself, where the daemon says that only that helps. */
    void (*press)(void *context, const char *machine); /* NULL: nobody does */
    void *context;                                     /* handed to press; borrowed */
};

/* Begins to look after the daemon behind the socket; while it is not there, they wait for it. */
enum err operators_start(struct operators **operators, uv_loop_t *loop,
                         const struct operators_options *options);

/* Ends it; frees itself when the loop has closed its handles. NULL is harmless. */
void operators_stop(struct operators *operators);

#endif
