/* SPDX-License-Identifier: Apache-2.0 */
/* Printers with several extruders: "T:" shows the active one, "T1:" each by itself. Machines with
 * one are left alone by all of this. */
#ifndef USINE_MACHINES_TOOLS_H
#define USINE_MACHINES_TOOLS_H

#include "machine.h"

/* Takes what the line says of each tool. */
void tools_report(struct machine *m, const struct reply *reply);

/* Says nothing yet, as after a (re)connect. */
void tools_forget(struct machine *m);

/* True with several tools: targets of "the nozzle" then mean another one after each change. */
bool tools_several(const struct machine *m);

/* Some tool has a target above 0. */
bool tools_hot(const struct machine *m);

/* Every tool with a target above 0 is at most `reach` below it. */
bool tools_reached(const struct machine *m, float reach);

/* Fills the view's. */
void tools_view(const struct machine *m, struct machine_view *view);

/* Appends "M104 Tn S0" for each tool to what is said next. */
void tools_off(struct machine *m);

#endif
