/* SPDX-License-Identifier: Apache-2.0 */
/* The runs' tables. Within the caller's transaction. Status numbers are enum run_status of
 * queue/run.h: 0 ordered, 1 started, above: ended. Later news never undoes an end. */
#ifndef USINE_STORE_STORE_RUN_H
#define USINE_STORE_STORE_RUN_H

#include "db.h"

enum { RUN_ROW_PARTS = 8 };

struct run_part_row {
    char part[64];
    int64_t job; /* 0: surplus */
    int64_t pieces, good, scrap;
};

struct run_row {
    int64_t id;
    int64_t job;
    char part[64];
    char machine[64];
    char site[64];
    char sha256[65];
    char program[128];
    char material[64];
    char loaded[32], spool[64];
    int64_t booked; /* lines */
    int64_t status;
    bool judged;
    int64_t ordered_ms, started_ms, ended_ms, heard_ms;
    int64_t consent;
    int64_t lines, acked;
    double time_s;
    char reason[160];
    char judged_by[64];
    int64_t judged_ms;
    int64_t corrected_ms; /* 0: as judged */
    char corrected_by[64];
    struct run_part_row parts[RUN_ROW_PARTS];
    size_t part_count;
};

/* A run as it is ordered, with its parts. */
enum err store_run_add(struct db *db, const struct run_row *row);

enum err store_run_started(struct db *db, int64_t run, int64_t at_ms);

/* Last word of a run under way, for adopting it after a crash. */
enum err store_run_heard(struct db *db, int64_t run, int64_t at_ms, int64_t acked);

/* Takes id, status, ended_ms, acked, reason and judged. */
enum err store_run_ended(struct db *db, const struct run_row *row);

/* Runs that await their end or their verdict, oldest first, handed to `each` until it fails. */
enum err store_run_open(struct db *db, enum err (*each)(void *context, const struct run_row *row),
                        void *context);

struct run_range {
    int64_t before; /* ids below this */
    int64_t limit;
    const char *machine; /* "" or NULL: any; else job is not looked at */
    int64_t job;         /* 0: any */
};

/* Newest first. */
enum err store_run_list(struct db *db, const struct run_range *range,
                        enum err (*each)(void *context, const struct run_row *row), void *context);

struct run_cycle {
    char sha256[65];
    char program[128];
    char part[64];
    double plan_s; /* what was announced for that model */
    double took_s; /* start to end */
};

struct cycle_range {
    int64_t from_ms, to_ms;  /* wall, of the end; the last one excluded */
    const char *site, *part; /* "" or NULL: all */
    int64_t limit;
};

/* Finished runs by program, model (its announced time) and duration, shortest first. */
enum err store_run_cycles(struct db *db, const struct cycle_range *range,
                          void (*each)(void *context, const struct run_cycle *cycle),
                          void *context);

/* The highest number given so far; 0: none. */
enum err store_run_last(struct db *db, int64_t *id);

#endif
