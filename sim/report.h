/* SPDX-License-Identifier: Apache-2.0 */
/* What every machine did, as JSON (docs/simulator.md describes the members). */
#ifndef USINE_SIM_REPORT_H
#define USINE_SIM_REPORT_H

#include "base/err.h"
#include "fleet.h"

/* Writes the report to path, whole or not at all. ERR_DISK, ERR_NO_MEMORY. */
enum err report_write(struct fleet *fleet, const char *path);

#endif
