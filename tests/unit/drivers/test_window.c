/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/window.h"

static void one_line_is_outstanding_at_most_in_ping_pong(void **state)
{
    struct window w;

    (void)state;
    window_init(&w, 1, 0);
    assert_true(window_has_room(&w, 90));
    window_sent(&w, 90);
    assert_false(window_has_room(&w, 1));
    assert_int_equal(window_acked(&w), 90);
    assert_true(window_has_room(&w, 90));
}

static void a_surplus_ok_gives_no_credit(void **state)
{
    struct window w;

    (void)state;
    window_init(&w, 2, 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(window_acked(&w), 0);
    window_sent(&w, 10);
    window_sent(&w, 10);
    assert_false(window_has_room(&w, 1));
}

static void bytes_are_counted_to_the_last_one(void **state)
{
    struct window w;

    (void)state;
    window_init(&w, WINDOW_SLOTS, 127);
    window_sent(&w, 80);
    assert_true(window_has_room(&w, 47));
    assert_false(window_has_room(&w, 48));
    window_sent(&w, 47);
    assert_false(window_has_room(&w, 1));
    assert_int_equal(window_acked(&w), 80); /* the oldest first */
    assert_true(window_has_room(&w, 80));
    assert_int_equal(window_acked(&w), 47);
    assert_int_equal(w.bytes, 0);
}

static void it_goes_round_for_ever(void **state)
{
    struct window w;
    unsigned sent = 0, acked = 0;

    (void)state;
    window_init(&w, WINDOW_SLOTS, 0);
    for (int turn = 0; turn < 1000; turn++) {
        while (window_has_room(&w, 1 + sent % 90))
            window_sent(&w, 1 + sent++ % 90);
        assert_int_equal(w.count, WINDOW_SLOTS);
        for (int i = 0; i < 7; i++)
            assert_int_equal(window_acked(&w), 1 + acked++ % 90);
    }
}

static void what_is_in_flight_stays_counted_when_the_limit_changes(void **state)
{
    struct window w;

    (void)state;
    window_init(&w, 4, 0);
    for (int i = 0; i < 4; i++)
        window_sent(&w, 20);
    w.lines_max = 1; /* an overflow was reported */
    for (int i = 0; i < 3; i++) {
        window_acked(&w);
        assert_false(window_has_room(&w, 1));
    }
    window_acked(&w);
    assert_true(window_has_room(&w, 20));
}

static void clearing_forgets_all(void **state)
{
    struct window w;

    (void)state;
    window_init(&w, 8, 127);
    window_sent(&w, 100);
    window_clear(&w);
    assert_true(window_has_room(&w, 127));
    assert_int_equal(window_acked(&w), 0);
}

static void limits_beyond_its_size_are_cut(void **state)
{
    struct window w;

    (void)state;
    window_init(&w, 100000, 1000000);
    assert_int_equal(w.lines_max, WINDOW_SLOTS);
    assert_int_equal(w.bytes_max, 65535);
    assert_false(window_has_room(&w, 256));
    for (int i = 0; i < 2 * WINDOW_SLOTS; i++)
        window_sent(&w, 255);
    assert_int_equal(w.count, WINDOW_SLOTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_is_outstanding_at_most_in_ping_pong),
        cmocka_unit_test(a_surplus_ok_gives_no_credit),
        cmocka_unit_test(bytes_are_counted_to_the_last_one),
        cmocka_unit_test(it_goes_round_for_ever),
        cmocka_unit_test(what_is_in_flight_stays_counted_when_the_limit_changes),
        cmocka_unit_test(clearing_forgets_all),
        cmocka_unit_test(limits_beyond_its_size_are_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
