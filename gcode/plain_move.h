/* SPDX-License-Identifier: Apache-2.0 */
/* The values of the usual line, "G1 X10.5 Y20 E.0123", for the analyser, which wants no more of it;
 * the tokeniser (line.h) is for all else. Pure. */
#ifndef USINE_GCODE_PLAIN_MOVE_H
#define USINE_GCODE_PLAIN_MOVE_H

#include <stdint.h>

#include "line.h"

enum { PLAIN_MOVE_ROOM = 64 }; /* bytes from the line's beginning on that must be readable */

struct plain_move {
    int number;        /* of G: 0 or 1 */
    uint32_t letters;  /* as gcode_line.letters */
    double values[32]; /* as gcode_line.values; others keep what they were */
};

/* Reads the line that begins at text, of which PLAIN_MOVE_ROOM bytes are readable. Returns its
 * '\n', and what gcode_line_parse() makes of its letters and values, to the bit, in both flavours.
 * NULL: it is not so plain, or has no end there, and *move means nothing. */
const char *plain_move_read(struct plain_move *move, const char *text);

/* What plain_move_read() is on processors without AVX2 and BMI2. */
const char *plain_move_read_portable(struct plain_move *move, const char *text);

#endif
