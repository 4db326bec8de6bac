/* SPDX-License-Identifier: Apache-2.0 */
/* Figures for Prometheus, in its text format 0.0.4. */
#ifndef USINE_HTTP_METRICS_H
#define USINE_HTTP_METRICS_H

#include "commands/office.h"

/* malloc'ed; NULL: out of memory. */
char *metrics_text(const struct office *office);

#endif
