/* SPDX-License-Identifier: Apache-2.0 */
#include "dialects.h"

#include <string.h>

static const struct dialect *const dialects[] = {
    &dialect_marlin,
    &dialect_marlin_laser,
    &dialect_grbl,
    &dialect_smoothie,
};

const struct dialect *dialect_at(size_t index)
{
    return index < sizeof dialects / sizeof *dialects ? dialects[index] : NULL;
}

const struct dialect *dialect_find(const char *name)
{
    const struct dialect *dialect;

    for (size_t i = 0; (dialect = dialect_at(i)) != NULL; i++)
        if (strcmp(dialect->name, name) == 0)
            return dialect;
    return NULL;
}
