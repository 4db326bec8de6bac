/* SPDX-License-Identifier: Apache-2.0 */
#include "grow.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 16 };

void *array_grow(void *array, size_t count, size_t *room, size_t size)
{
    const size_t more = *room == 0 ? FIRST_ROOM : 2 * *room;
    void *grown;

    if (count < *room)
        return array;
    grown = more <= SIZE_MAX / size ? realloc(array, more * size) : NULL;
    if (grown != NULL)
        *room = more;
    return grown;
}
