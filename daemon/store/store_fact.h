/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's table: append-only (triggers forbid changes), numbered without gaps per site. */
#ifndef USINE_STORE_STORE_FACT_H
#define USINE_STORE_STORE_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db.h"

enum fact_kind {
    FACT_MADE,            /* qty good pieces */
    FACT_SCRAPPED,        /* qty pieces that are no good; they never were stock */
    FACT_RAN,             /* a run ended; qty 1; reason: its outcome */
    FACT_RECEIVED,        /* bought, or made by a supplier without a daemon */
    FACT_MOVED,           /* + at the site it came to, - at the one it left */
    FACT_ASSEMBLED,       /* + kits, part is the product; - what went into them */
    FACT_ALLOCATED,       /* to a delivery; the stock stays */
    FACT_SHIPPED,         /* - left a site for good */
    FACT_DELIVERED,       /* arrived; the stock has it no more */
    FACT_CORRECTED,       /* signed: good pieces of a run's verdict changed */
    FACT_CORRECTED_SCRAP, /* signed: scrap of a run's verdict changed */
    FACT_COUNTED,         /* signed: a stocktake found more or fewer; reason */
    FACT_DISCARDED,       /* - found bad after the verdict; reason */
    FACT_USED,            /* - material that a run took */
    FACT_CLAIMED,         /* signed: kits in stock given to a product order; the stock stays */
    FACT_RUNNING,         /* machine time: a closed interval from `at`, qty in ms */
    FACT_HEATING,
    FACT_WAITING,
    FACT_IDLE,
    FACT_DOWN,
    FACT_OFFLINE,
    FACT_KINDS,
};

struct fact {
    int64_t id;  /* given by the store */
    int64_t seq; /* given by the store: 1, 2, 3… per (site, incarnation) */
    char site[64];
    int64_t at_ms; /* wall */
    int day;       /* yyyymmdd in the config's zone when it was booked */
    enum fact_kind kind;
    int64_t run;           /* 0: none */
    int64_t job;           /* 0: none */
    int64_t product_order; /* 0: none */
    char machine[64];
    char part[64];
    char lot[64];
    int64_t qty;
    char reason[160];
    char by[64];
};

const char *fact_kind_name(enum fact_kind kind); /* "made" */

/* False: no kind has this name. */
bool fact_kind_parse(const char *name, enum fact_kind *kind);

/* Appends within the caller's transaction; sets id and seq. */
enum err store_fact_append(struct db *db, struct fact *fact);

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
    int64_t qty;
};

/* Scrap by reason and part, with what was corrected in it, most first, at most `limit` rows.
 * range->machine is not looked at. */
enum err store_fact_scrap(struct db *db, const struct fact_range *range, int64_t limit,
                          void (*each)(void *context, const struct fact_scrap *scrap),
                          void *context);

/* The pieces made and scrapped of each job, corrected ones under kinds of their own, one call a job
 * and kind. */
enum err store_fact_jobs(struct db *db,
                         void (*each)(void *context, int64_t job, enum fact_kind kind, int64_t qty),
                         void *context);

/* True when the qty of such facts adds up to stock (store_stock.h). */
bool fact_moves_stock(enum fact_kind kind);

#endif
