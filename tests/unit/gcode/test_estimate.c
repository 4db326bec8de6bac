/* SPDX-License-Identifier: Apache-2.0 */
/* Times worked out by hand, for a machine with round figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "gcode/estimate.h"

static const struct profile round_figures = {
    .max_feed_mm_s = {200, 200, 10, 50},
    .max_accel_mm_s2 = {2000, 2000, 100, 5000},
    .accel_mm_s2 = 1000,
    .travel_accel_mm_s2 = 1000,
    .jerk_mm_s = {10, 10, 1, 5},
};

static void near(double value, double wanted)
{
    if (!(fabs(value - wanted) < 1e-4))
        fail_msg("%.6f s, not %.6f s", value, wanted);
}

static void go(struct estimate *e, double x, double y, double feed)
{
    estimate_add(e, &(struct estimate_move){.delta = {x, y}, .feed_mm_s = feed});
}

static double alone(const struct estimate_move *move)
{
    struct estimate e;

    estimate_begin(&e, &round_figures);
    estimate_add(&e, move);
    return estimate_seconds(&e);
}

/* From 10 mm/s (jerk) to 100 mm/s: 0.09 s and 4.95 mm each way; 90.1 mm at full speed. */
static void a_long_move_is_a_trapezoid(void **state)
{
    (void)state;
    near(alone(&(struct estimate_move){.delta = {100}, .feed_mm_s = 100}), 0.18 + 0.901);
    near(alone(&(struct estimate_move){.delta = {-100}, .feed_mm_s = 100}), 0.18 + 0.901);
}

/* 1 mm: peak speed sqrt(1000 * 1 + 10^2), and back to 10. */
static void a_short_move_is_a_triangle(void **state)
{
    (void)state;
    near(alone(&(struct estimate_move){.delta = {1}, .feed_mm_s = 100}),
         2 * (sqrt(1100) - 10) / 1000);
}

static void each_axis_keeps_to_its_own_limits(void **state)
{
    (void)state;
    /* Z: 10 mm/s at most, 100 mm/s2, from 1 mm/s: 0.09 s and 0.495 mm each way */
    near(alone(&(struct estimate_move){.delta = {0, 0, 10}, .feed_mm_s = 100}), 0.18 + 0.901);
    /* E alone: 50 mm/s at most, retraction at 1000 mm/s2, from 5 mm/s */
    near(alone(&(struct estimate_move){.delta = {0, 0, 0, 10}, .feed_mm_s = 100}),
         0.09 + (10 - 2475.0 / 1000) / 50);
    near(alone(&(struct estimate_move){.delta = {0, 0, 0, 0}, .feed_mm_s = 100}), 0);
    near(alone(&(struct estimate_move){.delta = {10}, .feed_mm_s = 0}), 0);
}

static void moves_in_line_do_not_slow_down(void **state)
{
    struct estimate e;

    (void)state;
    estimate_begin(&e, &round_figures);
    for (int i = 0; i < 1000; i++) /* far more than the queue holds */
        go(&e, 0.1, 0, 100);
    near(estimate_seconds(&e), 0.18 + 0.901);
}

static void a_corner_is_taken_at_the_speed_jerk_allows(void **state)
{
    struct estimate e;

    (void)state;
    estimate_begin(&e, &round_figures);
    go(&e, 50, 0, 100);
    go(&e, 0, 50, 100); /* right angle: each axis jumps by its jerk of 10 */
    near(estimate_seconds(&e), 4 * 0.09 + (100 - 4 * 4.95) / 100);
    estimate_begin(&e, &round_figures);
    go(&e, 50, 0, 100);
    go(&e, -50, 0, 100); /* straight back: as Marlin, each speed counts for itself, not their sum */
    near(estimate_seconds(&e), 4 * 0.09 + (100 - 4 * 4.95) / 100);
}

static void waits_stop_the_machine(void **state)
{
    struct estimate e;

    (void)state;
    estimate_begin(&e, &round_figures);
    go(&e, 50, 0, 100);
    estimate_stop(&e, 2);
    go(&e, 50, 0, 100);
    near(estimate_seconds(&e), 2 + 2 * (0.18 + 0.401));
}

static void the_program_may_lower_limits(void **state)
{
    struct estimate e;
    struct gcode_line line;

    (void)state;
    estimate_begin(&e, &round_figures);
    gcode_line_parse(&line, "M204 S500", 9, GCODE_MARLIN);
    estimate_command(&e, &line);
    go(&e, 100, 0, 100); /* 0.18 s and 9.9 mm each way */
    near(estimate_seconds(&e), 0.36 + 0.802);
    estimate_begin(&e, &round_figures);
    gcode_line_parse(&line, "M203 X50", 8, GCODE_MARLIN);
    estimate_command(&e, &line);
    gcode_line_parse(&line, "M205 X50", 8, GCODE_MARLIN);
    estimate_command(&e, &line);
    go(&e, 100, 0, 100); /* at 50 from the first moment */
    near(estimate_seconds(&e), 2);
    estimate_begin(&e, &round_figures);
    gcode_line_parse(&line, "M220 S50", 8, GCODE_MARLIN);
    estimate_command(&e, &line);
    go(&e, 100, 0, 100); /* 50 mm/s: 0.04 s and 1.2 mm each way */
    near(estimate_seconds(&e), 0.08 + 97.6 / 50);
}

/* Grbl: no jerk, from 0; G0 at full speed; a corner on the circle of its deviation. */
static void junction_deviation_and_rapids_are_those_of_grbl(void **state)
{
    struct profile grbl = round_figures;
    struct estimate e;
    double v;

    (void)state;
    grbl.flavour = GCODE_GRBL;
    grbl.junction_deviation_mm = 0.01;
    grbl.jerk_mm_s[AXIS_X] = grbl.jerk_mm_s[AXIS_Y] = 0;
    estimate_begin(&e, &grbl);
    go(&e, 100, 0, 100);
    near(estimate_seconds(&e), 0.2 + 0.9);
    estimate_begin(&e, &grbl);
    estimate_add(&e, &(struct estimate_move){.delta = {100}, .feed_mm_s = 10, .rapid = true});
    near(estimate_seconds(&e), 0.4 + 60.0 / 200);
    estimate_begin(&e, &grbl);
    go(&e, 50, 0, 100);
    go(&e, 0, 50, 100);
    v = sqrt(1000 * 0.01 * sqrt(0.5) / (1 - sqrt(0.5))); /* 4.91 mm/s */
    near(estimate_seconds(&e),
         0.2 + 2 * (100 - v) / 1000 + (100 - 10 - (10000 - v * v) / 1000) / 100);
}

static void an_arc_is_as_long_as_it_is_and_slow_when_tight(void **state)
{
    struct estimate_move arc = {.delta = {0, 20},
                                .feed_mm_s = 50,
                                .arc = true,
                                .arc_mm = 31.4159,
                                .arc_radius = 10,
                                .enter = {1, 0},
                                .leave = {-1, 0}};

    (void)state;
    near(alone(&arc), 0.08 + (31.4159 - 2.4) / 50);
    arc.arc_radius = 0.4; /* sqrt(1000 * 0.4) = 20 mm/s */
    near(alone(&arc), 0.02 + (31.4159 - 0.3) / 20);
}

/* A move of any kind: lines, arcs, filament alone, up and down, next to nothing. */
static struct estimate_move any_move(unsigned seed)
{
    struct estimate_move m = {.feed_mm_s = 1 + seed % 97, .rapid = seed % 11 == 0};
    double turn = seed % 63 / 10.0;

    m.delta[AXIS_X] = seed % 7 == 0 ? 0 : (double)(seed % 41) / 7 - 3;
    m.delta[AXIS_Y] = seed % 7 == 0 ? 0 : (double)(seed % 53) / 9 - 3;
    m.delta[AXIS_Z] = seed % 29 == 0 ? 0.2 : 0;
    m.delta[AXIS_E] = seed % 5 == 0 ? 0 : (double)(seed % 31) / 20 - 0.2;
    if (seed % 13 != 0)
        return m;
    m.arc = true;
    m.arc_mm = 1 + seed % 17;
    m.arc_radius = 0.5 + seed % 5;
    m.enter[0] = cos(turn), m.enter[1] = sin(turn);
    m.leave[0] = -sin(turn), m.leave[1] = cos(turn);
    return m;
}

/* Seconds of the same moves; `apart`: each is a batch of its own, as a command comes between. */
static double walk(const struct profile *profile, unsigned count, bool apart)
{
    struct estimate e;
    struct gcode_line same, slower;

    gcode_line_parse(&same, "M220 S100", 9, GCODE_MARLIN);
    gcode_line_parse(&slower, "M204 S700", 9, GCODE_MARLIN);
    estimate_begin(&e, profile);
    for (unsigned i = 0; i < count; i++) {
        struct estimate_move m = any_move(i * 2654435761u >> 7);

        estimate_add(&e, &m);
        if (i == 150)
            estimate_command(&e, &slower);
        if (i % 400 == 399)
            estimate_stop(&e, 1);
        if (apart)
            estimate_command(&e, &same);
    }
    return estimate_seconds(&e);
}

static void moves_in_a_batch_are_what_they_are_alone(void **state)
{
    struct profile grbl = round_figures;

    (void)state;
    grbl.flavour = GCODE_GRBL;
    grbl.junction_deviation_mm = 0.01;
    grbl.jerk_mm_s[AXIS_X] = grbl.jerk_mm_s[AXIS_Y] = 0;
    for (unsigned count = 1; count < 1200; count += 1 + count / 9) {
        near(walk(&round_figures, count, false), walk(&round_figures, count, true));
        near(walk(&grbl, count, false), walk(&grbl, count, true));
    }
    assert_true(walk(&round_figures, 1000, false) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_move_is_a_trapezoid),
        cmocka_unit_test(a_short_move_is_a_triangle),
        cmocka_unit_test(each_axis_keeps_to_its_own_limits),
        cmocka_unit_test(moves_in_line_do_not_slow_down),
        cmocka_unit_test(a_corner_is_taken_at_the_speed_jerk_allows),
        cmocka_unit_test(waits_stop_the_machine),
        cmocka_unit_test(the_program_may_lower_limits),
        cmocka_unit_test(junction_deviation_and_rapids_are_those_of_grbl),
        cmocka_unit_test(an_arc_is_as_long_as_it_is_and_slow_when_tight),
        cmocka_unit_test(moves_in_a_batch_are_what_they_are_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
