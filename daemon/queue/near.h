/* SPDX-License-Identifier: Apache-2.0 */
/* Where a part is made so that few pieces travel: while there is enough of it for the kits, only at
 * the sites nearest to those that put kits together; as soon as it holds kits back, everywhere.
 * Pure, but for far_from_assembly's trigonometry, which is asked once a config. */
#ifndef USINE_QUEUE_NEAR_H
#define USINE_QUEUE_NEAR_H

#include "config/load.h"
#include "dispatch.h"

/* Kilometres from a site of the config to the nearest that assembles; 0: none does. */
double far_from_assembly(const struct config *config, size_t site);

/* Fills within_km of all parts, by what there is of them and which machines are connected. */
void near_fill(struct dispatch *dispatch);

/* The part's nearer sites suffice for now. Not for a job that people gave to sites or machines, nor
 * for one that is due within a day. */
enum refusal near_check(const struct dispatch_job *job, const struct dispatch *d, size_t machine);

#endif
