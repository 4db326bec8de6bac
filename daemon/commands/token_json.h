/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens, tablets and one-time links, as JSON. The caller owns what comes back. */
#ifndef USINE_COMMANDS_TOKEN_JSON_H
#define USINE_COMMANDS_TOKEN_JSON_H

#include <cjson/cJSON.h>

#include "office.h"
#include "people/tablet.h"
#include "people/token.h"

cJSON *token_to_json(const struct token *token);
cJSON *tablet_to_json(const struct tablet *tablet);

/* Adds "path" ("/invitation#CODE"), "link" (with base, or with our first address) and "expires". */
void json_add_link(cJSON *object, const struct office *office, const char *base, const char *path,
                   int64_t expires_ms);

#endif
