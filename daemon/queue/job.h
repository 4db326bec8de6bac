/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs: make N of a part. A job owes target - good - in flight; a failed run needs no requeue. */
#ifndef USINE_QUEUE_JOB_H
#define USINE_QUEUE_JOB_H

#include "queue.h"

enum { JOB_SITES_MAX = 32, JOB_MACHINES_MAX = 32, JOB_QUANTITY_MAX = 10000000 };

enum job_state { JOB_OPEN, JOB_HELD, JOB_CANCELLED, JOB_DONE }; /* done: good >= target */

struct job_machines {
    char ids[JOB_MACHINES_MAX][ID_SIZE];
    size_t count;
};

struct job {
    int64_t id;
    char part[ID_SIZE];
    int64_t target;
    int priority;   /* 0..9, 9 first; 5 unless given */
    int64_t due_ms; /* wall; 0: none */
    char sites[JOB_SITES_MAX][ID_SIZE];
    size_t site_count;             /* 0: any */
    struct job_machines preferred; /* it goes first there, and last elsewhere; none: anywhere */
    struct job_machines excluded;  /* it is not started there */
    enum job_state state;
    int64_t good, scrap;
    int64_t in_flight; /* pieces of runs ordered, under way, or finished and not yet judged */
    int64_t owed;      /* max(0, target - good - in_flight); 0 when cancelled */
    char by[ID_SIZE];
    char note[128];
    int64_t added_ms;
    int64_t product_order; /* it was born from; 0: given directly */
};

enum job_change { /* which members of a struct job queue_job_set takes */
                  JOB_SET_TARGET = 1,
                  JOB_SET_PRIORITY = 2,
                  JOB_SET_DUE = 4,
                  JOB_SET_SITES = 8,
                  JOB_SET_NOTE = 16,
                  JOB_SET_PREFERRED = 64,
                  JOB_SET_EXCLUDED = 128,
                  JOB_SET_STATE = 32, /* JOB_OPEN (release), JOB_HELD, JOB_CANCELLED (for good) */
};

const char *job_state_name(enum job_state state); /* "open", "held", "cancelled", "done" */

/* Takes part, target, priority, due_ms, sites, machines, note, by and state (open or held).
 * ERR_INVALID: the part is neither in the config nor made by a program, target
 * outside 1..JOB_QUANTITY_MAX, priority outside 0..9, an unknown site or machine. A job whose part
 * no program makes is taken: its `why` says so. */
void queue_job_add(struct queue *queue, const struct job *job, queue_done done, void *context);

/* Changes the members named by `changes` (enum job_change, or-ed). Runs under way go on.
 * ERR_NOT_FOUND, ERR_INVALID, ERR_REFUSED (cancelled), ERR_BUSY (a change of it is being written).
 */
void queue_job_set(struct queue *queue, const struct job *job, unsigned changes, queue_done done,
                   void *context);

/* NULL: none. */
const struct job *queue_job_find(const struct queue *queue, int64_t id);

/* The i-th job in order of addition; NULL after the last. */
const struct job *queue_job_at(const struct queue *queue, size_t i);

/* ---- why is it not being made? ---- */

struct why {
    int64_t job;
    char machine[ID_SIZE];
    char program[HASH_TEXT_SIZE]; /* "" when no program makes the part */
    const char *reason;           /* a stable key: "model", "bed_not_clear", …; dispatch.h */
    char message[200];            /* for people: what is wrong and what to do */
};

/* One row for each machine (machine NULL: all) and job. *items is malloc'ed, the caller's to free.
 * ERR_NOT_FOUND: no such job or machine. */
enum err queue_why(struct queue *queue, int64_t job, const char *machine, struct why **items,
                   size_t *count);

/* The same for one machine: a row for each job that is open or held. */
enum err queue_why_machine(struct queue *queue, const char *machine, struct why **items,
                           size_t *count);

#endif
