/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces that are made where no kits are put together wait there for the next load that leaves.
 * Loads leave as they did on one of the past days, drawn anew for each day to come; a site that no
 * load was seen to leave is believed to be next door. */
#ifndef USINE_PLANNING_ROAD_H
#define USINE_PLANNING_ROAD_H

#include "evidence.h"

struct road {
    const struct evidence *evidence; /* borrowed */
    int64_t *waiting;                /* [site * parts + part]: good pieces; owned */
    int *days; /* by site: past days to draw from; 0: its pieces are at hand at once; owned */
};

/* ERR_NO_MEMORY; road_finish also then. */
enum err road_init(struct road *road, const struct evidence *evidence);
void road_finish(struct road *road);

/* Back to now: what stands in the stock is taken to be there. */
void road_reset(struct road *road);

/* Good pieces of a part, made at a site: those that can be used at once; the others wait. */
int64_t road_made(struct road *road, size_t site, size_t part, int64_t good);

/* A load leaves: `stock`, by part, gets what waited. */
void road_leave(struct road *road, size_t site, int64_t *stock);

/* When the next load leaves a site after `now` (seconds from the plan's now) in a run of the
 * model; INFINITY: none within the horizon. */
double road_next(const struct road *road, uint64_t run, size_t site, double now);

#endif
