/* SPDX-License-Identifier: Apache-2.0 */
/* Lots, as people read them. */
#ifndef USINE_CLI_SHOW_LOT_H
#define USINE_CLI_SHOW_LOT_H

#include "arguments.h"

/* The whole story. */
void show_lot(const cJSON *body, const struct asked *asked);

/* What to fetch back: what lies where, and who was given some. */
void show_recall(const cJSON *body, const struct asked *asked);

/* "blocked" of the status: nothing is said when there are none. */
void show_blocked(const cJSON *rows);

#endif
