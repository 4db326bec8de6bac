/* SPDX-License-Identifier: Apache-2.0 */
/* Chance with a seed: the same seed and name give the same throws on every computer. */
#ifndef USINE_BENCH_OPERATION_DICE_H
#define USINE_BENCH_OPERATION_DICE_H

#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Dice of their own for whatever has this name, so that one machine's luck is not another's. */
struct dice dice_named(uint64_t seed, const char *name);

double dice_share(struct dice *dice);                    /* evenly in 0..1, 1 left out */
double dice_exponential(struct dice *dice, double mean); /* time until the next accident */

/* What takes about `median`, sometimes much longer: spread is the logarithm's deviation. */
double dice_about(struct dice *dice, double median, double spread);

#endif
