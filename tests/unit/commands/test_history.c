/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "commands/history.h"

static struct machine_view view(const char *id, float nozzle)
{
    struct machine_view v = {.state = MACHINE_RUNNING, .run = 1, .progress = 0.5};

    snprintf(v.id, sizeof v.id, "%s", id);
    v.nozzle = nozzle;
    v.nozzle_target = 215;
    v.bed_temp = v.bed_target = NAN;
    return v;
}

static void an_hour_is_kept_and_the_oldest_goes_first(void **state)
{
    struct history history = {.rings = NULL};
    struct machine_view p1 = view("p1", 20);
    const struct history_ring *ring;

    (void)state;
    assert_null(history_of(&history, "p1"));
    for (int i = 0; i < HISTORY_SAMPLES + 10; i++) {
        p1.nozzle = (float)i / 10;
        history_take(&history, &p1, 1, (int64_t)i * HISTORY_EVERY_MS);
    }
    ring = history_of(&history, "p1");
    assert_non_null(ring);
    assert_int_equal(ring->count, HISTORY_SAMPLES);
    assert_int_equal(history_sample(ring, 0)->nozzle, 10);
    assert_int_equal(history_sample(ring, 0)->at_s, 50);
    assert_int_equal(history_sample(ring, ring->count - 1)->nozzle, HISTORY_SAMPLES + 9);
    assert_int_equal(history_sample(ring, 0)->nozzle_target, 2150);
    assert_int_equal(history_sample(ring, 0)->progress, 5000);
    history_finish(&history);
}

static void what_is_unknown_or_nonsense_is_unknown(void **state)
{
    struct history history = {.rings = NULL};
    struct machine_view p1 = view("p1", 1e9f);

    (void)state;
    p1.run = 0;
    history_take(&history, &p1, 1, 1000);
    assert_int_equal(history_sample(history_of(&history, "p1"), 0)->nozzle, HISTORY_UNKNOWN);
    assert_int_equal(history_sample(history_of(&history, "p1"), 0)->bed, HISTORY_UNKNOWN);
    assert_int_equal(history_sample(history_of(&history, "p1"), 0)->progress, HISTORY_UNKNOWN);
    history_finish(&history);
}

static void machines_that_stay_keep_their_hour_over_a_reload(void **state)
{
    struct history history = {.rings = NULL};
    struct machine_view two[2] = {view("p1", 1), view("p2", 2)};
    struct machine_view other[2] = {view("p3", 3), view("p1", 1)};

    (void)state;
    history_take(&history, two, 2, 1000);
    history_take(&history, other, 2, 6000);
    assert_int_equal(history_of(&history, "p1")->count, 2);
    assert_int_equal(history_of(&history, "p3")->count, 1);
    assert_null(history_of(&history, "p2"));
    history_take(&history, NULL, 0, 11000);
    assert_null(history_of(&history, "p1"));
    history_finish(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_hour_is_kept_and_the_oldest_goes_first),
        cmocka_unit_test(what_is_unknown_or_nonsense_is_unknown),
        cmocka_unit_test(machines_that_stay_keep_their_hour_over_a_reload),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
