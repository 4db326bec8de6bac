/* SPDX-License-Identifier: Apache-2.0 */
/* Opening hours as spans of seconds, also over the nights in which clocks are changed; and chance
 * that is the same for the same seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "planning/random.h"
#include "planning/shifts.h"

#define TUESDAY_TEN 1586246400000   /* 2020-04-07 10:00 in Paris */
#define SATURDAY_NOON 1585393200000 /* 2020-03-28 12:00: clocks go forward that night */

static struct shifts shifts_of(const char *text, int64_t now_ms)
{
    struct hours hours;
    struct shifts shifts;
    char why[100];

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    assert_true(hours_parse(text, &hours, why, sizeof why));
    assert_int_equal(shifts_make(&shifts, &hours, now_ms, 2, 7), ERR_OK);
    return shifts;
}

static bool near(double a, double b)
{
    return fabs(a - b) < 0.5;
}

static void work_goes_on_the_next_morning(void **state)
{
    struct shifts shifts = shifts_of("08:00-20:00", TUESDAY_TEN);

    (void)state;
    assert_true(shifts_open(&shifts, 0));
    assert_true(near(shifts_closes(&shifts, 0), 10 * 3600));
    assert_true(near(shifts_after(&shifts, 0, 3600), 3600));
    assert_true(near(shifts_after(&shifts, 9 * 3600, 2 * 3600), (22 + 1) * 3600));
    assert_true(near(shifts_after(&shifts, 12 * 3600, 0), 22 * 3600)); /* tomorrow, 8:00 */
    assert_true(near(shifts_between(&shifts, -24 * 3600, 0), 12 * 3600));
    assert_false(shifts_open(&shifts, 11 * 3600));
    assert_true(isinf(shifts_after(&shifts, 0, 1e6)));
    shifts_finish(&shifts);
}

static void midnight_closes_nothing_and_always_open_never_closes(void **state)
{
    struct shifts shifts = shifts_of("24/7", TUESDAY_TEN);

    (void)state;
    assert_int_equal(shifts.count, 1);
    assert_true(isinf(shifts_closes(&shifts, 3600)));
    shifts_finish(&shifts);
}

static void a_night_in_which_clocks_change_is_an_hour_shorter(void **state)
{
    struct shifts shifts = shifts_of("08:00-20:00", SATURDAY_NOON);

    (void)state;
    assert_true(near(shifts_after(&shifts, 9 * 3600, 0), 19 * 3600)); /* 20 h by the clock */
    shifts_finish(&shifts);
}

static void the_dispatcher_sees_the_spans_from_then_on(void **state)
{
    struct shifts shifts = shifts_of("08:00-12:00,14:00-18:00", TUESDAY_TEN);
    struct dispatch_span spans[3];

    (void)state;
    assert_int_equal(shifts_ahead(&shifts, 3600, spans, 3), 3);
    assert_true(near(spans[0].from_s, 0) && near(spans[0].to_s, 3600));
    assert_true(near(spans[1].from_s, 3 * 3600) && near(spans[1].to_s, 7 * 3600));
    assert_true(near(spans[2].from_s, 21 * 3600));
    shifts_finish(&shifts);
}

static void the_same_seed_draws_the_same_and_draws_fit_their_curves(void **state)
{
    struct random a = random_stream(7, "p1"), b = random_stream(7, "p1");
    struct random other = random_stream(7, "p2");
    double sum = 0, squares = 0, beta = 0, gamma = 0;
    int64_t successes = 0;

    (void)state;
    assert_true(random_uniform(&a) == random_uniform(&b));
    assert_true(random_uniform(&a) != random_uniform(&other));
    for (int i = 0; i < 20000; i++) {
        double x = random_normal(&a);

        sum += x;
        squares += x * x;
        beta += random_beta(&a, 2, 6);
        gamma += random_gamma(&a, 0.7);
        successes += random_successes(&a, i % 2 == 0 ? 10 : 100, 0.3);
    }
    assert_true(fabs(sum / 20000) < 0.03 && fabs(squares / 20000 - 1) < 0.05);
    assert_true(fabs(beta / 20000 - 0.25) < 0.01 && fabs(gamma / 20000 - 0.7) < 0.03);
    assert_true(fabs((double)successes / 20000 - 55 * 0.3) < 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_goes_on_the_next_morning),
        cmocka_unit_test(midnight_closes_nothing_and_always_open_never_closes),
        cmocka_unit_test(a_night_in_which_clocks_change_is_an_hour_shorter),
        cmocka_unit_test(the_dispatcher_sees_the_spans_from_then_on),
        cmocka_unit_test(the_same_seed_draws_the_same_and_draws_fit_their_curves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
