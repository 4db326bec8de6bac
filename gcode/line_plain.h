/* SPDX-License-Identifier: Apache-2.0 */
/* The usual line, "G1 X10.5 Y20 E.0123", read at once; for the tokeniser (line.c) alone. Pure. */
#ifndef USINE_GCODE_LINE_PLAIN_H
#define USINE_GCODE_LINE_PLAIN_H

#include "line.h"

enum {
    PLAIN_MAX = 40,             /* longest such line */
    PLAIN_ROOM = PLAIN_MAX + 9, /* bytes from its beginning on that must be readable */
};

/* True: the line is exactly what gcode_line_parse() makes of it, in both flavours. False: it is not
 * so plain, or n > PLAIN_MAX, and *line means nothing. */
bool plain_read(struct gcode_line *line, const char *text, size_t n);

#endif
