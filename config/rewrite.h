/* SPDX-License-Identifier: Apache-2.0 */
/* A config with other ports: what usine-sim writes for the daemon that is to drive its machines. */
#ifndef USINE_CONFIG_REWRITE_H
#define USINE_CONFIG_REWRITE_H

#include <stddef.h>

#include "base/err.h"

/* What to change; relative paths that are kept become absolute, and "$schema" goes. A member that
 * is NULL keeps what the file says. */
struct config_rewrite {
    const char *(*port)(void *context, const char *machine); /* new port; NULL: keep this one's */
    void *context;                                           /* handed to port; borrowed */
    const char *socket, *state;                              /* paths */
    const char *listen; /* one address: "127.0.0.1:8750"; "": none */
};

/* Reads the config file source, makes the changes and writes target whole (a reader sees the old
 * file or the new one, never half of one). Comments are not kept. The source need not be free of
 * faults, only well-formed JSON with an object at the top. Blocks on the disk.
 * On failure text (size bytes) says what is wrong and where: ERR_NOT_FOUND, ERR_INVALID, ERR_DISK,
 * ERR_NO_MEMORY. */
enum err config_rewrite(const char *source, const char *target,
                        const struct config_rewrite *changes, char *text, size_t size);

#endif
