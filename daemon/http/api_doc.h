/* SPDX-License-Identifier: Apache-2.0 */
/* The API, described from the command table itself: OpenAPI for programs, Markdown for people. */
#ifndef USINE_HTTP_API_DOC_H
#define USINE_HTTP_API_DOC_H

#include <cjson/cJSON.h>
#include <stdio.h>

#include "commands/command.h"

/* OpenAPI 3.1; the caller's. NULL: out of memory. */
cJSON *api_openapi(const struct command *const *table);

/* docs/api.md. */
void api_markdown(const struct command *const *table, FILE *out);

#endif
