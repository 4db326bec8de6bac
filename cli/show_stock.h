/* SPDX-License-Identifier: Apache-2.0 */
/* Stock as people read it. */
#ifndef USINE_CLI_SHOW_STOCK_H
#define USINE_CLI_SHOW_STOCK_H

#include "arguments.h"

void show_stock(const cJSON *body, const struct asked *asked);

#endif
