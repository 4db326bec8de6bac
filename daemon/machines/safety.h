/* SPDX-License-Identifier: Apache-2.0 */
/* Every way out of a run leaves heaters and beam off (FAULTS.md sections 4, 5, 7). */
#ifndef USINE_MACHINES_SAFETY_H
#define USINE_MACHINES_SAFETY_H

#include "machine.h"

/* Books the end of the run and tells the office; the machine's state is the caller's. */
void run_end(struct machine *m, enum run_outcome outcome, const char *reason);

/* Ends the run as failed and makes the machine safe. Without a run it only makes it safe. */
void run_fail(struct machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A person cancels: as run_fail, but a laser comes to a stand before it is reset. */
void run_cancel(struct machine *m, const char *by);

/* LOCKED: nothing but reading until a person on site unlocks it. */
void machine_lock(struct machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The daemon ends: a laser in a run is stopped, since nothing will ever resume it. Printers go on
 * from their buffers and are adopted by the next daemon. */
void safety_release(struct machine *m);

/* The steps of stopping a laser: reset after the hold, then its status. */
void safety_tick(struct machine *m);
void safety_report(struct machine *m, const struct reply *reply);

/* Lines for making safe are through (or were not answered). */
void safety_stopped(struct machine *m, bool well);

#endif
