/* SPDX-License-Identifier: Apache-2.0 */
/* One owner per serial port: a lock among programs that lock, and the name of who has it. */
#ifndef USINE_DRIVERS_PORT_LOCK_H
#define USINE_DRIVERS_PORT_LOCK_H

#include <stddef.h>

#include "base/err.h"

/* Takes the exclusive lock of the open device fd; it goes with the last close of fd. ERR_BUSY:
 * somebody has it, and text (size bytes) names the program where /proc tells. ERR_LINK: not
 * possible. */
enum err port_lock(int fd, const char *path, char *text, size_t size);

/* Writes "path is in use by NAME (pid N)…" to text: for an open that was refused. Bounded: looks at
 * no more than some thousand open files. */
void port_name_holder(const char *path, char *text, size_t size);

#endif
