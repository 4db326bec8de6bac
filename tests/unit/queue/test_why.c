/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a job from a machine, from the config and the file to the words people read. */
#include "desk.h"
#include "queue/load.h"
#include "queue/programs.h"
#include "queue/shares.h"

static const char printer[] = "{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"prusa-mk3\","
                              " \"port\": \"/dev/p1\", \"material\": \"%s\", \"profile\": {%s}}";

/* The printer alone, with what is loaded and what differs from its model. */
static void reload(struct desk *desk, const char *material, const char *profile)
{
    char machines[400], state[256];
    struct config *config;

    snprintf(state, sizeof state, "%s", desk->config->state);
    snprintf(machines, sizeof machines, printer, material, profile);
    config = desk_config(state, machines);
    queue_configure(desk->queue, config);
    config_unref(config);
    desk_settle(desk);
}

static void upload(struct desk *desk, const char *comment)
{
    struct program_request ask = {.name = "plate",
                                  .models = {"prusa-mk3"},
                                  .model_count = 1,
                                  .yields = {{"serre-tete", 2}},
                                  .yield_count = 1,
                                  .by = "test"};
    char gcode[1000];

    snprintf(gcode, sizeof gcode, "%s\n%s", comment, desk_gcode);
    assert_int_equal(desk_upload(desk, &ask, gcode), ERR_OK);
}

static void make_ready(struct desk *desk)
{
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
}

static void said(struct desk *desk, const char *machine, const char *reason, const char *message)
{
    struct why *why;
    size_t count;

    assert_int_equal(queue_why(desk->queue, 1, machine, &why, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(why[0].reason, reason);
    if (message != NULL)
        assert_string_equal(why[0].message, message);
    free(why);
}

static void machines_a_job_is_not_for_are_known_after_a_restart(void **state)
{
    struct desk *desk = *state;
    struct job job = {.part = "serre-tete", .target = 10};

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    job.preferred = (struct job_machines){{"p2"}, 1};
    job.excluded = (struct job_machines){{"e1", "p1"}, 2};
    queue_job_add(desk->queue, &job, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    make_ready(desk);
    assert_null(desk_told(desk, ORDER_START, "p1"));
    said(desk, "p1", "excluded", NULL);
    desk_restart(desk);
    said(desk, "p1", "excluded", NULL);
    assert_string_equal(queue_job_find(desk->queue, 1)->preferred.ids[0], "p2");
    job = (struct job){.id = 1}; /* none excluded any more */
    queue_job_set(desk->queue, &job, JOB_SET_EXCLUDED, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->preferred.count, 1);
    desk_start(desk, "p1");
}

static void an_unknown_machine_is_refused(void **state)
{
    struct desk *desk = *state;
    struct job job = {.part = "serre-tete", .target = 10, .excluded = {{"x9"}, 1}};

    queue_job_add(desk->queue, &job, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_INVALID);
    assert_string_equal(desk->text, "no machine \"x9\" in the config");
}

static void another_nozzle_is_named(void **state)
{
    struct desk *desk = *state;

    upload(desk, "; nozzle_diameter = 0.6");
    desk_job(desk, "serre-tete", 10);
    make_ready(desk);
    assert_null(desk_told(desk, ORDER_START, "p1"));
    said(desk, "p1", "nozzle",
         "the program is for a 0.6 mm nozzle, this machine has 0.4 mm: slice it again, or say "
         "which nozzle it has in the config");
    desk_restart(desk); /* the nozzle is kept with the program */
    said(desk, "p1", "nozzle", NULL);
    reload(desk, "PETG", "\"nozzle_mm\": 0.6");
    desk_start(desk, "p1");
}

static void what_must_be_loaded_is_named(void **state)
{
    struct desk *desk = *state;

    upload(desk, "; filament_type = PETG");
    desk_job(desk, "serre-tete", 10);
    reload(desk, "PLA", "");
    make_ready(desk);
    assert_null(desk_told(desk, ORDER_START, "p1"));
    said(desk, "p1", "material",
         "PLA is loaded, the program is for PETG: change the material, or add a program for it");
    reload(desk, "PLA", "\"change_min\": 10");
    assert_null(desk_told(desk, ORDER_START, "p1")); /* nobody has loaded it yet */
    said(desk, "p1", "change", "PLA is loaded: load PETG, then say so (usine machine p1 load)");
    assert_string_equal(queue_material_wanted(desk->queue, "p1"), "PETG");
    reload(desk, "PETG", "");
    assert_non_null(desk_told(desk, ORDER_START, "p1"));
    assert_string_equal(queue_material_wanted(desk->queue, "p1"), "");
}

/* 14:00 at Caen, whose quiet hours end at 16:00. */
static void noisy_machines_wait_for_the_end_of_quiet_hours(void **state)
{
    struct desk *desk = *state;

    upload(desk, "");
    desk_job(desk, "serre-tete", 10);
    reload(desk, "PETG", "\"noisy\": true");
    make_ready(desk);
    assert_null(desk_told(desk, ORDER_START, "p1"));
    said(desk, "p1", "quiet", "quiet hours: this machine may start at 16:00");
    reload(desk, "PETG", "");
    assert_non_null(desk_told(desk, ORDER_START, "p1"));
}

/* Rouen (2 machines, one of them a PLA Ender without a program) and Caen share by what they have.
 */
static void each_site_is_told_its_share(void **state)
{
    struct desk *desk = *state;
    struct share *shares;
    size_t count;
    int64_t done_ms;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 11);
    assert_int_equal(queue_shares(desk->queue, 1, &shares, &count, &done_ms), ERR_OK);
    assert_int_equal(count, 0); /* nothing is connected */
    assert_int_equal(done_ms, 0);
    free(shares);
    make_ready(desk);
    desk_view(desk, "p2", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(queue_job_find(desk->queue, 1)->owed, 9); /* p1 has begun */
    assert_int_equal(queue_shares(desk->queue, 1, &shares, &count, &done_ms), ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(shares[0].site, "caen");
    assert_int_equal(shares[0].machines, 1);
    assert_int_equal(shares[0].pieces + shares[1].pieces, 9);
    assert_true(shares[0].pieces == 4 || shares[0].pieces == 5);
    assert_true(done_ms > desk->now_ms);
    free(shares);
    assert_int_equal(queue_shares(desk->queue, 2, &shares, &count, &done_ms), ERR_NOT_FOUND);
}

/* test_choice.c: what_often_fails_is_worth_less. */
static void what_a_program_loses_is_known_after_a_restart(void **state)
{
    struct desk *desk = *state;
    int64_t run;

    assert_int_equal(desk_program(desk, "stack", "prusa-mk3", "serre-tete", 4), ERR_OK);
    desk_job(desk, "serre-tete", 20);
    assert_float_equal(programs_loss(queue_program_at(desk->queue, 0)), 0, 0);
    run = desk_start(desk, "p1");
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(desk_count(desk, "p1", 1, 3, "warped"), ERR_OK);
    assert_float_equal(programs_loss(queue_program_at(desk->queue, 0)), 3.0 / 24, 1e-9);
    desk_restart(desk);
    assert_float_equal(programs_loss(queue_program_at(desk->queue, 0)), 3.0 / 24, 1e-9);
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(machines_a_job_is_not_for_are_known_after_a_restart),
        DESK_TEST(an_unknown_machine_is_refused),
        DESK_TEST(another_nozzle_is_named),
        DESK_TEST(what_must_be_loaded_is_named),
        DESK_TEST(what_a_program_loses_is_known_after_a_restart),
        DESK_TEST(each_site_is_told_its_share),
        DESK_TEST(noisy_machines_wait_for_the_end_of_quiet_hours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
