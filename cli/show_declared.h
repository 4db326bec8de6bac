/* SPDX-License-Identifier: Apache-2.0 */
/* Makers without a daemon, and what they declare. */
#ifndef USINE_CLI_SHOW_DECLARED_H
#define USINE_CLI_SHOW_DECLARED_H

#include "arguments.h"

void show_makers(const cJSON *body, const struct asked *asked);
void show_maker_link(const cJSON *body,
                     const struct asked *asked);                  /* the link alone, for scripts */
void show_declared(const cJSON *body, const struct asked *asked); /* what one has just declared */
void show_declarations(const cJSON *body, const struct asked *asked);

#endif
