/* SPDX-License-Identifier: Apache-2.0 */
/* A clock for training has a calendar of its own, and real durations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "base/clock.h"

static void training_begins_at_its_moment_and_goes_at_its_pace(void **state)
{
    struct clock_training t;
    char text[CLOCK_TEXT_SIZE];

    (void)state;
    assert_true(clock_train(&t, "240@2020-03-27T07:30:00Z"));
    assert_true(clock_pace(&t.clock) == 240);
    assert_string_equal(clock_text(text, t.from_ms), "2020-03-27T07:30:00.000Z");
    assert_in_range(clock_wall(&t.clock) - t.from_ms, 0, 240 * 60000);
    t.mono_ms -= 360000; /* six minutes later */
    assert_in_range(clock_wall(&t.clock) - t.from_ms, 86400000, 86400000 + 240 * 60000);
    assert_in_range(clock_mono(&t.clock) - t.mono_ms, 360000, 360000 + 60000);
}

static void without_a_moment_it_begins_now(void **state)
{
    struct clock_training t;

    (void)state;
    assert_true(clock_train(&t, "1.5"));
    assert_in_range(t.from_ms, clock_wall(&clock_system) - 60000, clock_wall(&clock_system));
    assert_true(clock_pace(&clock_system) == 1);
}

static void what_is_no_pace_or_no_moment_is_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "x",
                                        "0",
                                        "0.5",
                                        "-60",
                                        "nan",
                                        "1e9",
                                        "60@",
                                        "60@tomorrow",
                                        "60 @2020-03-27T07:30:00Z",
                                        "60@2020-03-27",
                                        "60@2020-03-27T07:30:00Zx"};
    struct clock_training t;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (clock_train(&t, wrong[i]))
            fail_msg("'%s' was taken", wrong[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(training_begins_at_its_moment_and_goes_at_its_pace),
        cmocka_unit_test(without_a_moment_it_begins_now),
        cmocka_unit_test(what_is_no_pace_or_no_moment_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
