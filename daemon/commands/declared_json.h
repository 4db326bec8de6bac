/* SPDX-License-Identifier: Apache-2.0 */
/* Makers without a daemon, and what they declare, as JSON. The caller owns what comes back. */
#ifndef USINE_COMMANDS_DECLARED_JSON_H
#define USINE_COMMANDS_DECLARED_JSON_H

#include <cjson/cJSON.h>

#include "office.h"
#include "people/token.h"
#include "store/store_declaration.h"

/* A declaration link, without its secret; "sites" empty: at all. */
cJSON *maker_to_json(const struct token *token);

/* site: as those see it who work there, else as its maker does (who are not told whose hands
 * counted). */
cJSON *declaration_to_json(const struct declaration_row *row, bool site);

/* Adds "parts" and "sites" that a link is for: [{"id", "name"}…]. */
void declared_add_choice(cJSON *object, const struct office *office, const struct token *token);

/* Answers with declarations of a range, newest first, as {"items", "next"}, added to *more (taken;
 * NULL: nothing else is told). */
struct declared_asking {
    int64_t before, limit;
    int64_t maker;
    char site[ID_SIZE];
    bool waiting;
    bool for_site; /* as declaration_to_json */
    cJSON *more;
};
void declared_answer_list(struct office *office, const struct declared_asking *asking,
                          struct answer *answer);

#endif
