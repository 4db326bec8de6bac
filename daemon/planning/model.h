/* SPDX-License-Identifier: Apache-2.0 */
/* The coming days, once: a discrete-event simulation of a plan under one belief. Machines run,
 * break, wait for a person and are cleared; the real dispatcher says which takes what; kits are
 * assembled for the orders in turn. Deterministic for a belief's run. Pure but for memory taken
 * when it is made. */
#ifndef USINE_PLANNING_MODEL_H
#define USINE_PLANNING_MODEL_H

#include "belief.h"

struct model;

/* What came out. Moments are seconds from now; INFINITY: not within the horizon. Owned by the
 * model, valid until its next run. */
struct model_result {
    double *order_done_s;  /* by order */
    uint32_t *order_short; /* [order * parts + part]: how often it waited for that part */
    double *job_done_s;    /* by job of the outlook */
    int64_t *kits_today;   /* by product: assembled from now until midnight */
    int64_t *good_today;   /* by part */
    double mean_wait_s;    /* until a wanted kit (without orders: a wanted piece) is there */
    size_t starts;
};

/* NULL: no memory. Both borrowed. */
struct model *model_create(const struct plan *plan, const struct belief *belief);
void model_destroy(struct model *model);

const struct model_result *model_run(struct model *model);

#endif
