/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "queue/opening.h"

static const char *said(const char *hours, int weekday, int hour, int minute, char *text)
{
    struct tm now = {.tm_wday = weekday, .tm_hour = hour, .tm_min = minute};
    struct hours parsed;
    char why[128];

    assert_true(hours_parse(hours, &parsed, why, sizeof why));
    return opening_next(&parsed, &now, text) ? text : "never";
}

static void people_are_told_when_it_opens_next(void **state)
{
    char text[OPENING_TEXT_MAX];

    (void)state;
    assert_string_equal(said("Mo-Fr 08:00-18:00", 3, 7, 59, text), "at 08:00");
    assert_string_equal(said("Mo-Fr 08:00-18:00", 3, 18, 0, text), "tomorrow at 08:00");
    assert_string_equal(said("Mo-Fr 08:00-18:00", 5, 18, 0, text), "Monday at 08:00");
    assert_string_equal(said("Mo 14:30-18:00", 1, 18, 0, text), "Monday at 14:30");
    assert_string_equal(said("We 08:00-18:00", 4, 8, 0, text), "Wednesday at 08:00");
    assert_string_equal(said("off", 4, 8, 0, text), "never");
}

static void people_are_told_when_it_closes(void **state)
{
    char text[OPENING_TEXT_MAX];

    (void)state;
    assert_string_equal(said("Mo-Fr 08:00-18:00", 3, 17, 59, text), "at 18:00");
    assert_string_equal(said("Mo 08:00-24:00; Tu 00:00-02:00", 1, 20, 0, text),
                        "tomorrow at 02:00");
    assert_string_equal(said("24/7", 0, 12, 0, text), "never");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_told_when_it_opens_next),
        cmocka_unit_test(people_are_told_when_it_closes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
