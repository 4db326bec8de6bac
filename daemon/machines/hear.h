/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from one line of the machine. */
#ifndef USINE_MACHINES_HEAR_H
#define USINE_MACHINES_HEAR_H

#include "machine.h"

/* One line (n bytes, NUL-terminated) came. */
void machine_hear(struct machine *m, const char *line, size_t n);

#endif
