/* SPDX-License-Identifier: Apache-2.0 */
/* The options table as JSON Schema, so that editors complete and check a config. */
#ifndef USINE_CONFIG_SCHEMA_H
#define USINE_CONFIG_SCHEMA_H

#include "base/err.h"

/* Writes the schema (draft 2020-12, indented, with a final newline) to *text; the caller frees it.
 * ERR_NO_MEMORY. config/config.schema.json is its committed copy. */
enum err config_schema(char **text);

#endif
