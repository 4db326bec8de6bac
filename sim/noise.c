/* SPDX-License-Identifier: Apache-2.0 */
#include "noise.h"

#include <string.h>

void noise_init(struct noise *noise, const struct rng *rng, double rate)
{
    *noise = (struct noise){.rng = *rng, .rate = rate};
    noise->gap = rng_gap(&noise->rng, rate);
}

size_t noise_spoil(struct noise *noise, char *bytes, size_t n)
{
    size_t at = 0;

    while (noise->gap < n - at) {
        uint64_t luck = rng_next(&noise->rng);

        at += (size_t)noise->gap;
        if (luck % 8 == 0) {
            memmove(bytes + at, bytes + at + 1, n - at - 1);
            n--;
        } else {
            bytes[at] = (char)(bytes[at] ^ (1 << (luck >> 8) % 8));
            at++;
        }
        noise->errors++;
        noise->gap = rng_gap(&noise->rng, noise->rate);
    }
    noise->gap -= n - at;
    return n;
}
