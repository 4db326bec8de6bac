/* SPDX-License-Identifier: Apache-2.0 */
/* Are two structs that a table fills the same? */
#ifndef USINE_CONFIG_DIFF_TABLE_H
#define USINE_CONFIG_DIFF_TABLE_H

#include <stdbool.h>

#include "options.h"

/* True when any option differs. Padding does not count; "models" neither: the machines that follow
 * them carry the completed profile. */
bool diff_table(const struct option_table *table, const void *a, const void *b);

/* The same for one row. */
bool diff_option(const struct option *option, const void *a, const void *b);

#endif
