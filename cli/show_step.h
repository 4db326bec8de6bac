/* SPDX-License-Identifier: Apache-2.0 */
/* How work by hand looks on a terminal. */
#ifndef USINE_CLI_SHOW_STEP_H
#define USINE_CLI_SHOW_STEP_H

#include <cjson/cJSON.h>

struct asked;

/* GET /steps: one row for each step and lot. */
void show_steps(const cJSON *body, const struct asked *asked);

/* GET /steps/batches: one row each. */
void show_batches(const cJSON *body, const struct asked *asked);

#endif
