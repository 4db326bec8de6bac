/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "gcode/arc.h"

static void near(double value, double wanted)
{
    if (!(fabs(value - wanted) < 1e-6))
        fail_msg("%.9f, not %.9f", value, wanted);
}

static const double pi = 3.141592653589793;

static void quarter_arcs_have_length_and_box(void **state)
{
    struct arc arc;
    double min[2], max[2];

    (void)state;
    assert_true(
        arc_from_words(&arc, &(struct arc_words){.from = {10, 0}, .to = {0, 10}, .i = -10}));
    near(arc.radius, 10);
    near(arc_length(&arc), 5 * pi);
    arc_box(&arc, min, max);
    near(min[0], 0);
    near(min[1], 0);
    near(max[0], 10);
    near(max[1], 10);
    assert_true(arc_from_words(
        &arc, &(struct arc_words){.from = {10, 0}, .to = {0, 10}, .i = -10, .clockwise = true}));
    near(arc_length(&arc), 15 * pi);
    arc_box(&arc, min, max);
    near(min[0], -10);
    near(min[1], -10);
    near(max[0], 10);
    near(max[1], 10);
}

static void an_end_at_the_start_is_a_whole_circle(void **state)
{
    struct arc arc;
    double min[2], max[2];

    (void)state;
    assert_true(arc_from_words(&arc, &(struct arc_words){.from = {5, 5}, .to = {5, 5}, .j = 2}));
    near(arc_length(&arc), 4 * pi);
    arc_box(&arc, min, max);
    near(min[0], 3);
    near(max[0], 7);
    near(min[1], 5);
    near(max[1], 9);
}

static void a_negative_radius_is_the_long_way_round(void **state)
{
    struct arc arc;

    (void)state;
    for (int clockwise = 0; clockwise < 2; clockwise++) {
        struct arc_words words = {
            .from = {0, 0}, .to = {10, 0}, .has_r = true, .r = 10, .clockwise = clockwise};

        assert_true(arc_from_words(&arc, &words));
        near(arc_length(&arc), 10 * pi / 3);
        near(arc.centre[1], clockwise ? -8.660254038 : 8.660254038);
        words.r = -10;
        assert_true(arc_from_words(&arc, &words));
        near(arc_length(&arc), 50 * pi / 3);
    }
}

static void what_is_no_circle_is_refused(void **state)
{
    struct arc arc;

    (void)state;
    assert_false(arc_from_words(&arc, &(struct arc_words){.to = {10, 0}}));
    assert_false(arc_from_words(&arc, &(struct arc_words){.to = {10, 0}, .has_r = true, .r = 4.9}));
    assert_false(arc_from_words(&arc, &(struct arc_words){.has_r = true, .r = 5}));
    assert_false(arc_from_words(&arc, &(struct arc_words){.to = {10, 0}, .i = 4}));
    assert_true(
        arc_from_words(&arc, &(struct arc_words){.to = {10, 0}, .i = 5.002})); /* rounding */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarter_arcs_have_length_and_box),
        cmocka_unit_test(an_end_at_the_start_is_a_whole_circle),
        cmocka_unit_test(a_negative_radius_is_the_long_way_round),
        cmocka_unit_test(what_is_no_circle_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
