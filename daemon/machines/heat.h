/* SPDX-License-Identifier: Apache-2.0 */
/* Heaters: staggered heat-up per site, waits of the program, read-back of targets, time-outs. */
#ifndef USINE_MACHINES_HEAT_H
#define USINE_MACHINES_HEAT_H

#include "machine.h"

/* The program waits for a temperature. True: it is there already; else the machine is HEATING and
 * the stream goes on when it is. */
bool heat_wait(struct machine *m, const struct supply_item *item);

/* True if the line that sets a target may go: takes one of the site's heating slots for it. */
bool heat_may_set(struct machine *m, const struct supply_item *item);

/* Takes one of the site's heating slots, if it has none. False: none is free, and people are told.
 * It goes back when the targets are reached after heat.warm was set, or with the run. */
bool heat_take_slot(struct machine *m);

/* Temperatures came. */
void heat_report(struct machine *m, const struct reply *reply);

void heat_tick(struct machine *m);

/* The run is over or lost its heat: no wait, slot given back. */
void heat_forget(struct machine *m);

/* True if everything that must be warm is within reach of its target. */
bool heat_reached(const struct machine *m);

#endif
