/* SPDX-License-Identifier: Apache-2.0 */
/* Do forecasts' ranges contain what comes as often as they say? Many weeks are lived through
 * (tests/lib/planning/truth.h); each noon today's total is forecast, and on days 2 to 5 at ten the
 * day the order is done. Of what came, a tenth should lie below p10, half below p50, a tenth above
 * p90. Prints the table. backtest [WEEKS [RUNS [FIRST WEEK]]]; run from the source folder. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hindsight.h"

int main(int argc, char **argv)
{
    int weeks = argc > 1 ? atoi(argv[1]) : 100;
    size_t runs = argc > 2 ? (size_t)atoi(argv[2]) : 200;
    uint64_t first = argc > 3 ? (uint64_t)atoi(argv[3]) : 1;
    struct hindsight sum = {0};

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    for (int i = 0; i < weeks; i++)
        hindsight_week(&sum, first + (uint64_t)i, runs);
    printf("%d weeks, %zu runs a forecast\n", weeks, runs);
    printf("%-18s %6s %8s %8s %8s %9s %10s %10s %8s\n", "forecast", "n", "< p10", "< p50", "> p90",
           "inside", "|error|", "bias", "width");
    for (int i = 0; i < HINDSIGHT_ROWS; i++) {
        const struct hindsight_row *r = &sum.rows[i];

        if (r->n > 0)
            printf("%-18s %6.0f %7.1f%% %7.1f%% %7.1f%% %8.1f%% %10.2f %10.2f %8.2f %s\n",
                   hindsight_name(i), r->n, 100 * r->below / r->n, 100 * r->under / r->n,
                   100 * r->above / r->n, 100 * (r->n - r->below - r->above) / r->n,
                   r->error / r->n, r->bias / r->n, r->width / r->n, i < 1 ? "kits" : "days");
    }
    return 0;
}
