/* SPDX-License-Identifier: Apache-2.0 */
/* One pseudo-terminal with a name that stays: the link points to wherever the slave is now. We keep
 * the slave open, so a host may close and reopen it like a real serial port. */
#ifndef USINE_SIM_PORT_H
#define USINE_SIM_PORT_H

#include <stdbool.h>

#include "base/err.h"

struct port {
    int master, slave; /* -1: closed */
    char device[64];   /* "/dev/pts/7" */
    char link[512];    /* the stable name */
};

/* Nothing is open yet. `link` is where the name will stand. ERR_TOO_LARGE: it does not fit. */
enum err port_init(struct port *port, const char *link);

/* Opens a new pty, raw, non-blocking, and points the link at it. ERR_BUSY: the system has no more
 * ptys or files to give; ERR_DISK: the link cannot be made. */
enum err port_open(struct port *port);

/* Closes both ends (the host sees a hang-up) and removes the link. Harmless when closed. */
void port_close(struct port *port);

/* Forgets what the host has not read: its end was closed. */
void port_drain(struct port *port);

#endif
