/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher on hand-made snapshots: who comes first. */
#include "table.h"

static void priority_goes_before_balance_before_due_date(void **state)
{
    struct table t = begin();
    size_t much = add_part(&t, 90, 100), little = add_part(&t, 10, 100);

    (void)state;
    add_program(&t, much, 0, 1);
    add_program(&t, little, 0, 1);
    add_machine(&t, 0);
    add_job(&t, much, 10)->due_ms = 500;   /* 0: due first */
    add_job(&t, little, 10)->due_ms = 900; /* 1 */
    add_job(&t, little, 10)->due_ms = 800; /* 2: holds the kit back, and is due before 1 */
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].job, 2);
    t.job_rows[0].priority = 6;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].job, 0);
}

static void machines_share_out_what_the_kit_lacks(void **state)
{
    struct table t = begin();
    size_t a = add_part(&t, 0, 10), b = add_part(&t, 0, 10);
    size_t made[2] = {0};

    (void)state;
    add_program(&t, a, 0, 1);
    add_program(&t, b, 0, 1);
    add_job(&t, a, 100);
    add_job(&t, b, 100);
    for (int i = 0; i < 6; i++)
        add_machine(&t, 0);
    assert_int_equal(choose(&t), 6);
    for (int i = 0; i < 6; i++)
        made[t.choices[i].job]++;
    assert_int_equal(made[0], 3);
    assert_int_equal(made[1], 3);
}

static void overproduction_stays_within_one_run(void **state)
{
    struct table t = simple();

    (void)state;
    t.jobs[0].owed = 5;
    t.program_rows[0].yields[0].pieces = 4;
    for (int i = 0; i < 4; i++)
        add_machine(&t, 0);
    assert_int_equal(choose(&t), 2); /* 4, then 8 >= 5: enough */
    assert_int_equal(t.jobs[0].owed, -3);
}

static void the_program_with_the_least_time_per_owed_piece_is_taken(void **state)
{
    struct table t = simple();

    (void)state;
    add_program(&t, 0, 0, 4);
    t.programs[1].models[0].time_s = 300; /* 75 s a piece, but 300 s for one */
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].program, 1);
    t.jobs[0].owed = 1;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].program, 0);
}

static void the_program_that_fits_the_remaining_hours_is_taken(void **state)
{
    struct table t = simple();

    (void)state;
    add_program(&t, 0, 0, 4);
    t.programs[1].models[0].time_s = 300;
    t.sites[0].closes_s = 200;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].program, 0);
}

static void by_products_count_for_the_job_that_owes_them(void **state)
{
    struct table t = begin();
    size_t a = add_part(&t, 0, 10), b = add_part(&t, 0, 10), c = add_part(&t, 0, 10);

    (void)state;
    add_job(&t, a, 10)->priority = 9;
    add_job(&t, b, 10);
    add_program(&t, a, 0, 2);
    t.program_rows[0].yield_count = 3;
    t.program_rows[0].yields[1].pieces = 3;
    t.program_rows[0].yields[2].pieces = 1;
    t.programs[0].parts[1] = b;
    t.programs[0].parts[2] = c;
    add_machine(&t, 0);
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].credit[0], 0);
    assert_int_equal(t.choices[0].credit[1], 1);
    assert_true(t.choices[0].credit[2] == SIZE_MAX); /* surplus */
    assert_int_equal(t.jobs[1].owed, 7);
}

static void a_machine_only_looks_at_ways_for_its_model(void **state)
{
    struct table t = begin();

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        size_t part = add_part(&t, 0, 10);

        add_job(&t, part, 10);
        add_program(&t, part, i == 5, 1);
    }
    add_machine(&t, 1);
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.looked, 1);
    t.views[0].state = MACHINE_RUNNING;
    assert_int_equal(choose(&t), 0);
    assert_int_equal(t.looked, 0); /* a busy machine costs nothing */
}

static void lower_priorities_are_not_looked_at_once_one_is_found(void **state)
{
    struct table t = begin();
    size_t part = add_part(&t, 0, 10);

    (void)state;
    add_program(&t, part, 0, 1);
    add_machine(&t, 0);
    for (int i = 0; i < 8; i++)
        add_job(&t, part, 10)->priority = i;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].job, 7);
    assert_int_equal(t.looked, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(priority_goes_before_balance_before_due_date),
        cmocka_unit_test(machines_share_out_what_the_kit_lacks),
        cmocka_unit_test(overproduction_stays_within_one_run),
        cmocka_unit_test(the_program_with_the_least_time_per_owed_piece_is_taken),
        cmocka_unit_test(the_program_that_fits_the_remaining_hours_is_taken),
        cmocka_unit_test(by_products_count_for_the_job_that_owes_them),
        cmocka_unit_test(a_machine_only_looks_at_ways_for_its_model),
        cmocka_unit_test(lower_priorities_are_not_looked_at_once_one_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
