/* SPDX-License-Identifier: Apache-2.0 */
/* Many ports gone at once: one hub or one fuse, not thirty faults (FAULTS.md section 6). Floor
 * thread only. */
#ifndef USINE_MACHINES_INCIDENT_H
#define USINE_MACHINES_INCIDENT_H

#include <stdbool.h>
#include <stdint.h>

struct fleet;
struct machine;

/* The link of m went away by itself; m knows already. */
void incident_lost(struct fleet *fleet, struct machine *m, int64_t now);

/* May m open its port now? Those of an incident come back one by one. */
bool incident_may_open(const struct machine *m);

/* m has opened its port: the next one's turn comes when m has greeted, or after a second. */
void incident_opened(struct machine *m, int64_t now);

/* Deadlines; tells the office once what vanished, and once that all are back. */
void incident_tick(struct fleet *fleet, int64_t now);

/* m goes for good. */
void incident_forget(struct machine *m);

#endif
