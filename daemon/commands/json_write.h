/* SPDX-License-Identifier: Apache-2.0 */
/* Lists that are too long to be held as cJSON: text, one item at a time. Any thread. */
#ifndef USINE_COMMANDS_JSON_WRITE_H
#define USINE_COMMANDS_JSON_WRITE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>

/* Writes before, then item (taken; NULL: no memory) as text. False: no memory. */
bool json_write(FILE *out, const char *before, cJSON *item);

#endif
