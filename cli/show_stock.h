/* SPDX-License-Identifier: Apache-2.0 */
/* Stock and orders as people read them. */
#ifndef USINE_CLI_SHOW_STOCK_H
#define USINE_CLI_SHOW_STOCK_H

#include "arguments.h"

void show_stock(const cJSON *body, const struct asked *asked);
void show_orders(const cJSON *body, const struct asked *asked);
void show_order(const cJSON *body, const struct asked *asked); /* one, part by part */

#endif
