/* SPDX-License-Identifier: Apache-2.0 */
/* Days and intervals. The zone is Paris. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "production/ledger.h"

#define NOON 1586260800000 /* 2020-04-07 12:00 UTC, 14:00 in Paris */
#define HOUR 3600000LL

static int paris(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    return 0;
}

static void the_day_is_the_zones(void **state)
{
    (void)state;
    assert_int_equal(ledger_day(NOON), 20200407);
    assert_int_equal(ledger_day(NOON + 10 * HOUR - 1), 20200407);
    assert_int_equal(ledger_day(NOON + 10 * HOUR), 20200408); /* 22:00 UTC */
}

static void midnight_comes_after_23_24_or_25_hours(void **state)
{
    (void)state;
    assert_true(ledger_midnight_after(NOON) == NOON + 10 * HOUR);
    assert_true(ledger_midnight_after(NOON + 10 * HOUR) == NOON + 34 * HOUR);
    assert_true(ledger_midnight_after(1603576800000) == 1603576800000 + 25 * HOUR); /* 25 October */
    assert_true(ledger_midnight_after(1616886000000) == 1616886000000 + 23 * HOUR); /* 28 March */
}

static void days_are_written_and_read(void **state)
{
    static const char *const bad[] = {"",           "2020-4-7",   "2020-13-01", "2020-00-10",
                                      "2020-04-31", "2021-02-29", "1900-02-29", "2020-04-07x",
                                      "20200407",   "-020-04-07", "2020-04-00", "yyyy-mm-dd"};
    char text[11];

    (void)state;
    ledger_day_text(20200407, text);
    assert_string_equal(text, "2020-04-07");
    assert_int_equal(ledger_day_parse("2020-04-07"), 20200407);
    assert_int_equal(ledger_day_parse("2020-02-29"), 20200229);
    assert_int_equal(ledger_day_parse("2000-02-29"), 20000229);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ledger_day_parse(bad[i]) != 0)
            fail_msg("\"%s\" was taken for a day", bad[i]);
}

static void an_interval_is_split_at_midnight_without_gap(void **state)
{
    struct fact like = {.site = "caen",
                        .kind = ledger_kind(TIME_WAITING),
                        .machine = "p1",
                        .part = "ecran",
                        .run = 9};
    struct fact rows[4];
    int64_t from = NOON;

    (void)state;
    assert_int_equal(ledger_time(&like, &from, NOON + 35 * HOUR, rows, 4), 3);
    assert_true(from == NOON + 35 * HOUR);
    assert_int_equal(rows[0].day, 20200407);
    assert_true(rows[0].qty == 10 * HOUR);
    assert_int_equal(rows[1].day, 20200408);
    assert_true(rows[1].at_ms == NOON + 10 * HOUR);
    assert_true(rows[1].qty == 24 * HOUR);
    assert_true(rows[2].qty == HOUR);
    assert_int_equal(rows[2].kind, FACT_WAITING);
    assert_int_equal(rows[2].run, 9);
    assert_string_equal(rows[2].part, "ecran");
}

static void what_does_not_fit_is_left_for_the_next_time(void **state)
{
    struct fact like = {.site = "caen", .kind = FACT_IDLE}, rows[2];
    int64_t from = NOON;

    (void)state;
    assert_int_equal(ledger_time(&like, &from, NOON + 99 * HOUR, rows, 2), 2);
    assert_true(from == NOON + 34 * HOUR);
    assert_int_equal(ledger_time(&like, &from, from, rows, 2), 0);
    assert_int_equal(ledger_time(&like, &from, from - 1, rows, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_is_the_zones),
        cmocka_unit_test(midnight_comes_after_23_24_or_25_hours),
        cmocka_unit_test(days_are_written_and_read),
        cmocka_unit_test(an_interval_is_split_at_midnight_without_gap),
        cmocka_unit_test(what_does_not_fit_is_left_for_the_next_time),
    };

    return cmocka_run_group_tests(tests, paris, NULL);
}
