/* SPDX-License-Identifier: Apache-2.0 */
#include "heater_line.h"

#include <stdbool.h>
#include <stdlib.h>

static bool is_digit(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

enum item_kind heater_line(const char *text, size_t n, float *value)
{
    const char *end = text + n;
    const char *p = text, *target = NULL;
    enum item_kind kind = ITEM_SEND;
    char number[16] = {0};

    if (n < 4 || p[0] != 'M' || p[1] != '1' || (n > 4 && is_digit(p[4])))
        return ITEM_SEND;
    if (p[2] == '0' && p[3] == '4')
        kind = ITEM_NOZZLE;
    else if (p[2] == '4' && p[3] == '0')
        kind = ITEM_BED;
    else
        return ITEM_SEND;
    for (p += 4; p + 1 < end; p++) {
        if (*p == 'T' && p[1] != '0')
            return ITEM_SEND;
        if (*p == 'S')
            target = p + 1;
    }
    if (target == NULL)
        return ITEM_SEND;
    for (size_t i = 0; target < end && i < sizeof number - 1 && is_digit(*target); i++)
        number[i] = *target++;
    *value = strtof(number, NULL);
    return kind;
}
