/* SPDX-License-Identifier: Apache-2.0 */
/* What slicers look for on the local network, as files for Avahi, which announces them. */
#ifndef USINE_AVAHI_H
#define USINE_AVAHI_H

#include "config/load.h"

/* Writes folder/usine-MODEL.service for each model that has a machine, by the address in `url`, or
 * else the first in `listen` that is not of this computer alone. On failure text says why:
 * ERR_REFUSED (nobody else can reach usined), ERR_DISK. */
enum err avahi_write(const struct config *config, const char *folder, char *text, size_t size);

#endif
