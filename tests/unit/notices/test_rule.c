/* SPDX-License-Identifier: Apache-2.0 */
/* Quiet hours, sites, back-off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "notices/backoff.h"
#include "notices/rule.h"

static int at(int hour, int minute)
{
    return 60 * hour + minute;
}

static void quiet_hours_pass_midnight(void **state)
{
    (void)state;
    assert_int_equal(quiet_left("22:00-07:00", at(21, 59)), 0);
    assert_int_equal(quiet_left("22:00-07:00", at(22, 0)), 9 * 60);
    assert_int_equal(quiet_left("22:00-07:00", at(23, 30)), 7 * 60 + 30);
    assert_int_equal(quiet_left("22:00-07:00", at(0, 0)), 7 * 60);
    assert_int_equal(quiet_left("22:00-07:00", at(6, 59)), 1);
    assert_int_equal(quiet_left("22:00-07:00", at(7, 0)), 0);
    assert_int_equal(quiet_left("12:00-13:30", at(13, 0)), 30);
    assert_int_equal(quiet_left("12:00-13:30", at(13, 30)), 0);
    assert_int_equal(quiet_left("", at(3, 0)), 0);
}

static void quiet_hours_that_are_none_are_refused(void **state)
{
    static const char *const bad[] = {"22:00",        "24:00-07:00", "22:60-07:00",  "22:00-22:00",
                                      "2:00-07:00",   "22h00-07h00", "22:00-07:00 ", "-07:00",
                                      "22:00\n07:00", "nights"};

    (void)state;
    assert_true(quiet_good(""));
    assert_true(quiet_good("22:00-07:00"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(quiet_good(bad[i]));
}

static void a_rule_covers_the_sites_it_names_or_all(void **state)
{
    (void)state;
    assert_true(rule_covers("", "caen"));
    assert_true(rule_covers("caen rouen", "rouen"));
    assert_true(rule_covers("caen rouen", "caen"));
    assert_false(rule_covers("caen rouen", "cae"));
    assert_false(rule_covers("caen rouen", "caen2"));
    assert_false(rule_covers("caen", ""));
}

static void pauses_double_up_to_an_hour_and_differ_by_chance(void **state)
{
    (void)state;
    assert_int_equal(backoff_ms(1, 30000, 0), 30000);
    assert_int_equal(backoff_ms(2, 30000, 0), 60000);
    assert_int_equal(backoff_ms(5, 30000, 0), 480000);
    assert_int_equal(backoff_ms(8, 30000, 0), BACKOFF_MOST_MS);
    assert_int_equal(backoff_ms(INT64_MAX, 30000, 0), BACKOFF_MOST_MS);
    for (uint32_t chance = 0; chance < 5000; chance++) {
        int64_t pause = backoff_ms(3, 30000, chance * 77777u);

        assert_in_range(pause, 90000, 120000);
    }
    assert_int_not_equal(backoff_ms(3, 30000, 1), backoff_ms(3, 30000, 1000));
}

/* However unlucky, a message is tried some thirty times before it is given up. */
static void a_day_holds_a_bounded_number_of_tries(void **state)
{
    int64_t at_ms = 0, tries = 0;

    (void)state;
    while (at_ms < BACKOFF_GIVE_UP_MS)
        at_ms += backoff_ms(++tries, 30000, 1023);
    assert_in_range(tries, 24, 45);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_hours_pass_midnight),
        cmocka_unit_test(quiet_hours_that_are_none_are_refused),
        cmocka_unit_test(a_rule_covers_the_sites_it_names_or_all),
        cmocka_unit_test(pauses_double_up_to_an_hour_and_differ_by_chance),
        cmocka_unit_test(a_day_holds_a_bounded_number_of_tries),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
