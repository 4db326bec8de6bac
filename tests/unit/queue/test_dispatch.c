/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher on hand-made snapshots. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "queue/dispatch.h"

enum { MODELS = 2, ROOM = 8, NOW = 1000000 };

struct table {
    struct dispatch d;
    struct dispatch_part parts[ROOM];
    struct dispatch_site sites[2];
    struct dispatch_job jobs[ROOM];
    struct job job_rows[ROOM];
    struct dispatch_program programs[ROOM];
    struct program program_rows[ROOM];
    struct dispatch_machine machines[ROOM];
    struct machine_view views[ROOM];
    struct profile profile;
    struct dispatch_way ways[ROOM * ROOM * PROGRAM_MODELS_MAX];
    size_t heads[MODELS];
    struct dispatch_choice choices[ROOM];
    size_t looked;
};

static struct table begin(void)
{
    struct table t = {.profile = {.kind = KIND_PRINTER,
                                  .max_mm = {200, 200, 200},
                                  .nozzle_max_c = 280,
                                  .bed_max_c = 100}};

    t.d.now_ms = NOW;
    t.d.model_count = MODELS;
    t.sites[0] = t.sites[1] = (struct dispatch_site){true, INFINITY};
    t.d.site_count = 2;
    return t;
}

static void tie(struct table *t)
{
    t->d.parts = t->parts;
    t->d.sites = t->sites;
    t->d.jobs = t->jobs;
    t->d.programs = t->programs;
    t->d.machines = t->machines;
    for (size_t i = 0; i < t->d.job_count; i++)
        t->jobs[i].job = &t->job_rows[i];
    for (size_t i = 0; i < t->d.program_count; i++)
        t->programs[i].program = &t->program_rows[i];
    for (size_t i = 0; i < t->d.machine_count; i++) {
        t->machines[i].view = &t->views[i];
        t->machines[i].profile = &t->profile;
    }
}

static size_t add_part(struct table *t, double have, double needed)
{
    t->parts[t->d.part_count] = (struct dispatch_part){have, needed};
    return t->d.part_count++;
}

static struct job *add_job(struct table *t, size_t part, int64_t owed)
{
    size_t i = t->d.job_count++;

    t->jobs[i] = (struct dispatch_job){.part = part, .owed = owed};
    t->job_rows[i] = (struct job){.id = (int64_t)i + 1, .priority = 5, .target = owed};
    return &t->job_rows[i];
}

/* Makes `pieces` of one part on one model. */
static struct program *add_program(struct table *t, size_t part, int model, int64_t pieces)
{
    size_t i = t->d.program_count++;

    t->programs[i] = (struct dispatch_program){.parts = {part}};
    t->programs[i].models[0] = (struct dispatch_model){model, true, 100};
    t->program_rows[i] = (struct program){.model_count = 1, .yield_count = 1};
    t->program_rows[i].yields[0].pieces = pieces;
    for (int k = 0; k < 3; k++) {
        t->program_rows[i].min_mm[k] = 10;
        t->program_rows[i].max_mm[k] = 100;
    }
    return &t->program_rows[i];
}

static struct dispatch_machine *add_machine(struct table *t, int model)
{
    size_t i = t->d.machine_count++;

    t->machines[i] = (struct dispatch_machine){.model = model, .consent = 1, .given_ms = NOW - 10};
    t->views[i] = (struct machine_view){.state = MACHINE_IDLE, .bed = BED_CLEAR};
    return &t->machines[i];
}

static size_t choose(struct table *t)
{
    tie(t);
    assert_true(dispatch_ways(&t->d) <= ROOM * ROOM * PROGRAM_MODELS_MAX);
    return dispatch_choose(&t->d, t->ways, t->heads, t->choices, &t->looked);
}

static enum refusal why(struct table *t)
{
    size_t program;

    tie(t);
    return dispatch_why(&t->d, 0, 0, &program);
}

/* One part, one job that owes 10, one program of 1 piece, one machine that is ready. */
static struct table simple(void)
{
    struct table t = begin();
    size_t part = add_part(&t, 0, 100);

    add_job(&t, part, 10);
    add_program(&t, part, 0, 1);
    add_machine(&t, 0);
    return t;
}

static void a_ready_machine_gets_the_job(void **state)
{
    struct table t = simple();

    (void)state;
    assert_int_equal(why(&t), REFUSAL_LATER);
    assert_int_equal(choose(&t), 1);
    assert_int_equal(t.choices[0].job, 0);
    assert_int_equal(t.choices[0].credit[0], 0);
    assert_int_equal(t.jobs[0].owed, 9);
}

/* One change to the simple table each, and the reason it gives. */
static void spoil_cancelled(struct table *t)
{
    t->job_rows[0].state = JOB_CANCELLED;
}
static void spoil_done(struct table *t)
{
    t->job_rows[0].state = JOB_DONE;
}
static void spoil_held(struct table *t)
{
    t->job_rows[0].state = JOB_HELD;
}
static void spoil_flight(struct table *t)
{
    t->jobs[0].owed = 0;
}
static void spoil_program(struct table *t)
{
    t->d.program_count = 0;
}
static void spoil_model(struct table *t)
{
    t->machines[0].model = 1;
}
static void spoil_policy(struct table *t)
{
    t->programs[0].models[0].accepted = false;
}
static void spoil_bed(struct table *t)
{
    t->program_rows[0].max_mm[1] = 201;
}
static void spoil_low(struct table *t)
{
    t->program_rows[0].min_mm[0] = -1;
}
static void spoil_heat(struct table *t)
{
    t->program_rows[0].nozzle_max_c = 281;
}
static void spoil_plate(struct table *t)
{
    t->program_rows[0].bed_max_c = 101;
}
static void spoil_flags(struct table *t)
{
    t->views[0].flags = FLAG_QUARANTINED;
}
static void spoil_offline(struct table *t)
{
    t->views[0].state = MACHINE_OFFLINE;
}
static void spoil_locked(struct table *t)
{
    t->views[0].state = MACHINE_LOCKED;
}
static void spoil_idle(struct table *t)
{
    t->views[0].state = MACHINE_HELD;
}
static void spoil_busy(struct table *t)
{
    t->machines[0].busy = true;
}
static void spoil_verdict(struct table *t)
{
    t->machines[0].awaits_verdict = true;
}
static void spoil_occupied(struct table *t)
{
    t->views[0].bed = BED_OCCUPIED;
}
static void spoil_consent(struct table *t)
{
    t->machines[0].consent = 0;
}
static void spoil_wait(struct table *t)
{
    t->machines[0].hold_ms = 5000;
}
static void spoil_gate(struct table *t)
{
    t->machines[0].refused_until_ms = NOW + 1;
}
static void spoil_closed(struct table *t)
{
    t->sites[0].open = false;
}
static void spoil_closing(struct table *t)
{
    t->sites[0].closes_s = 99;
}

static void spoil_material(struct table *t)
{
    t->programs[0].material = 1;
    t->machines[0].material = 2;
}

static void spoil_presence(struct table *t)
{
    t->profile.kind = KIND_LASER;
    t->profile.attend_max_min = 10;
    t->machines[0].given_ms = NOW - 601000;
}

static const struct {
    void (*spoil)(struct table *t);
    enum refusal refusal;
} spoils[] = {
    {spoil_cancelled, REFUSAL_CANCELLED},
    {spoil_done, REFUSAL_DONE},
    {spoil_held, REFUSAL_HELD},
    {spoil_flight, REFUSAL_IN_FLIGHT},
    {spoil_program, REFUSAL_NO_PROGRAM},
    {spoil_model, REFUSAL_MODEL},
    {spoil_policy, REFUSAL_POLICY},
    {spoil_bed, REFUSAL_BED},
    {spoil_low, REFUSAL_BED},
    {spoil_heat, REFUSAL_HEAT},
    {spoil_plate, REFUSAL_HEAT},
    {spoil_material, REFUSAL_MATERIAL},
    {spoil_flags, REFUSAL_FLAGS},
    {spoil_offline, REFUSAL_OFFLINE},
    {spoil_locked, REFUSAL_LOCKED},
    {spoil_idle, REFUSAL_NOT_IDLE},
    {spoil_busy, REFUSAL_NOT_IDLE},
    {spoil_verdict, REFUSAL_VERDICT},
    {spoil_occupied, REFUSAL_BED_STATE},
    {spoil_consent, REFUSAL_BED_STATE},
    {spoil_wait, REFUSAL_WAIT},
    {spoil_presence, REFUSAL_UNATTENDED},
    {spoil_gate, REFUSAL_GATE},
    {spoil_closed, REFUSAL_CLOSED},
    {spoil_closing, REFUSAL_CLOSING},
};

static void each_obstacle_is_named_and_stops_the_start(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
        struct table t = simple();

        spoils[i].spoil(&t);
        if (why(&t) != spoils[i].refusal)
            fail_msg("row %zu: %s in place of %s", i, refusal_key(why(&t)),
                     refusal_key(spoils[i].refusal));
        assert_int_equal(choose(&t), 0);
    }
}

static void another_site_is_refused(void **state)
{
    struct table t = simple();
    static const size_t elsewhere[] = {1};

    (void)state;
    t.jobs[0].sites = elsewhere;
    t.jobs[0].site_count = 1;
    assert_int_equal(why(&t), REFUSAL_SITE);
    assert_int_equal(choose(&t), 0);
    t.machines[0].site = 1;
    assert_int_equal(choose(&t), 1);
}

static void a_machine_that_may_run_alone_works_when_the_site_is_closed(void **state)
{
    struct table t = simple();

    (void)state;
    t.sites[0] = (struct dispatch_site){false, 0};
    t.profile.unattended = true;
    assert_int_equal(choose(&t), 1);
}

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
        cmocka_unit_test(a_ready_machine_gets_the_job),
        cmocka_unit_test(each_obstacle_is_named_and_stops_the_start),
        cmocka_unit_test(another_site_is_refused),
        cmocka_unit_test(a_machine_that_may_run_alone_works_when_the_site_is_closed),
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
