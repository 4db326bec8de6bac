/* SPDX-License-Identifier: Apache-2.0 */
/* Chance for tests: the same seed (not 0) gives the same draws on every computer. */
#ifndef USINE_TESTS_DRAW_H
#define USINE_TESTS_DRAW_H

#include <stdint.h>

struct random {
    uint64_t state;
};

/* xorshift64*: 0 to below - 1. */
static inline unsigned draw(struct random *r, unsigned below)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return (unsigned)((r->state * 0x2545f4914f6cdd1du) >> 33) % below;
}

#endif
