/* SPDX-License-Identifier: Apache-2.0 */
/* The receive buffer of a board: 128 bytes on small ones, and what does not fit is lost without a
 * word. */
#ifndef USINE_SIM_RING_H
#define USINE_SIM_RING_H

#include <stdbool.h>
#include <stdint.h>

enum { RING_SIZE = 128, RING_MAX = 1024 };

struct ring {
    char bytes[RING_MAX];
    uint16_t start, used;
    uint16_t size; /* at most RING_MAX; 0: RING_SIZE */
    uint64_t lost; /* bytes that found it full */
};

static inline unsigned ring_size(const struct ring *ring)
{
    return ring->size != 0 ? ring->size : RING_SIZE;
}

/* False, and counted, when it is full. */
static inline bool ring_push(struct ring *ring, char byte)
{
    if (ring->used == ring_size(ring)) {
        ring->lost++;
        return false;
    }
    ring->bytes[(ring->start + ring->used++) % ring_size(ring)] = byte;
    return true;
}

static inline bool ring_pop(struct ring *ring, char *byte)
{
    if (ring->used == 0)
        return false;
    *byte = ring->bytes[ring->start];
    ring->start = (uint16_t)((ring->start + 1U) % ring_size(ring));
    ring->used--;
    return true;
}

static inline void ring_clear(struct ring *ring)
{
    ring->start = ring->used = 0;
}

#endif
