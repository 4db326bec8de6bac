/* SPDX-License-Identifier: Apache-2.0 */
/* Chance with a seed: the same seed gives the same draws on every computer. Each thing that chance
 * acts on has a stream of its own, so that one machine more leaves the others' luck as it was.
 * Pure.
 */
#ifndef USINE_PLANNING_RANDOM_H
#define USINE_PLANNING_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state;
};

/* A stream for this run and this name of a thing. */
struct random random_stream(uint64_t run, const char *name);

double random_uniform(struct random *random);             /* in (0, 1) */
double random_normal(struct random *random);              /* mean 0, deviation 1 */
double random_gamma(struct random *random, double shape); /* scale 1; shape > 0 */
double random_beta(struct random *random, double a, double b);
double random_exponential(struct random *random); /* mean 1 */

/* How many of n succeed, each with chance p. */
int64_t random_successes(struct random *random, int64_t n, double p);

#endif
