/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest pieces of a config text: strings, numbers, true, false, null. */
#ifndef USINE_CONFIG_SCAN_TOKEN_H
#define USINE_CONFIG_SCAN_TOKEN_H

#include "source.h"

/* Steps over a string that begins at *at. False and a fault when it is not well-formed: control
 * bytes, unknown escapes, a NUL or half a surrogate pair, no closing quote. */
bool token_string(struct source *source, size_t *at);

/* Steps over a number, true, false or null. False and a fault with a hint otherwise. */
bool token_plain(struct source *source, size_t *at);

/* The fault "expected X, found Y" at that offset, with a hint for the usual slips. */
void token_complain(struct source *source, size_t at, const char *expected);

#endif
