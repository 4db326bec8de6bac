/* SPDX-License-Identifier: Apache-2.0 */
/* The queue's list of jobs and their counts. */
#ifndef USINE_QUEUE_JOBS_H
#define USINE_QUEUE_JOBS_H

#include "room.h"
#include "store/store_job.h"

/* NULL: none. */
struct job_item *jobs_find(const struct queue *queue, int64_t id);

/* Adds a copy; ids must rise. ERR_NO_MEMORY. */
enum err jobs_insert(struct queue *queue, const struct job *job);

/* Works out state and owed again. */
void jobs_refresh(struct job_item *item);

/* Adds (sign 1) or takes away (sign -1) the pieces of a run as in flight. */
void jobs_flight(struct queue *queue, const struct run *run, int sign);

/* Counts a fact that has been committed. */
void jobs_count(struct queue *queue, const struct fact *fact);

/* Reads all jobs and their counts from the database. */
enum err jobs_load(struct queue *queue, struct db *db);

/* Sites and machines of a job's row. */
struct job_texts {
    char sites[JOB_ROW_SITES_SIZE], preferred[JOB_ROW_SITES_SIZE], excluded[JOB_ROW_SITES_SIZE];
};

/* The row that says this job; its lists are written into `texts`. */
struct job_row jobs_row(const struct job *job, struct job_texts *texts);

void jobs_free(struct queue *queue);

#endif
