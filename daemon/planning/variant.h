/* SPDX-License-Identifier: Apache-2.0 */
/* One variant of a plan in a forecast: its model and what came out of each run. */
#ifndef USINE_PLANNING_VARIANT_H
#define USINE_PLANNING_VARIANT_H

#include "forecast.h"
#include "model.h"

struct variant {
    struct plan plan;    /* owned */
    struct model *model; /* owned */
    size_t runs, room;   /* done; the most there will be */
    double *today;       /* [product * room + run] */
    double *orders;      /* [order * room + run] */
    double *jobs;        /* [job * room + run] */
    double *waits;       /* [run]: mean wait of a kit */
    uint64_t *short_of;  /* [order * parts + part]: all runs */
    size_t starts;       /* of the last run */
};

/* The plan becomes the variant's. variant_finish also after a failure. */
enum err variant_init(struct variant *variant, struct plan *plan, const struct belief *belief,
                      size_t room);
void variant_finish(struct variant *variant);

void variant_run(struct variant *variant);

/* Sorts what came out; the ranges are the caller's to free by variant_free_ranges. ERR_NO_MEMORY.
 */
enum err variant_ranges(struct variant *variant, struct forecast_variant *ranges);
void variant_free_ranges(struct forecast_variant *ranges);

/* The mean wait over the first so many runs. */
double variant_wait(const struct variant *variant, size_t runs);

#endif
