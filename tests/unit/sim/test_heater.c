/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/heater.h"

#define SECOND ((int64_t)1000000)

static void a_nozzle_is_hot_after_a_minute_or_two_and_stays_so(void **state)
{
    struct heater h;
    int64_t hot;

    (void)state;
    heater_init_nozzle(&h);
    heater_set(&h, 0, 215);
    hot = heater_reaches(&h, 0, 1);
    assert_in_range(hot / SECOND, 60, 150);
    assert_float_equal(heater_at(&h, hot), 214, 0.1);
    assert_float_equal(heater_at(&h, hot + 600 * SECOND), 215, 0.01);
}

static void it_cools_to_the_room_and_no_further(void **state)
{
    struct heater h;
    double before;

    (void)state;
    heater_init_bed(&h);
    heater_set(&h, 0, 60);
    heater_set(&h, 1000 * SECOND, 0);
    before = heater_at(&h, 1000 * SECOND);
    assert_float_equal(before, 60, 0.01);
    assert_true(heater_at(&h, 1100 * SECOND) < before - 4);
    assert_float_equal(heater_at(&h, 100000 * SECOND), h.room_c, 0.01);
    assert_int_equal(heater_duty(&h, 1100 * SECOND), 0);
}

static void a_lower_target_is_reached_from_above(void **state)
{
    struct heater h;
    int64_t when;

    (void)state;
    heater_init_nozzle(&h);
    heater_set(&h, 0, 240);
    heater_set(&h, 1000 * SECOND, 170);
    when = heater_reaches(&h, 1000 * SECOND, 1);
    assert_true(when > 1000 * SECOND && when < 1300 * SECOND);
    assert_float_equal(heater_at(&h, when), 171, 0.1);
    assert_float_equal(heater_at(&h, when + 900 * SECOND), 170, 0.01);
}

static void a_broken_heater_cools_and_never_arrives(void **state)
{
    struct heater h;

    (void)state;
    heater_init_nozzle(&h);
    heater_set(&h, 0, 200);
    heater_break(&h, 300 * SECOND, true);
    assert_true(heater_at(&h, 360 * SECOND) < 150);
    assert_true(heater_reaches(&h, 400 * SECOND, 1) == INT64_MAX);
}

static void what_it_cannot_reach_it_never_reaches(void **state)
{
    struct heater h;

    (void)state;
    heater_init_bed(&h);
    heater_set(&h, 0, 150);
    assert_true(heater_reaches(&h, 0, 1) == INT64_MAX);
    assert_true(heater_at(&h, 100000 * SECOND) < 136);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_nozzle_is_hot_after_a_minute_or_two_and_stays_so),
        cmocka_unit_test(it_cools_to_the_room_and_no_further),
        cmocka_unit_test(a_lower_target_is_reached_from_above),
        cmocka_unit_test(a_broken_heater_cools_and_never_arrives),
        cmocka_unit_test(what_it_cannot_reach_it_never_reaches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
