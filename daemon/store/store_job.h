/* SPDX-License-Identifier: Apache-2.0 */
/* The jobs' table. Within the caller's transaction. */
#ifndef USINE_STORE_STORE_JOB_H
#define USINE_STORE_STORE_JOB_H

#include "db.h"

enum { JOB_ROW_SITES_SIZE = 2304 };

struct job_row { /* texts are borrowed */
    int64_t id;
    const char *part;
    int64_t target;
    int64_t priority;
    int64_t due_ms;
    const char *sites; /* ids, space separated */
    int64_t state;     /* enum job_state of queue/job.h: open, held or cancelled */
    const char *by;
    const char *note;
    int64_t added_ms;
    const char *preferred, *excluded; /* ids of machines, space separated */
    int64_t product_order;            /* it was born from; 0: none */
};

/* Adds a job, or changes what may be changed of the one with this id. */
enum err store_job_put(struct db *db, const struct job_row *row);

/* Hands each row, oldest first, to `each` until that fails. */
enum err store_job_each(struct db *db, enum err (*each)(void *context, const struct job_row *row),
                        void *context);

#endif
