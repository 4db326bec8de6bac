/* SPDX-License-Identifier: Apache-2.0 */
/* Forecasts held against what came. */
#ifndef USINE_TESTS_PLANNING_HINDSIGHT_H
#define USINE_TESTS_PLANNING_HINDSIGHT_H

#include <stddef.h>
#include <stdint.h>

/* Today's total forecast at noon; the order's day, forecast on day 2, 3, 4, 5; those together. */
enum { HINDSIGHT_TODAY, HINDSIGHT_DAY_2, HINDSIGHT_ORDER = HINDSIGHT_DAY_2 + 4, HINDSIGHT_ROWS };

struct hindsight_row {
    double n;
    double below, under, above; /* what came was below p10, below p50, above p90 */
    double error, bias;         /* of p50, kits or days: sums; bias > 0: more came than was said */
    double width;               /* p90 - p10: sum */
};

struct hindsight {
    struct hindsight_row rows[HINDSIGHT_ROWS];
};

const char *hindsight_name(int row);

/* Lives through one week and adds how its forecasts did. */
void hindsight_week(struct hindsight *sum, uint64_t week, size_t runs);

#endif
