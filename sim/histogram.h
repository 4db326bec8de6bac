/* SPDX-License-Identifier: Apache-2.0 */
/* How long things took, in bounded memory: 16 steps to each doubling (6 %), 64 ns to hours. */
#ifndef USINE_SIM_HISTOGRAM_H
#define USINE_SIM_HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_STEPS = 16, HISTOGRAM_SLOTS = 40 * HISTOGRAM_STEPS };

struct histogram {
    uint32_t slots[HISTOGRAM_SLOTS];
    uint64_t count, max_ns;
};

void histogram_add(struct histogram *histogram, uint64_t ns);

/* Adds all of `from`. */
void histogram_merge(struct histogram *histogram, const struct histogram *from);

/* The value that `share` (0..1) of all do not pass, at most 6 % too large; 0 if empty. */
uint64_t histogram_at(const struct histogram *histogram, double share);

#endif
