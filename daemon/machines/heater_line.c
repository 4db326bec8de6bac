/* SPDX-License-Identifier: Apache-2.0 */
#include "heater_line.h"

#include <stdlib.h>
#include <string.h>

enum item_kind heater_line(const char *text, size_t n, float *value)
{
    const char *end = text + n;
    const char *p = text;
    enum item_kind kind = ITEM_SEND;
    char number[16] = {0};

    if (n < 4 || p[0] != 'M' || p[1] != '1')
        return ITEM_SEND;
    if (p[2] == '0' && p[3] == '4')
        kind = ITEM_NOZZLE;
    else if (p[2] == '4' && p[3] == '0')
        kind = ITEM_BED;
    else
        return ITEM_SEND;
    for (p += 4; p < end && *p != 'S'; p++) {
        if (*p == 'T' && p + 1 < end && p[1] != '0')
            return ITEM_SEND;
    }
    if (p == end)
        return ITEM_SEND;
    for (size_t i = 0; ++p < end && i < sizeof number - 1 && strchr("0123456789.", *p); i++)
        number[i] = *p;
    *value = strtof(number, NULL);
    return kind;
}
