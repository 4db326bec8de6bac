/* SPDX-License-Identifier: Apache-2.0 */
/* From an open port to a machine that is known: banner, questions, identity, settings, dead-man. */
#ifndef USINE_MACHINES_GREET_H
#define USINE_MACHINES_GREET_H

#include "machine.h"

/* The link was just opened. */
void greet_opened(struct machine *m);

/* It has (re)started: a banner. Ends a run under way. */
void greet_banner(struct machine *m);

/* Asks once more without closing the link (after an unlock). */
void greet_again(struct machine *m);

void greet_tick(struct machine *m);

/* The questions are answered (or not). */
void greet_asked(struct machine *m, bool well);

/* Dead-man and auto-report are set, or a person's homing is done. */
void greet_done(struct machine *m);

/* Appends the dead-man of FAULTS.md section 7.2 to the script under way. */
void greet_arm(struct machine *m);

#endif
