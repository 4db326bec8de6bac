/* SPDX-License-Identifier: Apache-2.0 */
/* The ways to work on what is owed, and what a piece is worth meanwhile. Pure. */
#ifndef USINE_QUEUE_DISPATCH_WAYS_H
#define USINE_QUEUE_DISPATCH_WAYS_H

#include "dispatch.h"

/* Lists and chains the ways by model, each chain by priority, part, due date, job, program, and
 * fills the parts' seconds and worth. */
void ways_list(struct dispatch *d, struct dispatch_way *ways, size_t *heads);

/* A part's worth after its `have` has changed. */
void ways_worth(struct dispatch *d, size_t part);

/* Wall ms; INT64_MAX: none. */
int64_t ways_due(const struct dispatch_job *job);

#endif
