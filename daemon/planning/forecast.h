/* SPDX-License-Identifier: Apache-2.0 */
/* Many runs of the model, and what they say together: today's end total, each order's date, what
 * limits, and what a change would bring. Changed plans run under the same chance as the plan
 * itself, so that the difference is the change's. Goes on run by run, so that a pool thread can do
 * it in slices. Pure but for memory. */
#ifndef USINE_PLANNING_FORECAST_H
#define USINE_PLANNING_FORECAST_H

#include "evidence.h"

enum { FORECAST_RUNS = 200, FORECAST_RUNS_LEAST = 40, FORECAST_TRIALS = 8 };

/* Of all runs one in ten is below p10, half are below p50, nine in ten below p90. */
struct forecast_range {
    double p10, p50, p90; /* moments: seconds from now; INFINITY: not within the horizon */
};

/* One variant of the plan: as it is, or with changes. */
struct forecast_variant {
    struct forecast_range *today;  /* by product: kits assembled by midnight, all day */
    struct forecast_range *orders; /* by order */
    struct forecast_range *jobs;   /* by job of the outlook; 0: not open */
    size_t *limiting;              /* by order: the part it waits for most; SIZE_MAX: none */
    double mean_wait_s;            /* until a wanted kit is there */
};

/* A change of about a tenth, tried to see whether it helps. */
struct forecast_trial {
    enum trial_kind { TRIAL_MACHINES, TRIAL_HANDS, TRIAL_HOURS, TRIAL_PART } kind;
    enum machine_kind machines; /* of TRIAL_MACHINES */
    size_t part;                /* of TRIAL_PART */
    double more;                /* machines, people a site, hours a day, pieces */
    double earlier_s;           /* a wanted kit is there, in the mean, so much earlier */
};

struct forecast_result {
    size_t runs;
    struct forecast_variant as_is;
    struct forecast_variant changed;               /* zeroed when nothing was to be changed */
    struct forecast_trial trials[FORECAST_TRIALS]; /* the one that helps most first */
    size_t trial_count;
};

struct forecast;

/* plan, evidence: borrowed until forecast_destroy. what_ifs: changes asked for (copied); runs: at
 * most so many (0: FORECAST_RUNS), fewer for a factory so large that they would take long; never
 * fewer than FORECAST_RUNS_LEAST. ERR_NO_MEMORY. */
struct forecast_setup {
    const struct plan *plan;
    const struct evidence *evidence;
    const struct what_if *what_ifs;
    size_t what_if_count;
    size_t runs;
    bool trials; /* also look for what limits */
    uint64_t seed;
};
enum err forecast_create(struct forecast **forecast, const struct forecast_setup *setup);
void forecast_destroy(struct forecast *forecast); /* NULL is harmless */

/* One run of each variant. False: all is done. */
bool forecast_step(struct forecast *forecast);

/* After the last step; the forecast's own. NULL: no memory. */
const struct forecast_result *forecast_finish(struct forecast *forecast);

#endif
