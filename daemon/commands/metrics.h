/* SPDX-License-Identifier: Apache-2.0 */
/* Figures for Prometheus, in its text format 0.0.4. */
#ifndef USINE_COMMANDS_METRICS_H
#define USINE_COMMANDS_METRICS_H

#include "office.h"

/* malloc'ed; NULL: out of memory. */
char *metrics_text(const struct office *office);

#endif
