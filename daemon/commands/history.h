/* SPDX-License-Identifier: Apache-2.0 */
/* The last hour of each machine, for charts: temperatures and progress every few seconds, in rings
 * of fixed size. Office thread. */
#ifndef USINE_COMMANDS_HISTORY_H
#define USINE_COMMANDS_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "machines/floor.h"

enum { HISTORY_EVERY_MS = 5000, HISTORY_SAMPLES = 720 };

/* Tenths of a degree or of a thousandth, so that an hour of a machine is 12 kB. */
struct history_sample {
    uint32_t at_s;                                  /* wall */
    int16_t nozzle, nozzle_target, bed, bed_target; /* 0.1 degree; HISTORY_UNKNOWN */
    int16_t progress;                               /* of 10000; HISTORY_UNKNOWN without a run */
    uint8_t state;                                  /* enum machine_state */
};

enum { HISTORY_UNKNOWN = INT16_MIN };

struct history_ring {
    char id[ID_SIZE];
    size_t count, next; /* samples kept; where the next one goes */
    struct history_sample samples[HISTORY_SAMPLES];
};

struct history {
    struct history_ring **rings; /* owned, each too; as the views of the last taking */
    size_t count;
};

/* Adds a sample of each machine. Machines that have gone are forgotten; one without memory for its
 * ring has no history. */
void history_take(struct history *history, const struct machine_view *views, size_t count,
                  int64_t wall_ms);

/* NULL: nothing is known of this machine. */
const struct history_ring *history_of(const struct history *history, const char *machine);

/* The i-th sample, oldest first; i < ring->count. */
const struct history_sample *history_sample(const struct history_ring *ring, size_t i);

/* A zeroed history is empty and harmless. */
void history_finish(struct history *history);

#endif
