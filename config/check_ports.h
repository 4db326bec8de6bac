/* SPDX-License-Identifier: Apache-2.0 */
/* One port, two names: udev gives each several (by-id, by-path, ttyUSB0). */
#ifndef USINE_CONFIG_CHECK_PORTS_H
#define USINE_CONFIG_CHECK_PORTS_H

#include "source.h"

/* Notes machines whose ports are different paths that lead to the same device now. What is not
 * plugged in cannot be told; there the port's lock refuses the second machine. Reads the disk. */
void check_ports(struct source *source);

#endif
