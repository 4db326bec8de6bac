/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/arc.h"
#include "sim/planner.h"

static const struct planner_limits limits = {
    .max_feed_mm_s = {200, 200, 10, 50}, .accel_mm_s2 = 1000, .jerk_mm_s = 10};

static void begin(struct planner *p)
{
    planner_init(p, &limits);
}

static bool go(struct planner *p, int64_t now, double x, double y, double feed)
{
    const double to[AXES] = {x, y, 0, 0};

    return planner_add(p, now, to, feed, 0);
}

/* 100 mm at 50 mm/s, 0.05 s of acceleration that covers 1.25 mm: 0.05 + 98.75 / 50 = 2.025 s */
static void a_move_takes_its_length_and_its_acceleration(void **state)
{
    struct planner p;

    (void)state;
    begin(&p);
    assert_true(go(&p, 1000, 100, 0, 50));
    assert_in_range(planner_due(&p) - 1000, 2024000, 2026000);
}

static void a_straight_line_in_pieces_takes_as_long_as_in_one(void **state)
{
    struct planner p;
    int64_t end = 0;

    (void)state;
    begin(&p);
    for (int i = 1; i <= 10; i++)
        assert_true(go(&p, 0, i * 10, 0, 50));
    while (p.count > 0) {
        end = planner_due(&p);
        planner_step(&p, end);
    }
    assert_in_range(end, 2015000, 2035000);
}

/* Braking from 50 to 5 mm/s and speeding up again: 2 x 45^2 / (2 x 1000 x 50) = 0.0405 s. */
static void turning_back_costs_more_than_going_on(void **state)
{
    struct planner on, back;

    (void)state;
    begin(&on);
    begin(&back);
    go(&on, 0, 10, 0, 50);
    go(&on, 0, 20, 0, 50);
    go(&back, 0, 10, 0, 50);
    go(&back, 0, 0, 0, 50);
    assert_true(back.blocks[1].end_us > on.blocks[1].end_us + 35000);
}

static void no_axis_goes_faster_than_it_may(void **state)
{
    const double up[AXES] = {0, 0, 10, 0};
    struct planner p;

    (void)state;
    begin(&p);
    assert_true(planner_add(&p, 0, up, 500, 0));
    assert_true(planner_due(&p) >= 1000000);
}

static void it_holds_fifteen_moves_and_none_of_no_length(void **state)
{
    struct planner p;

    (void)state;
    begin(&p);
    assert_false(go(&p, 0, 0, 0, 50));
    for (int i = 1; i <= PLANNER_BLOCKS; i++)
        assert_true(go(&p, 0, i, 0, 50));
    assert_int_equal(p.count, 15);
}

static void hold_stops_the_clock_and_resume_makes_the_rest(void **state)
{
    struct planner p;
    double at[AXES];
    int64_t due;

    (void)state;
    begin(&p);
    go(&p, 0, 100, 0, 50);
    due = planner_due(&p);
    planner_hold(&p, 1000000);
    assert_true(planner_due(&p) == INT64_MAX);
    planner_where(&p, 9000000, at);
    assert_float_equal(at[0], 49.4, 1);
    planner_resume(&p, 9000000);
    assert_int_equal(planner_due(&p), due + 8000000);
}

static void stopping_leaves_the_tool_where_it_is(void **state)
{
    struct planner p;

    (void)state;
    begin(&p);
    go(&p, 0, 100, 0, 50);
    go(&p, 0, 200, 0, 50);
    planner_stop(&p, 1012500);
    assert_int_equal(p.count, 0);
    assert_float_equal(p.position[0], 50, 1);
}

static void an_arc_ends_where_it_should_and_is_as_long_as_it_should(void **state)
{
    const double from[AXES] = {0, 0, 0, 0}, to[AXES] = {40, 0, 0, 4}, offset[2] = {20, 0};
    struct arc arc;
    double last[AXES] = {0}, point[AXES], highest = 0;
    unsigned chords = 0;

    (void)state;
    arc_begin(&arc, from, to, offset, true);
    while (arc_next(&arc, point)) {
        chords++;
        highest = point[1] > highest ? point[1] : highest;
        last[0] = point[0];
        last[1] = point[1];
        last[3] = point[3];
    }
    assert_in_range(chords, 60, 66); /* half of 2 pi 20 mm */
    assert_float_equal(highest, 20, 0.1);
    assert_float_equal(last[0], 40, 1e-9);
    assert_float_equal(last[1], 0, 1e-9);
    assert_float_equal(last[3], 4, 1e-9);
}

static void an_arc_by_radius_goes_the_short_way(void **state)
{
    const double from[AXES] = {0}, to[AXES] = {10, 10, 0, 0};
    double offset[2];

    (void)state;
    assert_true(arc_offset(from, to, 10, true, offset));
    assert_float_equal(offset[0], 10, 1e-9);
    assert_float_equal(offset[1], 0, 1e-9);
    assert_false(arc_offset(from, to, 2, true, offset));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_takes_its_length_and_its_acceleration),
        cmocka_unit_test(a_straight_line_in_pieces_takes_as_long_as_in_one),
        cmocka_unit_test(turning_back_costs_more_than_going_on),
        cmocka_unit_test(no_axis_goes_faster_than_it_may),
        cmocka_unit_test(it_holds_fifteen_moves_and_none_of_no_length),
        cmocka_unit_test(hold_stops_the_clock_and_resume_makes_the_rest),
        cmocka_unit_test(stopping_leaves_the_tool_where_it_is),
        cmocka_unit_test(an_arc_ends_where_it_should_and_is_as_long_as_it_should),
        cmocka_unit_test(an_arc_by_radius_goes_the_short_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
