/* SPDX-License-Identifier: Apache-2.0 */
#include "random.h"

#include <math.h>

#include "base/fnv.h"

/* Above this many, successes are drawn from the normal curve: nobody sees the difference. */
enum { COUNT_MAX = 64 };

static uint64_t mix(uint64_t z) /* splitmix64, Steele and others 2014 */
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct random random_stream(uint64_t run, const char *name)
{
    uint64_t hash = FNV_BASIS;

    for (const char *c = name; *c != '\0'; c++)
        hash = fnv_byte(hash, (unsigned char)*c);
    return (struct random){mix(mix(run + UINT64_C(0x9e3779b97f4a7c15)) ^ hash)};
}

double random_uniform(struct random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    return ((double)(mix(random->state) >> 11) + 0.5) * 0x1p-53;
}

double random_normal(struct random *random) /* Box and Muller; the second number is not kept */
{
    double radius = sqrt(-2.0 * log(random_uniform(random)));

    return radius * cos(6.283185307179586 * random_uniform(random));
}

double random_exponential(struct random *random)
{
    return -log(random_uniform(random));
}

double random_gamma(struct random *random, double shape) /* Marsaglia and Tsang 2000 */
{
    double d, c;

    if (shape < 1.0)
        return random_gamma(random, shape + 1.0) * pow(random_uniform(random), 1.0 / shape);
    d = shape - 1.0 / 3.0;
    c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double x = random_normal(random);
        double v = 1.0 + c * x;

        if (v <= 0.0)
            continue;
        v = v * v * v;
        if (log(random_uniform(random)) < 0.5 * x * x + d - d * v + d * log(v))
            return d * v;
    }
}

double random_beta(struct random *random, double a, double b)
{
    double x = random_gamma(random, a);

    return x / (x + random_gamma(random, b));
}

int64_t random_successes(struct random *random, int64_t n, double p)
{
    int64_t successes = 0;

    if (n > COUNT_MAX) {
        double mean = (double)n * p;
        double drawn = round(mean + sqrt(mean * (1.0 - p)) * random_normal(random));

        return drawn < 0 ? 0 : drawn > (double)n ? n : (int64_t)drawn;
    }
    for (int64_t i = 0; i < n; i++)
        successes += random_uniform(random) < p;
    return successes;
}
