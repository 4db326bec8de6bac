/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the serial ports out of /sys and /dev. Used by ports.c and its tests. */
#ifndef USINE_DRIVERS_PORTS_SCAN_H
#define USINE_DRIVERS_PORTS_SCAN_H

#include "ports.h"

/* As ports_list, for the tree below root ("" for the real one). */
enum err ports_scan(const char *root, struct ports *ports);

/* As ports_resolve, for the tree below root; a path in spec is not prefixed by it. */
struct ports_query {
    const char *root;
    const char *spec;
};
enum err ports_query(const struct ports_query *query, char *device, size_t size, char *text,
                     size_t text_size);

#endif
