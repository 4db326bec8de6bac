/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as people read them. Each takes the answer's body. */
#ifndef USINE_CLI_SHOW_H
#define USINE_CLI_SHOW_H

#include "arguments.h"

void show_status(const cJSON *body, const struct asked *asked);
void show_object(const cJSON *body, const struct asked *asked); /* any one thing, a line a member */
void show_message(const cJSON *body, const struct asked *asked); /* its "message" */
void show_id(const cJSON *body, const struct asked *asked);      /* its "id" alone, for scripts */
void show_wire(const cJSON *body, const struct asked *asked);
void show_added_program(const cJSON *body, const struct asked *asked);
void show_config(const cJSON *body, const struct asked *asked);

#endif
