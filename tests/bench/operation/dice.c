/* SPDX-License-Identifier: Apache-2.0 */
#include "dice.h"

#include <math.h>

#include "base/fnv.h"

/* splitmix64 */
static uint64_t next(struct dice *dice)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct dice dice_named(uint64_t seed, const char *name)
{
    struct dice dice = {seed ^ FNV_BASIS};

    for (const char *c = name; *c != '\0'; c++)
        dice.state = fnv_byte(dice.state, (unsigned char)*c);
    next(&dice);
    return dice;
}

double dice_share(struct dice *dice)
{
    return (double)(next(dice) >> 11) / 9007199254740992.0;
}

double dice_exponential(struct dice *dice, double mean)
{
    return -mean * log(1 - dice_share(dice));
}

double dice_about(struct dice *dice, double median, double spread)
{
    double radius = sqrt(-2 * log(1 - dice_share(dice)));

    return median * exp(spread * radius * cos(6.283185307179586 * dice_share(dice)));
}
