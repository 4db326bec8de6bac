/* SPDX-License-Identifier: Apache-2.0 */
/* Runs: one execution of one program on one machine. Written down before the floor is told. */
#ifndef USINE_QUEUE_RUN_H
#define USINE_QUEUE_RUN_H

#include "program.h"
#include "queue.h"

enum run_status {
    RUN_STATUS_ORDERED,
    RUN_STATUS_STARTED,
    RUN_STATUS_FINISHED,
    RUN_STATUS_FAILED,
    RUN_STATUS_CANCELLED,
    RUN_STATUS_REFUSED,
};

struct run_part {
    char part[ID_SIZE];
    int64_t job;         /* the job it counts for; 0: surplus */
    int64_t pieces;      /* expected */
    int64_t good, scrap; /* after the verdict */
};

struct run {
    int64_t id;
    int64_t job;        /* the job it was started for */
    char part[ID_SIZE]; /* that job's part */
    char machine[ID_SIZE];
    char site[ID_SIZE];
    char sha256[HASH_TEXT_SIZE];
    char program[128]; /* its name */
    char material[64]; /* lot of the spool or sheets loaded at its start; "": not said */
    char loaded[32];   /* the material it goes on with: "PETG" */
    char spool[64];    /* the lot of that: another when the spool was changed on the way */
    uint64_t booked;   /* lines whose material was booked when the spool was changed */
    enum run_status status;
    bool judged;                              /* a verdict was given */
    int64_t ordered_ms, started_ms, ended_ms; /* wall; 0: not yet */
    int64_t consent;
    uint64_t lines, acked;
    double time_s;
    char reason[160]; /* failed, refused: why. judged: the reason given with the scrap */
    char judged_by[ID_SIZE];
    int64_t judged_ms;    /* wall; 0: not yet */
    int64_t corrected_ms; /* wall; the verdict was changed then; 0: it was not */
    char corrected_by[ID_SIZE];
    struct run_part parts[PROGRAM_YIELDS_MAX];
    size_t part_count;
};

struct run_filter {
    char machine[ID_SIZE]; /* "" any */
    int64_t job;           /* 0 any */
    int64_t before;        /* only ids below; 0: from the newest */
    int64_t id;            /* only this one; 0: any */
    int64_t limit;         /* 1..1001; 0: 100 */
};

const char *run_status_name(enum run_status status); /* "ordered" */

/* A run under way or awaiting its verdict, from memory; NULL: none such (it may be in the
 * database). */
const struct run *queue_run_find(const struct queue *queue, int64_t id);

/* Answer to queue_runs: newest first; runs are borrowed for the call. */
typedef void (*runs_done)(void *context, enum err err, const char *text, const struct run *runs,
                          size_t count);

/* Reads runs from the database on the pool. */
void queue_runs(struct queue *queue, const struct run_filter *filter, runs_done done,
                void *context);

/* Where the wire log of a failed run is (it may not exist). */
void queue_run_log_path(const struct queue *queue, int64_t id, char *path, size_t size);

#endif
