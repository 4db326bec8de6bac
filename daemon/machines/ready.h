/* SPDX-License-Identifier: Apache-2.0 */
/* Is the board behind the port the one we know, and set as its profile says? */
#ifndef USINE_MACHINES_READY_H
#define USINE_MACHINES_READY_H

#include "machine.h"

/* Sets m->not_ready from settings, state and identity; true if ready. */
bool ready_check(struct machine *m);

/* It told who it is, and it is not who was here before: nothing more is sent to it. */
void ready_stranger(struct machine *m);

#endif
