/* SPDX-License-Identifier: Apache-2.0 */
/* What calls about jobs say: which job, when it is due, where it may be made. */
#ifndef USINE_COMMANDS_JOB_ARGS_H
#define USINE_COMMANDS_JOB_ARGS_H

#include "office.h"
#include "queue/job.h"

/* The job of the route's {id}. NULL: there is none, and the answer was given. */
const struct job *job_find(struct office *office, const struct call *call, struct answer *answer);

/* Lists of ids as they came; NULL: not given. */
struct job_places {
    const cJSON *sites, *preferred, *excluded;
};

/* "", "none", a date or a time. False: the answer was given. */
bool job_read_due(const char *text, struct job *job, struct answer *answer);

/* What was given is taken over into the job. False: the answer was given. */
bool job_read_places(const struct job_places *places, struct job *job, struct answer *answer);

#endif
