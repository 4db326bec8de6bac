/* SPDX-License-Identifier: Apache-2.0 */
/* What calls about jobs, and orders, say: which job, when it is due, where it may be made. */
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

/* Of a job or an order: "" or "none" (0), a date or a time, as wall ms. False: the answer was
 * given. */
bool due_read(const char *text, int64_t *due_ms, struct answer *answer);

/* What was given is taken over into the job. False: the answer was given. */
bool job_read_places(const struct job_places *places, struct job *job, struct answer *answer);

#endif
