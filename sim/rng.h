/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded chance: the same seed and the same calls give the same machine troubles. Pure. */
#ifndef USINE_SIM_RNG_H
#define USINE_SIM_RNG_H

#include <stdint.h>

struct rng {
    uint64_t state;
};

/* Two machines with the same seed but another `stream` (their number) share nothing. */
void rng_init(struct rng *rng, uint64_t seed, uint64_t stream);

uint64_t rng_next(struct rng *rng);

/* From 0 (inclusive) to 1 (exclusive). */
double rng_unit(struct rng *rng);

/* How many trials go well before one of probability p happens; UINT64_MAX for p <= 0. */
uint64_t rng_gap(struct rng *rng, double p);

#endif
