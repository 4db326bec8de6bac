/* SPDX-License-Identifier: Apache-2.0 */
/* The range that a forecast states contains the truth about as often as it says: four in five. A
 * few weeks and runs only, so the bounds are wide; bench_backtest does the same at length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "hindsight.h"

static void ranges_contain_what_comes_as_often_as_they_say(void **state)
{
    struct hindsight sum = {0};
    const struct hindsight_row *today = &sum.rows[HINDSIGHT_TODAY];
    const struct hindsight_row *order = &sum.rows[HINDSIGHT_ORDER];

    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    for (uint64_t week = 1; week <= 4; week++)
        hindsight_week(&sum, week, 16);
    assert_true(today->n >= 16 && order->n >= 12);
    assert_true(today->n - today->below - today->above >= 0.55 * today->n);
    assert_true(order->n - order->below - order->above >= 0.45 * order->n);
    assert_true(today->width / today->n < 45);  /* kits: a range that holds anything says nothing */
    assert_true(order->width / order->n < 4);   /* days */
    assert_true(order->error / order->n < 2.0); /* days, between what came and p50 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_contain_what_comes_as_often_as_they_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
