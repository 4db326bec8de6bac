/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's table: append-only (triggers forbid changes), numbered without gaps per site. */
#ifndef USINE_STORE_STORE_FACT_H
#define USINE_STORE_STORE_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "fact.h"

/* Appends within the caller's transaction; sets id and seq. */
enum err store_fact_append(struct db *db, struct fact *fact);

/* A fact that another database has numbered (fact->seq, in its incarnation), within the caller's
 * transaction. It is applied once: *fresh is false, and nothing changes, when it is there already.
 * ERR_REFUSED, and logged: another fact has this number; ERR_INVALID: it can be none. */
enum err store_fact_apply(struct db *db, const char *incarnation, struct fact *fact, bool *fresh);

struct fact_total {
    char site[64];
    char machine[64];
    char part[64];
    int day;
    enum fact_kind kind;
    int64_t qty, count;
};

struct fact_range {
    int from, to;                      /* days, inclusive */
    const char *site, *machine, *part; /* "" or NULL: all */
};

/* Totals per day, site, machine, part and kind, in that order; borrowed for the call of each, which
 * returns false to end with ERR_NO_MEMORY. None is kept: a year of a large factory has half a
 * million. */
enum err store_fact_totals(struct db *db, const struct fact_range *range,
                           bool (*each)(void *context, const struct fact_total *total),
                           void *context);

struct fact_point {
    int64_t at_ms; /* wall */
    int64_t good;  /* made that day up to then */
};

/* The running total of a part's good pieces over a day, one point for each step_ms in which some
 * were booked. *points is malloc'ed, the caller's. */
struct fact_curve {
    int day;
    const char *part;
    int64_t step_ms;
};
enum err store_fact_curve(struct db *db, const struct fact_curve *curve, struct fact_point **points,
                          size_t *count);

struct fact_scrap {
    char reason[160];
    char part[64];
    char step[64]; /* by hand, at which it was found; "": at the verdict */
    int64_t qty;
};

/* Scrap by reason, part and step, with what was corrected in it, most first, at most `limit` rows.
 * range->machine is not looked at. */
enum err store_fact_scrap(struct db *db, const struct fact_range *range, int64_t limit,
                          void (*each)(void *context, const struct fact_scrap *scrap),
                          void *context);

/* The pieces made and scrapped of each job, corrected ones under kinds of their own, one call a job
 * and kind. */
enum err store_fact_jobs(struct db *db,
                         void (*each)(void *context, int64_t job, enum fact_kind kind, int64_t qty),
                         void *context);

#endif
