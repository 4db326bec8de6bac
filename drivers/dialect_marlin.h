/* SPDX-License-Identifier: Apache-2.0 */
/* What the dialects of the Marlin family share: the wire form and the words. Pure. */
#ifndef USINE_DRIVERS_DIALECT_MARLIN_H
#define USINE_DRIVERS_DIALECT_MARLIN_H

#include "dialect.h"

enum { MARLIN_LINE_MAX = 96 }; /* 95 characters and the newline: MAX_CMD_SIZE is 96 with its NUL */

/* "N12 G1 X5*97\n", as struct dialect says. */
size_t marlin_encode(char *wire, size_t size, uint32_t number, const char *text, size_t n);

/* As struct dialect says. */
void marlin_decode(const char *line, size_t n, struct reply *reply);

#endif
