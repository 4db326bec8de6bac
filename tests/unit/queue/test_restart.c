/* SPDX-License-Identifier: Apache-2.0 */
/* What is found again after a restart of the daemon. */
#include "desk.h"

static int64_t running(struct desk *desk)
{
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    return desk_start(desk, "p1");
}

static void jobs_programs_and_counts_are_found_again(void **state)
{
    struct desk *desk = *state;
    struct job job = {.part = "serre-tete",
                      .target = 7,
                      .priority = 8,
                      .due_ms = 1600000000000,
                      .sites = {"caen", "rouen"},
                      .site_count = 2,
                      .note = "for Rouen",
                      .by = "zoe"};
    const struct job *found;
    const struct program *program;

    desk_ended(desk, "p1", running(desk), RUN_FINISHED, "");
    assert_int_equal(desk_count(desk, "p1", 1, 1, "warped"), ERR_OK);
    queue_job_add(desk->queue, &job, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    desk_restart(desk);

    found = queue_job_find(desk->queue, 1);
    assert_int_equal(found->good, 1);
    assert_int_equal(found->scrap, 1);
    assert_int_equal(found->in_flight, 0);
    found = queue_job_find(desk->queue, 2);
    assert_int_equal(found->target, 7);
    assert_int_equal(found->priority, 8);
    assert_true(found->due_ms == job.due_ms);
    assert_int_equal(found->site_count, 2);
    assert_string_equal(found->sites[1], "rouen");
    assert_string_equal(found->note, "for Rouen");
    assert_string_equal(found->by, "zoe");
    program = queue_program_find(desk->queue, "plate");
    assert_non_null(program);
    assert_int_equal(program->yields[0].pieces, 2);
    assert_true(program->models[0].accepted);
    assert_true(program->max_mm[0] == 60.0);
    assert_non_null(cJSON_GetObjectItem(program->analysis, "models"));
}

static void a_printers_run_is_adopted_with_what_it_had_acknowledged(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk);
    struct machine_view view = *queue_view(desk->queue, "p1");
    struct event event = {.kind = EVENT_VIEWS, .views = &view, .view_count = 1};
    const struct order *adopt;

    view.run = run;
    view.line = 4;
    desk->now_ms += 2000;
    view.heard_ms = desk->now_ms;
    queue_on_event(desk->queue, &event);
    desk_restart(desk);

    adopt = desk_told(desk, ORDER_ADOPT, "p1");
    assert_non_null(adopt);
    assert_int_equal(adopt->run.run, run);
    assert_int_equal(adopt->run.acked, 4);
    assert_true(adopt->run.heard_ms == desk->now_ms);
    assert_int_equal(desk->orders[0].kind, ORDER_CONFIGURE);
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p1")->bed, BED_OCCUPIED);
    assert_int_equal(queue_job_find(desk->queue, 1)->in_flight, 2);
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 2);
}

static void a_run_ordered_and_never_begun_is_asked_about(void **state)
{
    struct desk *desk = *state;
    int64_t run;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    run = desk_told(desk, ORDER_START, "p1")->run.run;
    desk_restart(desk);
    assert_int_equal(desk_told(desk, ORDER_ADOPT, "p1")->run.run, run);
    assert_null(desk_told(desk, ORDER_CONSENT, "p1")); /* consumed */
    desk_view(desk, "p1", MACHINE_IDLE, BED_OCCUPIED);
    desk_ended(desk, "p1", run, RUN_REFUSED, "it had not begun");
    desk_view(desk, "p1", MACHINE_IDLE, BED_OCCUPIED);
    desk->now_ms += 60000;
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0); /* a person looks first */
    assert_int_equal(queue_job_find(desk->queue, 1)->in_flight, 0);
}

static void a_lasers_run_never_resumes(void **state)
{
    struct desk *desk = *state;
    int64_t run;

    assert_int_equal(desk_program(desk, "sheet", "grbl-600x400", "ecran", 2), ERR_OK);
    desk_job(desk, "ecran", 10);
    run = desk_start(desk, "l1");
    desk_restart(desk);
    assert_null(desk_told(desk, ORDER_ADOPT, "l1"));
    assert_int_equal(queue_run_find(desk->queue, run)->status, RUN_STATUS_FAILED);
    assert_int_equal(queue_job_find(desk->queue, 1)->owed, 10);
    assert_int_equal(desk_count(desk, "l1", 1, 0, ""), ERR_OK); /* one was whole, says anne */
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 1);
}

static void a_consent_holds_over_a_restart(void **state)
{
    struct desk *desk = *state;
    int64_t consent;

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    consent = desk->id;
    desk_restart(desk);
    assert_int_equal(desk_told(desk, ORDER_CONSENT, "p1")->consent, consent);
    assert_true(desk_told(desk, ORDER_CONSENT, "p1")->given_ms == desk->now_ms);
    assert_string_equal(desk_told(desk, ORDER_CONSENT, "p1")->by, "anne");
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p2")->bed, BED_UNCERTAIN); /* by default */
}

static void a_bed_that_became_uncertain_stays_so(void **state)
{
    struct desk *desk = *state;
    struct event bed = {.kind = EVENT_BED, .machine = "p1", .bed = BED_UNCERTAIN};

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    bed.consent = desk->id;
    queue_on_event(desk->queue, &bed); /* somebody jogged it */
    queue_withdraw(desk->queue, "p1", "anne", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED); /* the word is void already */
    desk_restart(desk);
    assert_null(desk_told(desk, ORDER_CONSENT, "p1"));
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p1")->bed, BED_UNCERTAIN);
}

static void a_verdict_is_awaited_over_a_restart(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk);

    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    desk_restart(desk);
    assert_null(desk_told(desk, ORDER_ADOPT, "p1"));
    assert_int_equal(queue_job_find(desk->queue, 1)->in_flight, 2);
    desk_view(desk, "p1", MACHINE_IDLE, BED_OCCUPIED);
    assert_int_equal(queue_view(desk->queue, "p1")->last_run, run);
    assert_int_equal(queue_view(desk->queue, "p1")->last_outcome, RUN_FINISHED);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 2);
}

static void a_run_of_a_machine_that_left_can_still_be_counted(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk);
    struct config *config = desk_config(
        desk->folder,
        "{\"id\": \"p2\", \"site\": \"rouen\", \"model\": \"prusa-mk3\", \"port\": \"/dev/p2\"}");

    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    queue_configure(desk->queue, config);
    config_unref(config);
    assert_null(queue_view(desk->queue, "p1"));
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 2);
    assert_int_equal(desk_clear(desk, "p1"), ERR_NOT_FOUND);
}

static void view_with(struct desk *desk, enum machine_state state, unsigned flags, const char *why)
{
    struct machine_view view = *queue_view(desk->queue, "p1");
    struct event event = {.kind = EVENT_VIEWS, .views = &view, .view_count = 1};

    view.state = state;
    view.flags = flags;
    snprintf(view.message, sizeof view.message, "%s", why);
    queue_on_event(desk->queue, &event);
}

static void a_locked_machine_stays_locked(void **state)
{
    struct desk *desk = *state;
    const struct order *order;

    view_with(desk, MACHINE_LOCKED, 0, "thermal runaway");
    view_with(desk, MACHINE_OFFLINE, 0, "unplugged"); /* pulling the plug unlocks nothing */
    desk_restart(desk);
    order = desk_told(desk, ORDER_OCCUPY, "p1");
    assert_true(order->locked);
    assert_string_equal(order->line, "thermal runaway");
    assert_false(desk_told(desk, ORDER_OCCUPY, "p2")->locked);
    view_with(desk, MACHINE_LOCKED, 0, "thermal runaway");
    view_with(desk, MACHINE_IDLE, 0, ""); /* somebody unlocked it */
    desk_restart(desk);
    assert_false(desk_told(desk, ORDER_OCCUPY, "p1")->locked);
}

static void out_of_service_and_quarantine_outlive_early_views(void **state)
{
    struct desk *desk = *state;

    view_with(desk, MACHINE_IDLE, FLAG_OUT_OF_SERVICE | FLAG_NOT_READY, "");
    desk_restart(desk);
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p1")->flags, FLAG_OUT_OF_SERVICE);
    view_with(desk, MACHINE_OFFLINE, 0, ""); /* made before the floor read the order */
    desk_restart(desk);
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p1")->flags, FLAG_OUT_OF_SERVICE);
    view_with(desk, MACHINE_OFFLINE, FLAG_OUT_OF_SERVICE, "");
    view_with(desk, MACHINE_OFFLINE, 0, ""); /* taken in again */
    desk_restart(desk);
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p1")->flags, 0);
}

static void a_held_run_is_adopted_as_held(void **state)
{
    struct desk *desk = *state;

    running(desk);
    view_with(desk, MACHINE_HELD, 0, "");
    desk_restart(desk);
    assert_true(desk_told(desk, ORDER_ADOPT, "p1")->run.held);
    view_with(desk, MACHINE_RUNNING, 0, "");
    desk_restart(desk);
    assert_false(desk_told(desk, ORDER_ADOPT, "p1")->run.held);
}

/* p1 with another port, without it, or as it was. */
static struct config *other_config(struct desk *desk, const char *port)
{
    char machines[400];

    if (port == NULL)
        return desk_config(desk->folder, strstr(desk_machines, "{\"id\": \"p2\""));
    snprintf(machines, sizeof machines,
             "{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"prusa-mk3\", \"port\": \"%s\"}",
             port);
    return desk_config(desk->folder, machines);
}

static void reconfigure(struct desk *desk, const char *port)
{
    config_unref(desk->config);
    desk->config = other_config(desk, port);
    queue_configure(desk->queue, desk->config);
}

static void a_word_is_of_the_board_it_was_said_of(void **state)
{
    struct desk *desk = *state;

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    config_unref(desk->config);
    desk->config = other_config(desk, "/dev/another");
    desk_restart(desk);
    assert_null(desk_told(desk, ORDER_CONSENT, "p1"));
    assert_int_equal(desk_told(desk, ORDER_OCCUPY, "p1")->bed, BED_UNCERTAIN);
    config_unref(desk->config);
    desk->config = other_config(desk, "/dev/p1");
    desk_restart(desk); /* nor does it come back with the old port */
    assert_null(desk_told(desk, ORDER_CONSENT, "p1"));
}

static void a_run_is_not_adopted_on_another_board(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk);

    config_unref(desk->config);
    desk->config = other_config(desk, "/dev/another");
    desk_restart(desk);
    assert_null(desk_told(desk, ORDER_ADOPT, "p1"));
    assert_int_equal(queue_run_find(desk->queue, run)->status, RUN_STATUS_FAILED);
    assert_int_equal(queue_job_find(desk->queue, 1)->in_flight, 0);
}

/* Taken out of the config and put in again: no word on its bed, and locked as it was, at once and
 * after a restart. */
static void a_machine_that_left_comes_back_as_it_was_but_unconfirmed(void **state)
{
    struct desk *desk = *state;

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    view_with(desk, MACHINE_LOCKED, 0, "thermal runaway");
    reconfigure(desk, NULL);
    desk->order_count = 0;
    reconfigure(desk, "/dev/p1");
    assert_true(desk_told(desk, ORDER_OCCUPY, "p1")->locked);
    assert_string_equal(desk_told(desk, ORDER_OCCUPY, "p1")->line, "thermal runaway");
    assert_null(desk_told(desk, ORDER_CONSENT, "p1"));
    desk_restart(desk);
    assert_true(desk_told(desk, ORDER_OCCUPY, "p1")->locked);
    assert_null(desk_told(desk, ORDER_CONSENT, "p1"));
    reconfigure(desk, NULL);
    desk_restart(desk);
    reconfigure(desk, "/dev/p1");
    assert_true(desk_told(desk, ORDER_OCCUPY, "p1")->locked);
    assert_null(desk_told(desk, ORDER_CONSENT, "p1"));
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(jobs_programs_and_counts_are_found_again),
        DESK_TEST(a_printers_run_is_adopted_with_what_it_had_acknowledged),
        DESK_TEST(a_run_ordered_and_never_begun_is_asked_about),
        DESK_TEST(a_lasers_run_never_resumes),
        DESK_TEST(a_consent_holds_over_a_restart),
        DESK_TEST(a_bed_that_became_uncertain_stays_so),
        DESK_TEST(a_locked_machine_stays_locked),
        DESK_TEST(out_of_service_and_quarantine_outlive_early_views),
        DESK_TEST(a_held_run_is_adopted_as_held),
        DESK_TEST(a_verdict_is_awaited_over_a_restart),
        DESK_TEST(a_run_of_a_machine_that_left_can_still_be_counted),
        DESK_TEST(a_word_is_of_the_board_it_was_said_of),
        DESK_TEST(a_run_is_not_adopted_on_another_board),
        DESK_TEST(a_machine_that_left_comes_back_as_it_was_but_unconfirmed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
