/* SPDX-License-Identifier: Apache-2.0 */
/* The order of 5000 shields from an empty state to the last piece, in virtual time: the real office
 * over a model floor. See scripts/operation. */
#ifndef USINE_BENCH_OPERATION_OPERATION_H
#define USINE_BENCH_OPERATION_OPERATION_H

#include <cjson/cJSON.h>

#include "crew.h"
#include "office.h"
#include "tables.h"
#include "town.h"

enum { RAMP_STEPS = 4 };

/* From the first workshops to all of them; each step in the morning of its day. */
struct ramp_step {
    size_t day;
    struct town_size size;
};

struct options {
    const char *source, *state, *out;
    uint64_t seed;
    int64_t shields;
    size_t days;
};

/* What was said in a morning. */
struct foresight {
    int64_t at_ms; /* wall; 0: nothing was */
    struct office_forecast said;
};

struct operation {
    struct options options;
    const struct ramp_step *ramp;
    struct town town;
    struct agenda agenda;
    struct truth truth;
    struct plant plant;
    struct crew crew;
    struct tables tables;
    struct office_run office;
    int64_t order;
    int64_t done_ms; /* wall: the order was complete; 0: not yet */
    size_t ramped;   /* steps of the ramp taken */
    int64_t target_per_day;
    struct foresight foresight[TRUTH_DAYS];
    double forecast_s; /* of real time */
    size_t steps;
};

/* Every bed is empty, every piece counted. */
bool operation_counted(const struct operation *o);

/* What it came to: the day table out of the ledger, each check, what was forecast. *kept: all
 * checks were. */
cJSON *operation_conclude(struct operation *o, bool *kept);

#endif
