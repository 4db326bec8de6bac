/* SPDX-License-Identifier: Apache-2.0 */
/* The receive buffer of a small board: 128 bytes, and what does not fit is lost without a word. */
#ifndef USINE_SIM_RING_H
#define USINE_SIM_RING_H

#include <stdbool.h>
#include <stdint.h>

enum { RING_SIZE = 128 };

struct ring {
    char bytes[RING_SIZE];
    uint8_t start, used;
    uint64_t lost; /* bytes that found it full */
};

/* False, and counted, when it is full. */
static inline bool ring_push(struct ring *ring, char byte)
{
    if (ring->used == RING_SIZE) {
        ring->lost++;
        return false;
    }
    ring->bytes[(ring->start + ring->used++) % RING_SIZE] = byte;
    return true;
}

static inline bool ring_pop(struct ring *ring, char *byte)
{
    if (ring->used == 0)
        return false;
    *byte = ring->bytes[ring->start];
    ring->start = (uint8_t)((ring->start + 1) % RING_SIZE);
    ring->used--;
    return true;
}

static inline void ring_clear(struct ring *ring)
{
    ring->start = ring->used = 0;
}

#endif
