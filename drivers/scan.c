/* SPDX-License-Identifier: Apache-2.0 */
#include "scan.h"

#include <stddef.h>

static const int64_t integer_limit = 1000000000000000;
static const int64_t int_limit = 1000000000;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const char *scan_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

const char *scan_integer(const char *p, int64_t *value)
{
    const bool negative = *p == '-';
    int64_t sum = 0;

    if (*p == '-' || *p == '+')
        p++;
    if (!is_digit(*p))
        return NULL;
    for (; is_digit(*p); p++) {
        sum = sum * 10 + (*p - '0');
        if (sum > integer_limit)
            sum = integer_limit;
    }
    *value = negative ? -sum : sum;
    return p;
}

const char *scan_int(const char *p, int *value)
{
    int64_t wide;
    const char *end = scan_integer(p, &wide);

    if (end == NULL)
        return NULL;
    if (wide > int_limit)
        wide = int_limit;
    if (wide < -int_limit)
        wide = -int_limit;
    *value = (int)wide;
    return end;
}

const char *scan_number(const char *p, double *value)
{
    const bool negative = *p == '-';
    bool digits = false;
    double sum = 0, unit = 1;

    if (*p == '-' || *p == '+')
        p++;
    for (; is_digit(*p); p++, digits = true)
        if (sum < 1e15)
            sum = sum * 10 + (*p - '0');
    if (*p == '.')
        p++;
    for (; is_digit(*p); p++, digits = true) {
        if (unit >= 1e12)
            continue;
        unit *= 10;
        sum = sum * 10 + (*p - '0');
    }
    if (!digits)
        return NULL;
    *value = (negative ? -sum : sum) / unit;
    return p;
}

int scan_numbers(const char *p, double *values, int n)
{
    int count = 0;

    while (count < n) {
        p = scan_number(p, &values[count]);
        if (p == NULL)
            break;
        count++;
        if (*p++ != ',')
            break;
    }
    return count;
}

const char *scan_prefix(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; text++, prefix++)
        if (*text != *prefix)
            return NULL;
    return text;
}
