/* SPDX-License-Identifier: Apache-2.0 */
/* Slow clocks: consents that grow old, runs whose machine does not come back, idle machines that
 * fell silent, the dead-man of cold machines. */
#ifndef USINE_MACHINES_WATCH_H
#define USINE_MACHINES_WATCH_H

#include "machine.h"

/* For a machine with a link. */
void watch_tick(struct machine *m);

/* For a machine without. */
void watch_offline(struct machine *m);

#endif
