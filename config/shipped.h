/* SPDX-License-Identifier: Apache-2.0 */
/* The profiles that come with Usine: one JSON file each. */
#ifndef USINE_CONFIG_SHIPPED_H
#define USINE_CONFIG_SHIPPED_H

#include "source.h"

/* Where they are: $USINE_PROFILES, else config/profiles of the source tree this was built from
 * while it exists, else the installed folder. */
const char *shipped_folder(void);

/* Adds all of them to config->models. A faulty or unreadable file is a fault of source, at its
 * beginning, that names the profile's own file, line and column. Reads the disk. */
void shipped_read(struct source *source, struct config *config);

#endif
