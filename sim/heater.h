/* SPDX-License-Identifier: Apache-2.0 */
/* A nozzle or a bed: heats towards what its power can hold, cools towards the room, both as a first
 * order lag. The temperature is a function of time, so nothing ticks. Pure. Times in microseconds
 * of simulated time. */
#ifndef USINE_SIM_HEATER_H
#define USINE_SIM_HEATER_H

#include <stdbool.h>
#include <stdint.h>

struct heater {
    double room_c, full_c; /* where it ends without power, and with all of it */
    double heat_tau_s, cool_tau_s;
    double target_c; /* 0: off */
    bool dead;       /* gives no heat whatever is asked */
    double from_c;   /* temperature at since_us */
    int64_t since_us;
};

void heater_init_nozzle(struct heater *heater);
void heater_init_bed(struct heater *heater);

double heater_at(const struct heater *heater, int64_t now_us);

/* A new target from now on. */
void heater_set(struct heater *heater, int64_t now_us, double target_c);

/* It stops (or starts again) giving heat: a broken cartridge. */
void heater_break(struct heater *heater, int64_t now_us, bool dead);

/* When it will be within `window` of its target; INT64_MAX: never. */
int64_t heater_reaches(const struct heater *heater, int64_t now_us, double window);

/* Marlin's @: duty of 0..127. */
int heater_duty(const struct heater *heater, int64_t now_us);

#endif
