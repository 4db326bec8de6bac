/* SPDX-License-Identifier: Apache-2.0 */
/* A bad cable: flips, drops or invents bytes with a given probability per byte. Costs nothing per
 * byte: the distance to the next error is drawn, not each byte's luck. */
#ifndef USINE_SIM_NOISE_H
#define USINE_SIM_NOISE_H

#include <stddef.h>
#include <stdint.h>

#include "rng.h"

struct noise {
    struct rng rng;
    double rate;     /* per byte */
    uint64_t gap;    /* good bytes until the next error */
    uint64_t errors; /* made so far */
};

/* rate 0: a perfect cable. */
void noise_init(struct noise *noise, const struct rng *rng, double rate);

/* Spoils n bytes in place: most errors flip one bit, some lose the byte. Returns how many remain.
 */
size_t noise_spoil(struct noise *noise, char *bytes, size_t n);

#endif
