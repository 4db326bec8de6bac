/* SPDX-License-Identifier: Apache-2.0 */
/* However runs are grouped, their times are those of the finished ones, counted the slow way. */
#include "weeks_rows.h"

static int compare_times(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

static bool is_finished(const struct bench *bench, size_t i)
{
    return bench->facts[i].kind == FACT_RAN && bench->runs[i].id != 0 &&
           bench->runs[i].status == 2 && bench->runs[i].started_ms != 0;
}

/* times: of the finished runs of a row, n. */
static void check_cycles(const struct breakdown_row *row, double *times, size_t n)
{
    size_t rank = 0;

    assert_int_equal(row->cycles, n);
    if (n == 0) {
        assert_true(isnan(row->median_s) && isnan(row->p90_s));
        return;
    }
    qsort(times, n, sizeof *times, compare_times);
    while (10 * (rank + 1) < 9 * n)
        rank++;
    assert_true(row->median_s ==
                (n % 2 == 1 ? times[n / 2] : (times[n / 2 - 1] + times[n / 2]) / 2));
    assert_true(row->p90_s == times[rank]);
}

static void check_grouping(struct bench *bench, unsigned groups, struct sums *sums)
{
    size_t row[FACTS], all = 0;

    for (size_t k = 0; k < FACTS; k++)
        row[k] = is_finished(bench, k)
                     ? (size_t)(row_of(bench, groups, sums, &bench->facts[k]) - sums)
                     : bench->count;
    for (size_t i = 0; i < bench->count; i++) {
        double times[FACTS], planned = 0;
        size_t n = 0;

        for (size_t k = 0; k < FACTS; k++) {
            const struct run_row *run = &bench->runs[k];

            if (row[k] != i)
                continue;
            times[n++] = (double)(run->ended_ms - run->started_ms) / 1000;
            planned += run->time_s;
        }
        check_cycles(&bench->rows[i], times, n);
        assert_true(fabs(bench->rows[i].planned_s - planned) < 1e-6);
        all += n;
    }
    assert_true(all > 50);
}

static void cycle_times_are_those_of_the_finished_runs(void **state)
{
    each_grouping(*state, check_grouping);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycle_times_are_those_of_the_finished_runs),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
