/* SPDX-License-Identifier: Apache-2.0 */
/* One guess at how the factory works, drawn anew for each run of the model from what the past days
 * have shown: few observations leave much room, many leave little. Where nothing was seen the
 * priors stand (belief.c lists them). Pure. */
#ifndef USINE_PLANNING_BELIEF_H
#define USINE_PLANNING_BELIEF_H

#include "evidence.h"
#include "random.h"

/* What is the same for every draw: worked out once from the evidence. */
struct grounds {
    const struct evidence *evidence;    /* borrowed */
    double cycle_between, cycle_within; /* deviations of the logarithm */
    double wait_between, wait_day;      /* the same: of sites, of days */
    double shape[EVIDENCE_SHAPE]; /* the distances of single waits from their site's mean, sorted */
};

struct site_belief {
    double wait; /* logarithm of the seconds of opening that pieces wait for a person */
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

void grounds_init(struct grounds *grounds, const struct evidence *evidence);

/* Room for draws; belief_finish also after a failure. ERR_NO_MEMORY. */
enum err belief_init(struct belief *belief, const struct grounds *grounds);
void belief_finish(struct belief *belief);

/* Draws anew: the same run gives the same guess. */
void belief_draw(struct belief *belief, uint64_t run);

/* How much slower (or faster) people come to a site on a day: a logarithm, fixed for the run. */
double belief_day(const struct belief *belief, size_t site, int day);

/* The distance of one wait from its site's mean, by chance. */
double belief_shape(const struct grounds *grounds, struct random *random);

#endif
