/* SPDX-License-Identifier: Apache-2.0 */
/* A token on its way to the disk, and its secret on the way to the asker, who sees it this once. */
#ifndef USINE_COMMANDS_TOKEN_MINT_H
#define USINE_COMMANDS_TOKEN_MINT_H

#include <cjson/cJSON.h>

#include "answer.h"
#include "people/roles.h"
#include "people/token.h"

/* Adds a token made by spec (people/token.h), then ends the answer with what show makes of it and
 * of its secret. */
void token_mint(struct answer *answer, const struct token *spec,
                cJSON *(*show)(const struct answer *answer, const struct token *token,
                               const char *secret));

/* An "expires" given by a person: 0 and true when it is "". False: answered. */
bool token_expiry(struct answer *answer, const char *text, int64_t *expires_ms);

/* A role at these sites (a list of ids; NULL or empty: everywhere). False: answered. */
bool token_roles(struct answer *answer, enum role role, const cJSON *sites, struct roles *roles);

#endif
