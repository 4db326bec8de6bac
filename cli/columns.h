/* SPDX-License-Identifier: Apache-2.0 */
/* How much room UTF-8 text takes on a terminal. */
#ifndef USINE_CLI_COLUMNS_H
#define USINE_CLI_COLUMNS_H

#include <stddef.h>

/* Columns text takes: 2 for East Asian wide characters and pictures, 0 for combining marks. Bytes
 * that are no UTF-8 count 1 each. */
size_t columns_of(const char *text);

/* How many bytes of text, whole characters, fit into so many columns; those go to *taken. */
size_t columns_fit(const char *text, size_t columns, size_t *taken);

#endif
