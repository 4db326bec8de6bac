/* SPDX-License-Identifier: Apache-2.0 */
/* What came with a request -> the JSON object that a row's field table reads. Pure. */
#ifndef USINE_HTTP_FIELDS_H
#define USINE_HTTP_FIELDS_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "commands/command.h"

enum { FIELDS_QUERY_MAX = 64 }; /* members of one query */

/* Adds one query member: numbers and booleans by the row's type, lists by repetition, anything else
 * as text (also unknown names, so that json_read refuses them by name). value may be NULL ("?x").
 * ERR_BAD_REQUEST: not UTF-8, or too many; ERR_NO_MEMORY. */
enum err fields_add_query(cJSON *object, const struct command *command, const char *name,
                          const char *value);

/* Takes out the members that the row does not have. */
void fields_keep_known(cJSON *object, const struct command *command);

/* Parses a JSON body; an empty one is an empty object. *object is the caller's. ERR_BAD_REQUEST:
 * text says where. */
enum err fields_read_body(const char *body, size_t n, cJSON **object, char *text, size_t size);

#endif
