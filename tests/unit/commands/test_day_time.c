/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "commands/day_time.h"

static void a_day_ends_when_it_ends_in_the_zone_of_the_factory(void **state)
{
    int64_t ms;

    (void)state;
    assert_true(day_time_parse("2020-04-07", &ms));
    assert_int_equal(ms, 1586296799000); /* 2020-04-07T21:59:59Z */
    assert_true(day_time_parse("2020-12-24", &ms));
    assert_int_equal(ms, 1608850799000); /* 22:59:59Z: winter */
}

static void an_instant_is_read_with_its_zone(void **state)
{
    int64_t utc, paris;

    (void)state;
    assert_true(day_time_parse("2020-04-07T12:32:08Z", &utc));
    assert_int_equal(utc, 1586262728000);
    assert_true(day_time_parse("2020-04-07T14:32:08.250+02:00", &paris));
    assert_int_equal(paris, utc);
}

static void anything_else_is_refused(void **state)
{
    static const char *const texts[] = {
        "",           "tomorrow",   "2020-4-7",    "2020-02-30",           "2021-02-29",
        "1999-01-01", "2020-13-01", "2020-04-07 ", "2020-04-07T25:00:00Z", "2020-04-07T12:32Z",
        "07/04/2020", "2020-04-7x", "2020-04-07T", "2020-04-07T12:32:08",  "2020-04-07T12:32:08+2"};
    int64_t ms = 7;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_false(day_time_parse(texts[i], &ms));
        assert_int_equal(ms, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_ends_when_it_ends_in_the_zone_of_the_factory),
        cmocka_unit_test(an_instant_is_read_with_its_zone),
        cmocka_unit_test(anything_else_is_refused),
    };

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
