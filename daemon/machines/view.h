/* SPDX-License-Identifier: Apache-2.0 */
/* What the office sees of a machine: a copy; progress and time left. machine_view is in machine.h.
 */
#ifndef USINE_MACHINES_VIEW_H
#define USINE_MACHINES_VIEW_H

#include "machine.h"

/* Share of the run's time that has passed (0..1), and seconds left (< 0: unknown). */
double view_progress(const struct machine *m, double *eta_s);

#endif
