/* SPDX-License-Identifier: Apache-2.0 */
/* A run ends when motion ends, not at the last ok (FAULTS.md sections 3 and 5, "done"). */
#ifndef USINE_MACHINES_FINISH_H
#define USINE_MACHINES_FINISH_H

#include "machine.h"

/* All lines are acknowledged. */
void finish_begin(struct machine *m);

/* M400 was acknowledged. */
void finish_moved(struct machine *m);

/* A status report came: two Idle in a row, without power, end a Grbl run. */
void finish_report(struct machine *m, const struct reply *reply);

/* Motion has ended and heaters and beam are off. */
void finish_end(struct machine *m);

/* Closes the numbering of a run, so that the number of its last line is never taken for another
 * run's; NULL where lines have none. A script for talk_script. */
const char *const *numbers_end(const struct machine *m);

#endif
