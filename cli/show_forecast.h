/* SPDX-License-Identifier: Apache-2.0 */
#ifndef USINE_CLI_SHOW_FORECAST_H
#define USINE_CLI_SHOW_FORECAST_H

#include "arguments.h"

/* What today will end with, orders' dates, what limits, and the same with the changes asked for. */
void show_forecast(const cJSON *body, const struct asked *asked);

#endif
