/* SPDX-License-Identifier: Apache-2.0 */
/* Lists as tables. */
#ifndef USINE_CLI_SHOW_LIST_H
#define USINE_CLI_SHOW_LIST_H

#include "arguments.h"

void show_machines(const cJSON *body, const struct asked *asked);
void show_jobs(const cJSON *body, const struct asked *asked);
void show_runs(const cJSON *body, const struct asked *asked);
void show_programs(const cJSON *body, const struct asked *asked);
void show_shares(const cJSON *body, const struct asked *asked);
void show_why(const cJSON *body, const struct asked *asked);
void show_ports(const cJSON *body, const struct asked *asked);
void show_log(const cJSON *body, const struct asked *asked);

#endif
