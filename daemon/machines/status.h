/* SPDX-License-Identifier: Apache-2.0 */
/* Status reports, alarms and refusals of Grbl and its kin (FAULTS.md section 5). */
#ifndef USINE_MACHINES_STATUS_H
#define USINE_MACHINES_STATUS_H

#include "machine.h"

/* <…>, or a message that tells a state ([MSG:Check Door]). */
void status_report(struct machine *m, const struct reply *reply);

/* ALARM:code. */
void status_alarm(struct machine *m, int code);

/* error:code to a line of the job. */
void status_reject(struct machine *m, int code);

/* Asks for a report when it is due; a machine that gives none is mute. */
void status_tick(struct machine *m);

#endif
