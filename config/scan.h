/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of a config text: blanks its comments, checks it strictly (RFC 8259; cJSON is laxer)
 * and notes where each value stands, in document order. */
#ifndef USINE_CONFIG_SCAN_H
#define USINE_CONFIG_SCAN_H

#include "source.h"

/* Replaces comments (// and slash-star) and a byte order mark by spaces, in place; text in quotes
 * is left alone. False and a fault when a comment does not end. */
bool scan_blank(struct source *source);

/* Checks the whole text and fills source->places (node is NULL yet). A comma before a closing
 * bracket is a fault, and blanked, so that the rest can still be read. False: cannot be read on. */
bool scan_text(struct source *source);

#endif
