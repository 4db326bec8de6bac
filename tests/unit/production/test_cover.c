/* SPDX-License-Identifier: Apache-2.0 */
/* How long what is bought lasts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "production/cover.h"

static void use_is_that_of_the_days_before_today(void **state)
{
    struct cover_ask ask = {.stock = 90, .used = {500, 20, 40, 30}, .warn_days = 3};
    struct cover cover = cover_of(&ask);

    (void)state;
    assert_true(cover.per_day == 30); /* three days of work; today is not over */
    assert_true(cover.days == 3);
    assert_false(cover.low);
    ask.stock = 89;
    assert_true(cover_of(&ask).low);
}

static void the_first_day_counts_when_there_is_no_other(void **state)
{
    struct cover_ask ask = {.stock = 90, .used = {45}, .warn_days = 3};

    (void)state;
    assert_true(cover_of(&ask).days == 2);
    ask.used[0] = 0;
    assert_true(isinf(cover_of(&ask).days));
    assert_false(cover_of(&ask).low);
}

static void what_the_orders_have_enough_of_is_not_low(void **state)
{
    struct cover_ask ask = {.stock = 20, .needed = 20, .used = {0, 50}, .warn_days = 3};

    (void)state;
    assert_false(cover_of(&ask).low);
    ask.needed = 21;
    assert_true(cover_of(&ask).low);
    assert_int_equal(cover_of(&ask).lacking, 1);
}

static void nothing_there_and_something_ordered_is_low_before_any_use(void **state)
{
    struct cover_ask ask = {.stock = -4, .needed = 10, .warn_days = 3};

    (void)state;
    assert_true(cover_of(&ask).low);
    assert_int_equal(cover_of(&ask).lacking, 10);
    ask.needed = 0;
    assert_false(cover_of(&ask).low);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(use_is_that_of_the_days_before_today),
        cmocka_unit_test(the_first_day_counts_when_there_is_no_other),
        cmocka_unit_test(what_the_orders_have_enough_of_is_not_low),
        cmocka_unit_test(nothing_there_and_something_ordered_is_low_before_any_use),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
