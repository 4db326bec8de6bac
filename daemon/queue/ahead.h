/* SPDX-License-Identifier: Apache-2.0 */
/* What a start now is worth when one looks ahead: a run keeps its machine until somebody clears the
 * bed, so a long run that ends at night costs no more of the day than one that ends at closing.
 * While somebody is always there, what counts is worth per time. Otherwise all starts until the
 * next morning are planned by dynamic programming over the hours in which somebody is there. Pure.
 */
#ifndef USINE_QUEUE_AHEAD_H
#define USINE_QUEUE_AHEAD_H

#include "dispatch.h"

enum { AHEAD_STEPS = 240, AHEAD_RUNS = 12 };

struct ahead_run {
    double time_s; /* until its end, its machine's warm-up included */
    double worth;  /* of what it makes, in any unit */
};

struct ahead {
    struct dispatch_span spans[DISPATCH_SPANS]; /* up to the horizon */
    size_t span_count;
    double horizon_s;  /* the next morning; INFINITY: none is known */
    double attended_s; /* of all spans; INFINITY: always */
    double clear_s;
    bool unattended;                   /* runs may end when nobody is there */
    double rate;                       /* worth per second, of the best run by day */
    struct ahead_run runs[AHEAD_RUNS]; /* by time, each worth more than the one before */
    size_t run_count;
    double best[AHEAD_STEPS + 1]; /* what can be made from each step on until the horizon */
};

/* Begins with no runs. */
void ahead_begin(struct ahead *ahead, const struct dispatch_machine *machine,
                 const struct dispatch_site *site);

/* A run that the machine may be given again and again. */
void ahead_add(struct ahead *ahead, struct ahead_run run);

/* After the last run was added. */
void ahead_plan(struct ahead *ahead);

/* What a start in from_s seconds is worth until the horizon, with all that may follow it: higher is
 * better, and comparable with the others of this plan alone. */
double ahead_value(const struct ahead *ahead, double from_s, struct ahead_run run);

#endif
