/* SPDX-License-Identifier: Apache-2.0 */
/* What people want to be told, and the messages on their way to them. */
#ifndef USINE_CLI_SHOW_NOTICES_H
#define USINE_CLI_SHOW_NOTICES_H

#include "arguments.h"

void show_notices(const cJSON *body, const struct asked *asked);
void show_outbox(const cJSON *body, const struct asked *asked);

#endif
