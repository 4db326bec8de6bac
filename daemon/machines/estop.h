/* SPDX-License-Identifier: Apache-2.0 */
#ifndef USINE_MACHINES_ESTOP_H
#define USINE_MACHINES_ESTOP_H

#include "machine.h"

/* The emergency stop: ahead of everything. text (size bytes) says what was done and what a person
 * must do. ERR_LINK: the machine cannot be reached; it is locked all the same. */
enum err machine_estop(struct machine *m, const char *by, char *text, size_t size);

#endif
