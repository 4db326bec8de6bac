/* SPDX-License-Identifier: Apache-2.0 */
#ifndef USINE_MACHINES_HEATER_LINE_H
#define USINE_MACHINES_HEATER_LINE_H

#include <stddef.h>

#include "supply.h"

/* "M104 S210", "M140 S60": ITEM_NOZZLE or ITEM_BED and the target the line sets, for the first
 * tool; ITEM_SEND for every other line. Pure. */
enum item_kind heater_line(const char *text, size_t n, float *value);

#endif
