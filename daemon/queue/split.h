/* SPDX-License-Identifier: Apache-2.0 */
/* One job over several sites, by what their machines can make: each site gets a share so that all
 * finish together, and where time allows only the sites near the place where kits are put together,
 * so that few parts travel. Pure. */
#ifndef USINE_QUEUE_SPLIT_H
#define USINE_QUEUE_SPLIT_H

#include "dispatch.h"

enum { SPLIT_SITES_MAX = 1000 };

struct split_site {
    double pieces_s; /* of all its machines, while they work */
    int64_t at_once; /* pieces of one run on each of its machines */
    bool alone;      /* they work also when nobody is there */
    double far_km;   /* from the nearest place of assembly */
    const struct dispatch_site *hours;
    int64_t share; /* filled */
};

/* Gives each site its share of `pieces`, in whole pieces that add up to it, and returns the seconds
 * until all are done, by capacity alone; INFINITY: never, no site has machines for it. due_s:
 * seconds until it is due; INFINITY: as soon as can be. At most SPLIT_SITES_MAX sites. */
double split_job(struct split_site *sites, size_t count, int64_t pieces, double due_s);

/* Seconds in which a site works until t_s from now. Beyond the hours it knows of it goes on as in
 * those. */
double split_worked(const struct split_site *site, double t_s);

#endif
