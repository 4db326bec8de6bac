/* SPDX-License-Identifier: Apache-2.0 */
/* What a machine asks of its fleet. */
#ifndef USINE_SIM_FLEET_PARTS_H
#define USINE_SIM_FLEET_PARTS_H

#include <uv.h>

struct fleet;
struct machine;

uv_loop_t *fleet_loop(const struct fleet *fleet);

/* Simulated time, and the real seconds since the fleet began. */
int64_t fleet_now_us(const struct fleet *fleet);
double fleet_elapsed_s(const struct fleet *fleet);

/* Tells the machine of hosts that open and close its slave, until forgotten. */
void fleet_watch(struct fleet *fleet, struct machine *machine);
void fleet_forget(struct fleet *fleet, struct machine *machine);

#endif
