/* SPDX-License-Identifier: Apache-2.0 */
/* HOLD: nothing more is sent from the job; heat is kept for a bounded time; it may go on. */
#ifndef USINE_MACHINES_HOLD_H
#define USINE_MACHINES_HOLD_H

#include "machine.h"

/* Holds a run for a reason people read. A second reason while held only replaces a weaker one. */
void hold_begin(struct machine *m, enum hold_why why, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What it was held for is over: heat again if needed, then go on. A laser's own `~` is the
 * caller's: only a person sends it. */
void hold_end(struct machine *m);

/* The targets of before the hold are set again. */
void hold_restored(struct machine *m);

void hold_tick(struct machine *m);

#endif
