/* SPDX-License-Identifier: Apache-2.0 */
/* Slow clocks: consents that grow old, runs whose machine does not come back, idle machines that
 * fell silent, the dead-man of cold machines. */
#ifndef USINE_MACHINES_WATCH_H
#define USINE_MACHINES_WATCH_H

#include "machine.h"

/* How long ago the consent in force was given, ms: by the clock that nobody sets, and by the wall's
 * if that is more (the computer slept). */
int64_t consent_age(const struct machine *m);

/* For a machine with a link. */
void watch_tick(struct machine *m);

/* For a machine without. */
void watch_offline(struct machine *m);

#endif
