/* SPDX-License-Identifier: Apache-2.0 */
/* Parts become kits, and kits go to the orders in turn: the part of the model that knows products.
 */
#ifndef USINE_PLANNING_ASSEMBLY_H
#define USINE_PLANNING_ASSEMBLY_H

#include "plan.h"

struct assembly {
    const struct plan *plan; /* borrowed */
    int64_t *stock;          /* by part */
    int64_t *wanted;         /* by order: kits still to come */
    int64_t open;            /* kits still to come, all orders */
    double waited_s;         /* by kits that came, together */
    double *order_done_s;    /* by order; INFINITY: not yet */
    uint32_t *order_short;   /* [order * parts + part] */
    int64_t *today;          /* by product */
};

enum err assembly_init(struct assembly *assembly, const struct plan *plan);
void assembly_finish(struct assembly *assembly);

/* Back to now. */
void assembly_reset(struct assembly *assembly);

/* A round of assembly at `at` seconds from now: at most so many kits. */
void assembly_round(struct assembly *assembly, double at, double most);

#endif
