/* SPDX-License-Identifier: Apache-2.0 */
/* What really happened on the model floor, counted by the floor itself: what the ledger is held
 * against. It shares no rule with the ledger: days, kinds of time and sums are its own. */
#ifndef USINE_BENCH_OPERATION_TRUTH_H
#define USINE_BENCH_OPERATION_TRUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "production/throughput.h"

enum { TRUTH_DAYS = 40, TRUTH_MACHINES = 100, TRUTH_PARTS = 8, TRUTH_HEAPS = 100 };

struct truth_pieces {
    int64_t good, scrap, runs;
};

struct truth_machine {
    char id[ID_SIZE], site[ID_SIZE];
    int64_t joined_ms; /* wall: in the config since */
    struct truth_pieces pieces[TRUTH_DAYS][TRUTH_PARTS];
    int64_t ms[TRUTH_DAYS][TIMES];
};

/* What lies at a site of a part or of finished kits, and the kits put together there. */
struct truth_heap {
    char site[ID_SIZE], item[ID_SIZE];
    int64_t there;
    int64_t assembled[TRUTH_DAYS];
};

struct truth {
    int64_t midnights[TRUTH_DAYS + 1]; /* wall: when each day begins, from the first on */
    char days[TRUTH_DAYS][11];         /* "2020-03-27" */
    char parts[TRUTH_PARTS][ID_SIZE];
    size_t part_count;
    struct truth_machine *machines; /* owned */
    size_t machine_count;
    struct truth_heap heaps[TRUTH_HEAPS];
    size_t heap_count;
};

/* The calendar from the local day of start_ms on. False: no memory. */
bool truth_init(struct truth *truth, int64_t start_ms);

void truth_finish(struct truth *truth);

/* The day a wall time is on. */
size_t truth_day(const struct truth *truth, int64_t wall_ms);

/* What is counted of a part on a machine that day; machines and parts are made when first named. */
struct truth_machine *truth_machine(struct truth *truth, const char *id);
struct truth_pieces *truth_pieces(struct truth *truth, const char *machine, const char *part,
                                  size_t day);

/* Made when first named. */
struct truth_heap *truth_heap(struct truth *truth, const char *site, const char *item);

/* The machine spent from..to like this. */
void truth_spent(struct truth *truth, struct truth_machine *machine, enum machine_time time,
                 const int64_t span[2]);

#endif
