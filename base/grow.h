/* SPDX-License-Identifier: Apache-2.0 */
/* Room in arrays that grow. */
#ifndef USINE_BASE_GROW_H
#define USINE_BASE_GROW_H

#include <stddef.h>

/* Room for one more item of that size in a malloc'ed array of `count` items, which has room for
 * *room (0 with NULL): returns the array, where it is now. NULL: no memory, and the array is as it
 * was. */
void *array_grow(void *array, size_t count, size_t *room, size_t size);

#endif
