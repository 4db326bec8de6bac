/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger held against the truth: piece by piece, second by second. */
#ifndef USINE_BENCH_OPERATION_AUDIT_H
#define USINE_BENCH_OPERATION_AUDIT_H

#include "production/breakdown.h"
#include "production/stock.h"
#include "truth.h"

struct audit {
    size_t compared;   /* machine, day and part */
    size_t differ;     /* pieces or runs that are not the truth's */
    size_t days;       /* machine days whose time was added up */
    size_t short_days; /* that are not 24 h (23 or 25 when clocks change; from joining on) */
    size_t misspent;   /* whose kinds of time are not the truth's */
    size_t heaps;      /* of a part or of kits at a site; and kits of a site and day */
    size_t heaps_differ;
    struct truth book; /* the ledger in the truth's form */
};

/* Compares the rows of a report over all days with truth, up to now_ms. Prints each difference. */
void audit_make(struct audit *audit, const struct truth *truth, const struct throughput_row *rows,
                size_t count, int64_t now_ms);

/* Compares kits put together, by day, site and product, and what lies where. */
void audit_kits(struct audit *audit, struct truth *truth, const struct breakdown_row *rows,
                size_t count);
void audit_stock(struct audit *audit, struct truth *truth, const struct stock *stock);

void audit_finish(struct audit *audit);

#endif
