/* SPDX-License-Identifier: Apache-2.0 */
/* One guess at how the factory works, drawn anew for each run of the model from what the past days
 * have shown: few observations leave much room, many leave little. Where nothing was seen the
 * priors stand (prior.h). Pure. */
#ifndef USINE_PLANNING_BELIEF_H
#define USINE_PLANNING_BELIEF_H

#include "grounds.h"
#include "random.h"

struct site_belief {
    double wait[2]; /* by machine_kind: logarithm of the seconds of opening that pieces wait */
    double hands;
};

struct belief {
    uint64_t run;
    const struct grounds *grounds; /* borrowed */
    double *cycle;        /* [program * models + model]: logarithm of actual / announced; owned */
    double *scrap, *fail; /* shares, by program; owned */
    struct site_belief *sites;                   /* owned */
    double cycle_other, scrap_other, fail_other; /* of a program that was removed */
    double handling_s; /* of one bed, when one person goes from bed to bed */
    double down_per_h[2], down_log_h[2], down_deviation; /* by machine_kind, per hour of running */
    double batch_s;    /* between two rounds of assembly, in opening time */
    double batch_kits; /* that a round can do; INFINITY: all there is */
};

/* Room for draws; belief_finish also after a failure. ERR_NO_MEMORY. */
enum err belief_init(struct belief *belief, const struct grounds *grounds);
void belief_finish(struct belief *belief);

/* Draws anew: the same run gives the same guess. */
void belief_draw(struct belief *belief, uint64_t run);

/* How much slower (or faster) people come to a site on a day: a logarithm, fixed for the run. */
double belief_day(const struct belief *belief, size_t site, int day);

#endif
