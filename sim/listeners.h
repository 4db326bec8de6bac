/* SPDX-License-Identifier: Apache-2.0 */
/* Who opens and closes the slaves: a pseudo-terminal whose slave we hold open ourselves does not
 * say whether a host is there, but inotify does. */
#ifndef USINE_SIM_LISTENERS_H
#define USINE_SIM_LISTENERS_H

#include <uv.h>

struct listeners;
struct machine;

/* NULL: the system has no inotify to give; then nobody is watched. */
struct listeners *listeners_create(uv_loop_t *loop);

/* Calls machine_listeners(machine, +1 or -1) whenever somebody else opens or closes the device.
 * Returns its number, -1 if it cannot be watched. */
int listeners_watch(struct listeners *listeners, const char *device, struct machine *machine);

void listeners_forget(struct listeners *listeners, int number); /* -1 is harmless */

/* Closes its handle; destroy it when the loop has closed all. NULL is harmless to both. */
void listeners_stop(struct listeners *listeners);
void listeners_destroy(struct listeners *listeners);

#endif
