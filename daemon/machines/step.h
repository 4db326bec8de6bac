/* SPDX-License-Identifier: Apache-2.0 */
/* What follows when the lines said for a step are through. */
#ifndef USINE_MACHINES_STEP_H
#define USINE_MACHINES_STEP_H

#include "machine.h"

/* well: all were taken; else the machine did not answer or refused for good. */
void step_done(struct machine *m, enum step step, bool well);

#endif
