/* SPDX-License-Identifier: Apache-2.0 */
/* How far values of one kind lie apart, worked out once from the evidence. Pure but for memory of
 * its own for a moment. */
#ifndef USINE_PLANNING_GROUNDS_H
#define USINE_PLANNING_GROUNDS_H

#include "evidence.h"
#include "random.h"

struct grounds {
    const struct evidence *evidence;    /* borrowed */
    double cycle_between, cycle_within; /* deviations of the logarithm */
    double wait_between, wait_day;      /* the same: of sites, of days */
    double shape[2][EVIDENCE_SHAPE];    /* by machine_kind: the distances of single waits from their
                                           site's mean, sorted */
};

void grounds_init(struct grounds *grounds, const struct evidence *evidence);

/* The distance of one wait from its site's mean, by chance. */
double grounds_shape(const struct grounds *grounds, enum machine_kind kind, struct random *random);

#endif
