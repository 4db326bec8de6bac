/* SPDX-License-Identifier: Apache-2.0 */
/* What is lost, over a span of days: scrap by reason, and how long runs took against what was
 * announced. Queries over the ledger and the runs; asked on the office thread, read on the pool. */
#ifndef USINE_PRODUCTION_LOSSES_H
#define USINE_PRODUCTION_LOSSES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "config/load.h"

struct store;

enum { SCRAP_ROWS_MAX = 200, CYCLE_ROWS_MAX = 200, CYCLE_DOTS = 60, CYCLE_RUNS_MAX = 100000 };

struct losses_query {
    char from[11], to[11]; /* days, inclusive, in the config's zone; "": today */
    char site[ID_SIZE];    /* "" : all */
    char part[ID_SIZE];    /* "" : all */
};

struct scrap_row {
    char reason[160]; /* as said with the verdict; "" none was */
    char part[ID_SIZE];
    char step[ID_SIZE]; /* of work by hand, at which it was found; "": at the verdict */
    int64_t pieces;
};

/* Finished runs of one program on one model. Seconds, from the first byte to the end of motion. */
struct cycle_row {
    char sha256[HASH_TEXT_SIZE];
    char program[128];
    char part[ID_SIZE];
    double plan_s; /* announced */
    size_t runs;
    double median_s, p90_s, total_s;
    double dots[CYCLE_DOTS]; /* durations, shortest first; evenly picked when there are more */
    size_t dot_count;
};

/* rows are borrowed for the call. */
typedef void (*scrap_done)(void *context, enum err err, const char *text,
                           const struct scrap_row *rows, size_t count);
typedef void (*cycles_done)(void *context, enum err err, const char *text,
                            const struct cycle_row *rows, size_t count);

/* Most scrap first. ERR_INVALID (by done): a day that is none. now_ms (wall) says what today is. */
void scrap_read(struct store *store, const struct losses_query *query, int64_t now_ms,
                scrap_done done, void *context);

/* By program; of the first CYCLE_RUNS_MAX runs. The rest as above. */
void cycles_read(struct store *store, const struct losses_query *query, int64_t now_ms,
                 cycles_done done, void *context);

#endif
