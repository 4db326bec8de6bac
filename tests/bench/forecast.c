/* SPDX-License-Identifier: Apache-2.0 */
/* What a forecast costs: the Normandy factory (80 machines), 14 days, an order of many shields, 200
 * runs; with and without looking for what limits. Prints seconds of processor time. Run from the
 * source folder. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "planning/forecast.h"
#include "toy.h"

enum { DAYS = 14 };

static double cpu_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void measure(const struct outlook *outlook, bool trials)
{
    struct plan plan;
    struct evidence evidence;
    struct forecast_setup setup = {
        .plan = &plan, .evidence = &evidence, .trials = trials, .seed = 1};
    struct forecast *forecast = NULL;
    const struct forecast_result *r;
    double before, longest = 0;

    if (plan_init(&plan, outlook, DAYS) != ERR_OK || evidence_init(&evidence, &plan) != ERR_OK)
        abort();
    before = cpu_s();
    if (forecast_create(&forecast, &setup) != ERR_OK)
        abort();
    for (double start = cpu_s(); forecast_step(forecast); start = cpu_s())
        longest = fmax(longest, cpu_s() - start);
    r = forecast_finish(forecast);
    printf("%s: %zu runs, %.2f s of one processor, longest step %.0f ms\n",
           trials ? "with trials" : "the forecast", r->runs, cpu_s() - before, longest * 1e3);
    printf("  today %.0f / %.0f / %.0f kits, order %.1f / %.1f / %.1f days\n",
           r->as_is.today[0].p10, r->as_is.today[0].p50, r->as_is.today[0].p90,
           r->as_is.orders[0].p10 / 86400, r->as_is.orders[0].p50 / 86400,
           r->as_is.orders[0].p90 / 86400);
    for (size_t i = 0; i < r->trial_count; i++)
        printf("  trial %d.%d: +%.0f, %.2f h earlier\n", (int)r->trials[i].kind,
               (int)r->trials[i].machines, r->trials[i].more, r->trials[i].earlier_s / 3600);
    forecast_destroy(forecast);
    evidence_finish(&evidence);
    plan_finish(&plan);
}

int main(int argc, char **argv)
{
    struct outlook *outlook;

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    outlook = toy_normandy(1586246400000); /* Tuesday 2020-04-07, 10:00 in Paris */
    toy_order(outlook, 0, argc > 1 ? atoi(argv[1]) : 5000);
    measure(outlook, false);
    measure(outlook, true);
    outlook_free(outlook);
    return 0;
}
