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

/* A single (2 h), and a stack of 4 (8 h 20); the site is open 12 h, then closed 12 h. */
static struct table day(double open_h)
{
    struct table t = simple();

    add_program(&t, 0, 0, 4);
    t.programs[0].models[0].time_s = 2 * 3600;
    t.programs[1].models[0].time_s = 8.33 * 3600;
    t.jobs[0].owed = 100;
    t.profile.unattended = true;
    t.sites[0] = (struct dispatch_site){
        .open = true, .closes_s = open_h * 3600, .clear_s = 600, .span_count = 2};
    t.sites[0].spans[0] = (struct dispatch_span){0, open_h * 3600};
    t.sites[0].spans[1] = (struct dispatch_span){(open_h + 12) * 3600, (open_h + 24) * 3600};
    return t;
}

/* Hours left, programs taken (S single, K stack) one after the other until closing. */
static void a_day(double open_h, const char *expected)
{
    char taken[16] = "";
    size_t n = 0;

    for (double left = open_h; left > 0 && n < sizeof taken - 1;) {
        struct table t = day(left);

        assert_int_equal(choose(&t), 1);
        taken[n++] = t.choices[0].program == 0 ? 'S' : 'K';
        left -= t.choices[0].time_s / 3600 + 1.0 / 6;
    }
    taken[n] = '\0';
    assert_string_equal(taken, expected);
}

static void singles_by_day_and_a_stack_over_night(void **state)
{
    (void)state;
    a_day(7, "SSSK");    /* 3 x 2:10 = 6:30, then the night */
    a_day(12, "SSSSSK"); /* 5 x 2:10 = 10:50 */
    a_day(1, "K");
}

static void a_stack_that_nobody_may_leave_alone_waits_for_a_long_day(void **state)
{
    struct table t = day(8);

    (void)state;
    t.profile.unattended = false;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].program, 0);
}

static void what_often_fails_is_worth_less(void **state)
{
    struct table t = day(1);

    (void)state;
    t.programs[1].scrap = 0.8;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].program, 0);
}

static void a_night_is_not_given_to_a_short_run_for_a_few_pieces(void **state)
{
    struct table t = day(1);
    size_t clip = add_part(&t, 0, 100);

    (void)state;
    t.parts[0].have = 20; /* a fifth of a day ahead of the clips */
    add_job(&t, clip, 100);
    add_program(&t, clip, 0, 4);
    t.programs[2].models[0].time_s = 2 * 3600;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].program, 1);
    t.parts[0].have = 200; /* two days ahead */
    t.jobs[0].owed = 100;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].job, 1);
}

static void a_job_goes_first_where_it_prefers_to_be_made(void **state)
{
    struct table t = begin();
    size_t a = add_part(&t, 90, 100), b = add_part(&t, 0, 100);
    static const size_t second[] = {1};

    (void)state;
    add_program(&t, a, 0, 1);
    add_program(&t, b, 0, 1);
    add_machine(&t, 0);
    add_machine(&t, 0);
    add_job(&t, a, 10);
    add_job(&t, b, 10);
    t.jobs[0].preferred = second;
    t.jobs[0].preferred_count = 1;
    assert_int_equal(choose(&t), 2);
    assert_int_equal(t.choices[0].machine, 1); /* has the first turn */
    assert_int_equal(t.choices[0].job, 0);     /* though the kit lacks the other */
    assert_int_equal(t.choices[1].job, 1);
    t.jobs[0].owed = 1;
    t.job_rows[1].state = JOB_HELD;
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].machine, 1); /* the only piece is made there */
}

static void of_one_part_the_job_that_is_due_first_is_made(void **state)
{
    struct table t = simple();

    (void)state;
    add_program(&t, 0, 0, 4);
    t.programs[1].models[0].time_s = 300;
    t.jobs[0].owed = 100;
    add_job(&t, 0, 1)->due_ms = 500; /* one piece, by the slower program */
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].job, 1);
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
        cmocka_unit_test(singles_by_day_and_a_stack_over_night),
        cmocka_unit_test(a_stack_that_nobody_may_leave_alone_waits_for_a_long_day),
        cmocka_unit_test(what_often_fails_is_worth_less),
        cmocka_unit_test(a_night_is_not_given_to_a_short_run_for_a_few_pieces),
        cmocka_unit_test(a_job_goes_first_where_it_prefers_to_be_made),
        cmocka_unit_test(of_one_part_the_job_that_is_due_first_is_made),
        cmocka_unit_test(by_products_count_for_the_job_that_owes_them),
        cmocka_unit_test(a_machine_only_looks_at_ways_for_its_model),
        cmocka_unit_test(lower_priorities_are_not_looked_at_once_one_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
