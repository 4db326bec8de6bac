/* SPDX-License-Identifier: Apache-2.0 */
#include "rng.h"

#include <math.h>

void rng_init(struct rng *rng, uint64_t seed, uint64_t stream)
{
    rng->state = seed * 0x9e3779b97f4a7c15U ^ (stream + 1) * 0xd1342543de82ef95U;
    rng_next(rng);
}

/* splitmix64 (public domain, Vigna) */
uint64_t rng_next(struct rng *rng)
{
    uint64_t z = rng->state += 0x9e3779b97f4a7c15U;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

double rng_unit(struct rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

uint64_t rng_gap(struct rng *rng, double p)
{
    double gap;

    if (p <= 0)
        return UINT64_MAX;
    if (p >= 1)
        return 0;
    gap = floor(log(1 - rng_unit(rng)) / log1p(-p));
    return gap < 1e18 ? (uint64_t)gap : UINT64_MAX;
}
