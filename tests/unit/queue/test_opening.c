/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

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

static size_t seen(const char *hours, int weekday, int hour, struct dispatch_span *spans)
{
    struct tm now = {.tm_wday = weekday, .tm_hour = hour, .tm_sec = 30};
    struct hours parsed;
    char why[128];

    assert_true(hours_parse(hours, &parsed, why, sizeof why));
    return opening_spans(&parsed, &now, spans);
}

static void the_coming_hours_are_known_in_seconds(void **state)
{
    struct dispatch_span spans[DISPATCH_SPANS];

    (void)state;
    assert_int_equal(seen("Mo-Fr 08:00-12:00,14:00-18:00", 5, 11, spans), DISPATCH_SPANS);
    assert_float_equal(spans[0].from_s, 0, 0);
    assert_float_equal(spans[0].to_s, 3600 - 30, 0);
    assert_float_equal(spans[1].from_s, 3 * 3600 - 30, 0);
    assert_float_equal(spans[2].from_s, (3 * 24 - 3) * 3600 - 30, 0); /* Monday */
    assert_int_equal(seen("We 08:00-24:00; Th 00:00-02:00", 3, 20, spans), 2);
    assert_float_equal(spans[0].to_s, 6 * 3600 - 30, 0); /* midnight closes nothing */
    assert_int_equal(seen("off", 3, 20, spans), 0);
    assert_int_equal(seen("24/7", 3, 20, spans), 1);
    assert_true(isinf(spans[0].to_s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_told_when_it_opens_next),
        cmocka_unit_test(people_are_told_when_it_closes),
        cmocka_unit_test(the_coming_hours_are_known_in_seconds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
