/* SPDX-License-Identifier: Apache-2.0 */
/* The last step before the link: every byte that goes out is kept in the ring. */
#ifndef USINE_MACHINES_WIRE_H
#define USINE_MACHINES_WIRE_H

#include "machine.h"

/* Sends n bytes, already kept in the ring by the caller when `kept`. A link that does not take them
 * is closed: it has stalled. */
bool wire_write(struct machine *m, const char *bytes, size_t n, bool kept);

/* Ahead of everything queued. */
void wire_urgent(struct machine *m, const char *bytes);

/* Ends the connection; machine_on_closed follows. */
void wire_close(struct machine *m);

#endif
