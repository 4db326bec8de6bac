/* SPDX-License-Identifier: Apache-2.0 */
/* People, tokens, tablets and the audit log, as people read them. */
#ifndef USINE_CLI_SHOW_PEOPLE_H
#define USINE_CLI_SHOW_PEOPLE_H

#include "arguments.h"

void show_users(const cJSON *body, const struct asked *asked);
void show_tokens(const cJSON *body, const struct asked *asked);
void show_tablets(const cJSON *body, const struct asked *asked);
void show_audit(const cJSON *body, const struct asked *asked);
void show_verified(const cJSON *body, const struct asked *asked);
void show_link(const cJSON *body, const struct asked *asked);   /* its one-time link alone */
void show_secret(const cJSON *body, const struct asked *asked); /* a new token alone */

#endif
