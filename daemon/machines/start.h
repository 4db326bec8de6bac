/* SPDX-License-Identifier: Apache-2.0 */
/* Beginning a run: gate, the consent's time to be taken back, reading, prologue. */
#ifndef USINE_MACHINES_START_H
#define USINE_MACHINES_START_H

#include "machine.h"

/* ORDER_START: begins, waits for the consent's time, or refuses by an event. */
void start_run(struct machine *m, const struct run_order *order);

/* ORDER_ADOPT: a run that was under way when the daemon stopped. */
void start_adopted(struct machine *m, const struct run_order *order);

/* The first lines are in memory (or cannot be): consent is used, prologue goes out. */
void start_ready(struct machine *m);

/* The prologue was taken (or not): lines may go. */
void start_stream(struct machine *m, bool well);

/* A start that waits is taken back. True if there was one. */
bool start_withdraw(struct machine *m, const char *reason);

void start_tick(struct machine *m);

#endif
