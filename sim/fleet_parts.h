/* SPDX-License-Identifier: Apache-2.0 */
/* What a machine asks of its fleet. */
#ifndef USINE_SIM_FLEET_PARTS_H
#define USINE_SIM_FLEET_PARTS_H

#include <stdint.h>
#include <uv.h>

struct fleet;
struct listeners;

uv_loop_t *fleet_loop(const struct fleet *fleet);

/* Simulated time since the fleet began. */
int64_t fleet_now_us(const struct fleet *fleet);

struct listeners *fleet_listeners(const struct fleet *fleet); /* NULL: there are none */

#endif
