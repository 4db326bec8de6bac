/* SPDX-License-Identifier: Apache-2.0 */
/* One plain value of the file -> its place in a struct. */
#ifndef USINE_CONFIG_FILL_VALUE_H
#define USINE_CONFIG_FILL_VALUE_H

#include "options.h"
#include "source.h"

/* OPTION_TEXT, WORD, INT, INT64, NUMBER, BOOLEAN: checks node and writes to out, which is the place
 * itself. False: a fault was noted, and nothing written. */
bool fill_value(struct source *source, const cJSON *node, const struct option *option, void *out);

/* One element of OPTION_TEXTS; *copy is the caller's. NULL after a fault or without memory. */
char *fill_text_element(struct source *source, const cJSON *node, const struct option *option);

/* Notes the fault "... must be X, not Y" for a value of the wrong type. */
void fill_wrong_type(struct source *source, const cJSON *node, const char *wanted);

#endif
