/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs and programs: adding, changing, refusing. */
#include "desk.h"

static enum err set(struct desk *desk, const struct job *job, unsigned changes)
{
    queue_job_set(desk->queue, job, changes, desk_done, desk);
    return desk_wait(desk);
}

static enum err add(struct desk *desk, const struct job *job)
{
    queue_job_add(desk->queue, job, desk_done, desk);
    return desk_wait(desk);
}

static void what_is_wrong_with_a_job_is_said(void **state)
{
    struct desk *desk = *state;
    struct job job = {.part = "masque", .target = 5};

    assert_int_equal(add(desk, &job), ERR_INVALID);
    assert_non_null(strstr(desk->text, "masque"));
    job = (struct job){.part = "ecran", .target = 0};
    assert_int_equal(add(desk, &job), ERR_INVALID);
    job = (struct job){.part = "ecran", .target = JOB_QUANTITY_MAX + 1};
    assert_int_equal(add(desk, &job), ERR_INVALID);
    job = (struct job){.part = "ecran", .target = 5, .priority = 10};
    assert_int_equal(add(desk, &job), ERR_INVALID);
    job = (struct job){.part = "ecran", .target = 5, .sites = {"paris"}, .site_count = 1};
    assert_int_equal(add(desk, &job), ERR_INVALID);
    assert_non_null(strstr(desk->text, "paris"));
    assert_null(queue_job_at(desk->queue, 0));
}

static void a_job_on_hold_waits_until_it_is_released(void **state)
{
    struct desk *desk = *state;
    struct job job = {.id = 1, .part = "serre-tete", .target = 4, .state = JOB_HELD};
    struct why *why;
    size_t count;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 1), ERR_OK);
    assert_int_equal(add(desk, &job), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0);
    assert_int_equal(queue_why(desk->queue, 1, "p1", &why, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(why[0].reason, "on_hold");
    free(why);
    job.state = JOB_OPEN;
    assert_int_equal(set(desk, &job, JOB_SET_STATE), ERR_OK);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 1);
}

static void quantity_and_state_change_while_it_runs(void **state)
{
    struct desk *desk = *state;
    const struct job *job;
    struct job change = {.id = 1, .target = 1, .priority = 9};
    int64_t run;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    run = desk_start(desk, "p1");
    job = queue_job_find(desk->queue, 1);
    assert_int_equal(set(desk, &change, JOB_SET_TARGET), ERR_OK);
    assert_int_equal(job->target, 1);
    assert_int_equal(job->priority, 5);
    assert_int_equal(job->owed, 0);
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    assert_int_equal(job->state, JOB_DONE);
    change.target = 2; /* exactly what there is */
    assert_int_equal(set(desk, &change, JOB_SET_TARGET), ERR_OK);
    assert_int_equal(job->state, JOB_DONE);
    change.target = 3;
    assert_int_equal(set(desk, &change, JOB_SET_TARGET), ERR_OK);
    assert_int_equal(job->state, JOB_OPEN);
    assert_int_equal(job->owed, 1);
    change.state = JOB_CANCELLED;
    assert_int_equal(set(desk, &change, JOB_SET_STATE), ERR_OK);
    assert_int_equal(job->owed, 0);
    assert_int_equal(set(desk, &change, JOB_SET_TARGET), ERR_REFUSED);
    change.id = 99;
    assert_int_equal(set(desk, &change, JOB_SET_TARGET), ERR_NOT_FOUND);
}

static void a_piece_made_for_a_cancelled_job_still_counts(void **state)
{
    struct desk *desk = *state;
    struct job change = {.id = 1, .state = JOB_CANCELLED};
    int64_t run;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    run = desk_start(desk, "p1");
    assert_int_equal(set(desk, &change, JOB_SET_STATE), ERR_OK);
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 2);
}

static void what_is_wrong_with_an_upload_is_said(void **state)
{
    struct desk *desk = *state;
    struct program_request ask = {.path = "/nowhere/x.gcode", .model_count = 1, .yield_count = 1};

    assert_int_equal(desk_program(desk, "p", "prusa-mk9", "ecran", 1), ERR_INVALID);
    assert_non_null(strstr(desk->text, "prusa-mk9"));
    assert_int_equal(desk_program(desk, "p", "prusa-mk3", "masque", 1), ERR_INVALID);
    assert_non_null(strstr(desk->text, "masque"));
    assert_int_equal(desk_program(desk, "p", "prusa-mk3", "ecran", 0), ERR_INVALID);
    snprintf(ask.models[0], sizeof ask.models[0], "prusa-mk3");
    snprintf(ask.yields[0].part, sizeof ask.yields[0].part, "ecran");
    ask.yields[0].pieces = 1;
    queue_program_add(desk->queue, &ask, desk_program_done, desk);
    assert_int_equal(desk_wait(desk), ERR_NOT_FOUND);
    assert_non_null(strstr(desk->text, "/nowhere/x.gcode"));
    assert_null(queue_program_at(desk->queue, 0));
}

static void a_file_the_policy_refuses_leaves_nothing_behind(void **state)
{
    struct desk *desk = *state;
    struct program_request ask = {.name = "evil",
                                  .models = {"prusa-mk3"},
                                  .model_count = 1,
                                  .yields = {{"serre-tete", 1}},
                                  .yield_count = 1};
    char command[120];

    assert_int_equal(desk_upload(desk, &ask, "G28\nM500\nG1 X10\n"), ERR_INVALID);
    assert_non_null(strstr(desk->text, "M500"));
    assert_null(queue_program_at(desk->queue, 0));
    snprintf(command, sizeof command, "test -z \"$(ls -A %s/programs)\"", desk->folder);
    assert_int_equal(system(command), 0);
}

static void programs_are_found_by_name_and_by_the_beginning_of_their_hash(void **state)
{
    struct desk *desk = *state;
    const struct program *one;
    char key[HASH_TEXT_SIZE];

    assert_int_equal(desk_program(desk, "one", "prusa-mk3", "serre-tete", 1), ERR_OK);
    assert_int_equal(desk_program(desk, "two", "prusa-mk3", "serre-tete", 2), ERR_OK);
    one = queue_program_find(desk->queue, "one");
    assert_non_null(one);
    snprintf(key, sizeof key, "%.8s", one->sha256);
    assert_ptr_equal(queue_program_find(desk->queue, key), one);
    key[3] = '\0';
    assert_null(queue_program_find(desk->queue, key)); /* too short to be sure */
    queue_program_remove(desk->queue, "one", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_null(queue_program_find(desk->queue, "one"));
    assert_int_equal(desk_program(desk, "one", "prusa-mk3", "serre-tete", 4), ERR_OK);
    assert_int_equal(queue_program_find(desk->queue, "one")->yields[0].pieces, 4);
    assert_null(queue_program_at(desk->queue, 2)); /* the same file again is the same program */
}

static void a_program_at_work_is_not_removed(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_start(desk, "p1");
    queue_program_remove(desk->queue, "plate", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "p1"));
}

struct listed {
    struct run runs[10];
    size_t count;
    bool done;
};

static void take_runs(void *context, enum err err, const char *text, const struct run *runs,
                      size_t count)
{
    struct listed *listed = context;

    if (err != ERR_OK)
        fail_msg("%s", text);
    assert_true(count <= 10);
    memcpy(listed->runs, runs, count * sizeof *runs);
    listed->count = count;
    listed->done = true;
}

static struct listed list(struct desk *desk, struct run_filter filter)
{
    struct listed listed = {.done = false};

    queue_runs(desk->queue, &filter, take_runs, &listed);
    while (!listed.done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return listed;
}

static void runs_are_listed_newest_first(void **state)
{
    struct desk *desk = *state;
    struct listed listed;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_ended(desk, "p1", desk_start(desk, "p1"), RUN_FAILED, "it fell over");
    desk_start(desk, "p2");
    desk_settle(desk);
    listed = list(desk, (struct run_filter){.limit = 5});
    assert_int_equal(listed.count, 2);
    assert_string_equal(listed.runs[0].machine, "p2");
    assert_int_equal(listed.runs[0].status, RUN_STATUS_STARTED);
    assert_string_equal(listed.runs[1].reason, "it fell over");
    assert_int_equal(listed.runs[1].parts[0].pieces, 2);
    assert_int_equal(list(desk, (struct run_filter){.machine = "p1"}).count, 1);
    assert_int_equal(list(desk, (struct run_filter){.job = 7}).count, 0);
    assert_int_equal(list(desk, (struct run_filter){.id = 2}).runs[0].id, 2);
    assert_int_equal(list(desk, (struct run_filter){.id = 3}).count, 0);
}

static void why_names_what_is_missing(void **state)
{
    struct desk *desk = *state;
    struct why *why;
    size_t count;

    desk_job(desk, "serre-tete", 10);
    assert_int_equal(queue_why(desk->queue, 1, NULL, &why, &count), ERR_OK);
    assert_int_equal(count, 4);
    assert_string_equal(why[0].reason, "no_program");
    free(why);
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    assert_int_equal(queue_why(desk->queue, 1, "e1", &why, &count), ERR_OK);
    assert_string_equal(why[0].reason, "model");
    assert_non_null(strstr(why[0].message, "ender-3"));
    free(why);
    assert_int_equal(queue_why(desk->queue, 1, "p1", &why, &count), ERR_OK);
    assert_string_equal(why[0].reason, "offline");
    assert_int_equal(strlen(why[0].program), 64);
    free(why);
    assert_int_equal(queue_why(desk->queue, 2, NULL, &why, &count), ERR_NOT_FOUND);
    assert_int_equal(queue_why(desk->queue, 1, "x9", &why, &count), ERR_NOT_FOUND);
}

static void opening_hours_hold_a_start_back(void **state)
{
    struct desk *desk = *state;
    struct why *why;
    size_t count;

    desk->now_ms += 7 * 3600 * 1000; /* 21:00: Caen is closed, Rouen never is */
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_null(desk_told(desk, ORDER_START, "p1"));
    assert_int_equal(queue_why(desk->queue, 1, "p1", &why, &count), ERR_OK);
    assert_string_equal(why[0].reason, "closed");
    assert_string_equal(why[0].message, "the site is closed; it opens tomorrow at 08:00");
    free(why);
    desk_start(desk, "p2");
}

static void what_is_asked_while_closing_is_answered_busy(void **state)
{
    struct desk *desk = *state;
    struct job job = {.part = "serre-tete", .target = 5};
    struct program_request ask = {.path = "/nowhere", .model_count = 1, .yield_count = 1};
    struct desk early = {.answered = false};

    queue_job_add(desk->queue, &job, desk_done, &early);
    desk->closed = false;
    queue_close(desk->queue, desk_on_closed, desk);
    queue_job_add(desk->queue, &job, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_BUSY);
    queue_program_add(desk->queue, &ask, desk_program_done, desk);
    assert_int_equal(desk_wait(desk), ERR_BUSY);
    uv_run(&desk->loop, UV_RUN_DEFAULT);
    assert_true(desk->closed);
    assert_true(early.answered && early.err == ERR_OK); /* asked before, answered before the end */
    desk->queue = NULL;
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(what_is_wrong_with_a_job_is_said),
        DESK_TEST(a_job_on_hold_waits_until_it_is_released),
        DESK_TEST(quantity_and_state_change_while_it_runs),
        DESK_TEST(a_piece_made_for_a_cancelled_job_still_counts),
        DESK_TEST(what_is_wrong_with_an_upload_is_said),
        DESK_TEST(a_file_the_policy_refuses_leaves_nothing_behind),
        DESK_TEST(programs_are_found_by_name_and_by_the_beginning_of_their_hash),
        DESK_TEST(a_program_at_work_is_not_removed),
        DESK_TEST(runs_are_listed_newest_first),
        DESK_TEST(why_names_what_is_missing),
        DESK_TEST(what_is_asked_while_closing_is_answered_busy),
        DESK_TEST(opening_hours_hold_a_start_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
