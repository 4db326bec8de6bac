/* SPDX-License-Identifier: Apache-2.0 */
/* The last wire lines, both ways, with their time: what a technician reads after a failure. A byte
 * ring that forgets its oldest lines; no malloc but for ring_text. */
#ifndef USINE_MACHINES_RING_H
#define USINE_MACHINES_RING_H

#include <stddef.h>
#include <stdint.h>

enum { RING_BYTES = 16384 }; /* 200 lines each way of the longest a slicer writes */

enum ring_way { RING_SENT = '>', RING_HEARD = '<', RING_NOTE = '#' };

struct ring {
    uint32_t start, used; /* bytes */
    char bytes[RING_BYTES];
};

/* Keeps one line (n bytes; line ends are dropped, at most 255 are kept) heard or sent at now (ms).
 */
void ring_add(struct ring *ring, int64_t now, enum ring_way way, const char *line, size_t n);

/* Brings the memory near that the next ring_add will touch. */
static inline void ring_prefetch(const struct ring *ring)
{
    __builtin_prefetch(ring->bytes + (ring->start + ring->used) % RING_BYTES, 1);
}

/* All lines, oldest first, as "<seconds before now> <way> <line>\n", control bytes escaped.
 * malloc'ed; NULL without memory. */
char *ring_text(const struct ring *ring, int64_t now);

#endif
