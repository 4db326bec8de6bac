/* SPDX-License-Identifier: Apache-2.0 */
/* What was made and where the time went, as a table. */
#ifndef USINE_CLI_SHOW_THROUGHPUT_H
#define USINE_CLI_SHOW_THROUGHPUT_H

#include "arguments.h"

/* A row for each day, site, machine and part; or for each group, when it was asked by --group. */
void show_throughput(const cJSON *body, const struct asked *asked);

#endif
