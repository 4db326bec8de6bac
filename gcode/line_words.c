/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to a line that gcode_line_parse() has read. */
#include "line.h"

bool gcode_line_value(const struct gcode_line *line, char letter, double *value)
{
    if (!gcode_line_has(line, letter) || (line->bare & GCODE_LETTER(letter)) != 0)
        return false;
    *value = line->values[GCODE_INDEX(letter)];
    return true;
}

bool gcode_line_has(const struct gcode_line *line, char letter)
{
    return letter >= 'A' && letter <= 'Z' && (line->letters & GCODE_LETTER(letter)) != 0;
}

const char *gcode_fault_words(enum gcode_line_fault fault)
{
    switch (fault) {
    case GCODE_LINE_OK:
        return "is well-formed";
    case GCODE_LINE_TOO_LONG:
        return "is too long";
    case GCODE_LINE_BAD_BYTE:
        return "holds a byte that must not reach a machine";
    case GCODE_LINE_BAD_NUMBER:
        return "holds a number that cannot be read";
    case GCODE_LINE_BAD_FORM:
        return "holds text that is no G-code word";
    case GCODE_LINE_TOO_MANY_WORDS:
        return "has too many words";
    case GCODE_LINE_BAD_CHECKSUM:
        return "carries a checksum that does not fit it";
    case GCODE_LINE_REPEATED:
        return "says one letter twice";
    }
    return "cannot be read";
}
