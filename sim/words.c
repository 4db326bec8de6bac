/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <stddef.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool words_number(const char **at, double *value)
{
    const char *c = *at;
    double n = 0, scale = 1;
    bool minus = *c == '-', any = false;

    if (*c == '-' || *c == '+')
        c++;
    for (; is_digit(*c); c++, any = true)
        n = n * 10 + (*c - '0');
    if (*c == '.')
        for (c++; is_digit(*c); c++, any = true) {
            scale *= 10;
            n = n * 10 + (*c - '0');
        }
    if (!any)
        return false;
    n /= scale;
    *value = minus ? -n : n;
    *at = c;
    return true;
}

static const char *skip(const char *c)
{
    while (*c == ' ' || *c == '\t')
        c++;
    return c;
}

bool words_next(const char **at, char *letter, double *value, bool *has_value)
{
    const char *c = skip(*at);

    *at = c;
    *value = 0;
    *has_value = false;
    if (*c < 'A' || *c > 'Z')
        return false;
    *letter = *c;
    c = skip(c + 1);
    *has_value = words_number(&c, value);
    *at = c;
    return true;
}

bool words_value(const char *args, char letter, double *value)
{
    char found;
    bool has;

    while (words_next(&args, &found, value, &has))
        if (found == letter)
            return has;
    return false;
}

bool words_has(const char *args, char letter)
{
    double value;
    char found;
    bool has;

    while (words_next(&args, &found, &value, &has))
        if (found == letter)
            return true;
    return false;
}
