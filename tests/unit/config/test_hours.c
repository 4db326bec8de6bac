/* SPDX-License-Identifier: Apache-2.0 */
/* Opening hours as people write them. Weekdays as in struct tm: 0 is Sunday. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "config/hours.h"

enum { SU, MO, TU, WE, TH, FR, SA };
#define AT(hour, minute) ((hour)*60 + (minute))

static struct hours parse(const char *text)
{
    struct hours hours;
    char why[128] = "";

    if (!hours_parse(text, &hours, why, sizeof why))
        fail_msg("%s: %s", text, why);
    return hours;
}

static void a_span_alone_holds_every_day(void **state)
{
    struct hours hours = parse("08:00-20:00");

    (void)state;
    for (int day = SU; day <= SA; day++) {
        assert_false(hours_open(&hours, day, AT(7, 59)));
        assert_true(hours_open(&hours, day, AT(8, 0)));
        assert_true(hours_open(&hours, day, AT(19, 59)));
        assert_false(hours_open(&hours, day, AT(20, 0)));
    }
}

static void days_have_their_own_hours(void **state)
{
    struct hours hours = parse("Mo-Fr 08:00-18:00; Sa 09:00-12:00");

    (void)state;
    assert_true(hours_open(&hours, FR, AT(17, 0)));
    assert_false(hours_open(&hours, SA, AT(17, 0)));
    assert_true(hours_open(&hours, SA, AT(9, 30)));
    assert_false(hours_open(&hours, SU, AT(9, 30)));
}

static void a_later_rule_replaces_an_earlier_one(void **state)
{
    struct hours hours = parse("08:00-18:00; We,Su off; Sa-Su 10:00-11:00,14:00-15:00");

    (void)state;
    assert_false(hours_open(&hours, WE, AT(9, 0)));
    assert_false(hours_open(&hours, SA, AT(9, 0)));
    assert_true(hours_open(&hours, SU, AT(14, 30)));
    assert_false(hours_open(&hours, SU, AT(12, 0)));
    assert_true(hours_open(&hours, TU, AT(9, 0)));
}

static void days_may_run_over_the_end_of_the_week(void **state)
{
    struct hours hours = parse("Fr-Mo 08:00-10:00");

    (void)state;
    for (int day = SU; day <= SA; day++)
        assert_int_equal(hours_open(&hours, day, AT(9, 0)), day >= FR || day <= MO);
}

static void always_open_never_closes(void **state)
{
    struct hours hours = parse("24/7"), same = parse("00:00-24:00");

    (void)state;
    assert_memory_equal(&hours, &same, sizeof hours);
    assert_int_equal(hours_to_closing(&hours, SA, AT(23, 59)), HOURS_WEEK);
    assert_int_equal(hours_to_opening(&hours, SA, AT(23, 59)), 0);
}

static void minutes_to_closing_run_across_midnight(void **state)
{
    struct hours hours = parse("Sa 20:00-24:00; Su 00:00-02:00");

    (void)state;
    assert_int_equal(hours_to_closing(&hours, SA, AT(23, 0)), 3 * 60);
    assert_int_equal(hours_to_closing(&hours, SU, AT(1, 59)), 1);
    assert_int_equal(hours_to_closing(&hours, SU, AT(2, 0)), 0);
    assert_int_equal(hours_to_opening(&hours, SU, AT(2, 0)), 6 * HOURS_DAY + 18 * 60);
    assert_int_equal(hours_to_opening(&hours, SA, AT(19, 0)), 60);
    hours = parse("off");
    assert_int_equal(hours_to_opening(&hours, SA, 0), HOURS_WEEK);
}

static void what_is_not_understood_is_told(void **state)
{
    static const struct {
        const char *text, *why;
    } samples[] = {
        {"", "near \"\": a time is written 08:00"},
        {"Lu-Ve 08:00-18:00", "near \"Lu-Ve 08:00-18:00\": the days are Mo"},
        {"Mo- 08:00-18:00", "near \" 08:00-18:00\": the days are Mo"},
        {"8:00-18:00", "near \"8:00-18:00\": a time is written"},
        {"08:00-24:01", "near \"24:01\": a time is written"},
        {"08:60-09:00", "near \"08:60-09:00\": a time is written"},
        {"08:00", "near \"\": a span is written"},
        {"20:00-02:00", "it must close after it opens"},
        {"08:00-12:00,11:00-13:00", "two spans of a day overlap"},
        {"01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00", "at most 4 spans"},
        {"08:00-12:00 x", "near \"x\": rules are separated by ;"},
        {"08:00-12:00;", "near \"\": a time is written"},
    };
    struct hours hours;
    char why[200];

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        assert_false(hours_parse(samples[i].text, &hours, why, sizeof why));
        if (strstr(why, samples[i].why) == NULL)
            fail_msg("%s: %s", samples[i].text, why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_alone_holds_every_day),
        cmocka_unit_test(days_have_their_own_hours),
        cmocka_unit_test(a_later_rule_replaces_an_earlier_one),
        cmocka_unit_test(days_may_run_over_the_end_of_the_week),
        cmocka_unit_test(always_open_never_closes),
        cmocka_unit_test(minutes_to_closing_run_across_midnight),
        cmocka_unit_test(what_is_not_understood_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
