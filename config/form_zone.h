/* SPDX-License-Identifier: Apache-2.0 */
/* Is a time zone known to the system? */
#ifndef USINE_CONFIG_FORM_ZONE_H
#define USINE_CONFIG_FORM_ZONE_H

#include <stdbool.h>
#include <stddef.h>

/* Looks in the tz database of the disk. Where there is none, any well-formed name passes. */
bool form_zone(const char *value, char *why, size_t size);

#endif
