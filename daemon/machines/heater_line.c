/* SPDX-License-Identifier: Apache-2.0 */
/* Read as the policy has read it: "M0104 S+210" and "M104 S 210" are what they mean. */
#include "heater_line.h"

#include "gcode/line.h"

enum item_kind heater_line(const char *text, size_t n, float *value)
{
    struct gcode_line line;
    double target, tool;

    if (n == 0 || text[0] != 'M')
        return ITEM_SEND;
    gcode_line_parse(&line, text, n, GCODE_MARLIN);
    if (line.fault != GCODE_LINE_OK || line.sub != 0 ||
        (line.number != 104 && line.number != 140) || !gcode_line_value(&line, 'S', &target))
        return ITEM_SEND;
    if (gcode_line_value(&line, 'T', &tool) && tool != 0)
        return ITEM_SEND;
    *value = (float)target;
    return line.number == 104 ? ITEM_NOZZLE : ITEM_BED;
}
