/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher on hand-made snapshots: who may start. */
#include "table.h"

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

static void spoil_nozzle(struct table *t)
{
    t->program_rows[0].nozzle_mm = 0.6;
    t->profile.nozzle_mm = 0.4;
}

static void spoil_place(struct table *t)
{
    static const size_t first[] = {0};

    t->jobs[0].excluded = first;
    t->jobs[0].excluded_count = 1;
}

static void spoil_night(struct table *t)
{
    t->sites[0].quiet = true;
    t->profile.noisy = true;
}

/* It may be changed, but not before closing, and not by nobody. */
static void spoil_change(struct table *t)
{
    spoil_material(t);
    t->machines[0].change_s = 60;
    t->sites[0].closes_s = 150;
}

static void spoil_loader(struct table *t)
{
    spoil_material(t);
    t->machines[0].change_s = 60;
    t->profile.unattended = true;
    t->sites[0].open = false;
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
    {spoil_place, REFUSAL_EXCLUDED},
    {spoil_nozzle, REFUSAL_NOZZLE},
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
    {spoil_change, REFUSAL_CLOSING},
    {spoil_loader, REFUSAL_CLOSED},
    {spoil_night, REFUSAL_QUIET},
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
    t.sites[0] = (struct dispatch_site){.open = false, .closes_s = 0};
    t.profile.unattended = true;
    assert_int_equal(choose(&t), 1);
}

static void an_unknown_nozzle_suits(void **state)
{
    struct table t = simple();

    (void)state;
    t.profile.nozzle_mm = 0.4;
    assert_int_equal(choose(&t), 1);
    t.program_rows[0].nozzle_mm = 0.4 + 1e-9;
    t.jobs[0].owed = 10;
    assert_int_equal(choose(&t), 1);
}

static void a_quiet_machine_works_in_quiet_hours(void **state)
{
    struct table t = simple();

    (void)state;
    t.sites[0].quiet = true;
    assert_int_equal(choose(&t), 1);
}

static void a_material_that_may_be_changed_is_asked_for_and_not_started(void **state)
{
    struct table t = simple();

    (void)state;
    spoil_material(&t);
    t.machines[0].change_s = 60;
    assert_int_equal(why(&t), REFUSAL_CHANGE);
    assert_int_equal(choose(&t), 1);
    assert_true(t.choices[0].change);
    t.machines[0].material = 1;
    assert_int_equal(why(&t), REFUSAL_LATER);
    assert_int_equal(choose(&t), 1);
    assert_false(t.choices[0].change);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ready_machine_gets_the_job),
        cmocka_unit_test(each_obstacle_is_named_and_stops_the_start),
        cmocka_unit_test(another_site_is_refused),
        cmocka_unit_test(an_unknown_nozzle_suits),
        cmocka_unit_test(a_quiet_machine_works_in_quiet_hours),
        cmocka_unit_test(a_material_that_may_be_changed_is_asked_for_and_not_started),
        cmocka_unit_test(a_machine_that_may_run_alone_works_when_the_site_is_closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
