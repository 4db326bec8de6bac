/* SPDX-License-Identifier: Apache-2.0 */
/* Which job a call is about. */
#ifndef USINE_COMMANDS_JOB_ARGS_H
#define USINE_COMMANDS_JOB_ARGS_H

#include "office.h"
#include "queue/job.h"

/* The job of the route's {id}. NULL: there is none, and the answer was given. */
const struct job *job_find(struct office *office, const struct call *call, struct answer *answer);

#endif
