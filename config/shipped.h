/* SPDX-License-Identifier: Apache-2.0 */
/* The profiles that come with Usine: one JSON file each. */
#ifndef USINE_CONFIG_SHIPPED_H
#define USINE_CONFIG_SHIPPED_H

#include "source.h"

enum { SHIPPED_PATH_MAX = 4096 };

/* Where they are: $USINE_PROFILES, else of the installation this program runs from, else
 * config/profiles of the source tree it was built from. */
void shipped_folder(char *path, size_t size);

/* Adds all of them to config->models. A faulty or unreadable file is a fault of source, at its
 * beginning, that names the profile's own file, line and column. Reads the disk. */
void shipped_read(struct source *source, struct config *config);

#endif
