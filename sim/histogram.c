/* SPDX-License-Identifier: Apache-2.0 */
#include "histogram.h"

enum { FIRST_BIT = 6 }; /* values below 64 ns share the first slot */

static unsigned slot_of(uint64_t ns)
{
    unsigned bit, slot;

    if (ns < 1U << FIRST_BIT)
        return 0;
    bit = 63U - (unsigned)__builtin_clzll(ns);
    slot = (bit - FIRST_BIT) * HISTOGRAM_STEPS + ((unsigned)(ns >> (bit - 4)) & 15U);
    return slot < HISTOGRAM_SLOTS ? slot : HISTOGRAM_SLOTS - 1;
}

/* The first value beyond the slot. */
static uint64_t slot_end(unsigned slot)
{
    unsigned bit = slot / HISTOGRAM_STEPS + FIRST_BIT;

    return (uint64_t)(slot % HISTOGRAM_STEPS + 17) << (bit - 4);
}

void histogram_add(struct histogram *histogram, uint64_t ns)
{
    histogram->slots[slot_of(ns)]++;
    histogram->count++;
    if (ns > histogram->max_ns)
        histogram->max_ns = ns;
}

void histogram_merge(struct histogram *histogram, const struct histogram *from)
{
    for (unsigned i = 0; i < HISTOGRAM_SLOTS; i++)
        histogram->slots[i] += from->slots[i];
    histogram->count += from->count;
    if (from->max_ns > histogram->max_ns)
        histogram->max_ns = from->max_ns;
}

uint64_t histogram_at(const struct histogram *histogram, double share)
{
    uint64_t wanted = (uint64_t)((double)histogram->count * share), seen = 0;

    if (wanted >= histogram->count)
        return histogram->max_ns;
    for (unsigned i = 0; i < HISTOGRAM_SLOTS; i++) {
        seen += histogram->slots[i];
        if (seen > wanted)
            return slot_end(i) < histogram->max_ns ? slot_end(i) : histogram->max_ns;
    }
    return histogram->max_ns;
}
