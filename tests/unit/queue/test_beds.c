/* SPDX-License-Identifier: Apache-2.0 */
/* Clearing, counting and taking back. */
#include "desk.h"

static int64_t running(struct desk *desk, int64_t pieces)
{
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", pieces), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    return desk_start(desk, "p1");
}

static void a_clear_bed_cannot_be_cleared_again(void **state)
{
    struct desk *desk = *state;

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    assert_int_equal(desk_clear(desk, "p1"), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "already clear"));
    assert_int_equal(desk_count_told(desk, ORDER_CONSENT), 1);
}

static void two_people_clearing_at_once_give_one_consent(void **state)
{
    struct desk *desk = *state;
    struct clear_request ask = {.machine = "p1", .by = "anne"};
    struct desk other = {.answered = false};

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    queue_clear(desk->queue, &ask, desk_done, &other);
    queue_clear(desk->queue, &ask, desk_done, desk);
    assert_false(desk->answered); /* never from inside the call */
    assert_int_equal(desk_wait(desk), ERR_BUSY);
    assert_true(other.answered);
    assert_int_equal(other.err, ERR_OK);
}

static void a_run_under_way_cannot_be_cleared(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk, 2);

    assert_int_equal(desk_clear(desk, "p1"), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "under way"));
    assert_int_equal(queue_run_find(desk->queue, run)->status, RUN_STATUS_STARTED);
}

static enum err count_more(struct desk *desk, int64_t good, const char *reason)
{
    struct clear_part part = {.good = good, .more = true};
    struct clear_request ask = {.machine = "p1", .by = "anne", .parts = &part, .part_count = 1};

    snprintf(part.reason, sizeof part.reason, "%s", reason);
    queue_clear(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

/* The reason that goes with scrap is no word on the number: a slip of the finger counts nothing. */
static void more_than_the_yield_is_refused_unless_somebody_says_so_and_why(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk, 2);

    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(desk_count(desk, "p1", 2, 1, ""), ERR_INVALID);
    assert_int_equal(desk_count(desk, "p1", 1, -1, ""), ERR_INVALID);
    assert_int_equal(desk_count(desk, "p1", 11, 1, "warped"), ERR_INVALID);
    assert_non_null(strstr(desk->text, "count again"));
    assert_int_equal(desk_count(desk, "p1", 3, 0, "two plates at once"), ERR_INVALID);
    assert_int_equal(count_more(desk, 3, ""), ERR_INVALID);
    assert_int_equal(count_more(desk, 3, "two plates at once"), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 3);
}

static void what_is_not_said_to_be_good_is_what_is_not_scrap(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk, 4);

    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(desk_count(desk, "p1", -1, 1, "warped"), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 3);
    assert_int_equal(queue_job_find(desk->queue, 1)->scrap, 1);
}

static void a_failed_run_counts_nothing_unless_a_person_says_so(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk, 2);
    const struct job *job = queue_job_find(desk->queue, 1);

    desk_ended(desk, "p1", run, RUN_FAILED, "thermal runaway");
    assert_int_equal(job->in_flight, 0); /* the job simply owes more */
    assert_int_equal(job->owed, 10);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    assert_int_equal(job->good, 0);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    run = desk_told(desk, ORDER_START, "p1")->run.run;
    desk_started(desk, "p1", run);
    desk_ended(desk, "p1", run, RUN_CANCELLED, "");
    assert_int_equal(desk_count(desk, "p1", 1, 1, ""), ERR_OK);
    assert_int_equal(job->good, 1);
}

static void counts_without_a_run_are_refused(void **state)
{
    struct desk *desk = *state;

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_count(desk, "p1", 2, 0, ""), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "no run awaits a verdict"));
    assert_int_equal(desk_clear(desk, "nobody"), ERR_NOT_FOUND);
}

static void a_part_the_run_does_not_make_is_refused(void **state)
{
    struct desk *desk = *state;
    struct clear_part part = {.part = "ecran", .good = 1};
    struct clear_request ask = {.machine = "p1", .by = "anne", .parts = &part, .part_count = 1};

    desk_ended(desk, "p1", running(desk, 2), RUN_FINISHED, "");
    queue_clear(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_INVALID);
    assert_non_null(strstr(desk->text, "ecran"));
}

static void a_held_word_can_be_taken_back_before_the_start(void **state)
{
    struct desk *desk = *state;
    struct clear_request ask = {.machine = "p1", .by = "anne", .hold_ms = 10000};

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 1), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    queue_clear(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_told(desk, ORDER_CONSENT, "p1")->hold_ms, 10000);
    desk->now_ms += 9000;
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0);
    queue_withdraw(desk->queue, "p1", "anne", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_non_null(desk_told(desk, ORDER_WITHDRAW, "p1"));
    desk->now_ms += 9000;
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0);
    queue_withdraw(desk->queue, "p1", "anne", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
}

static void one_consent_starts_one_run(void **state)
{
    struct desk *desk = *state;
    int64_t run = running(desk, 1);

    queue_withdraw(desk->queue, "p1", "anne", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED); /* the start has used it */
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR); /* whatever the machine says */
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 1);
}

static void a_word_cannot_be_taken_back_once_a_start_is_ordered(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 1), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 1);
    queue_withdraw(desk->queue, "p1", "anne", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    assert_null(desk_told(desk, ORDER_WITHDRAW, "p1"));
}

static void a_machine_that_moves_cannot_be_cleared(void **state)
{
    static const enum machine_state moving[] = {MACHINE_HEATING, MACHINE_RUNNING, MACHINE_HELD,
                                                MACHINE_FINISHING, MACHINE_STOPPING};
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++) {
        desk_view(desk, "p1", moving[i], BED_UNCERTAIN);
        assert_int_equal(desk_clear(desk, "p1"), ERR_REFUSED);
    }
    desk_view(desk, "p1", MACHINE_LOCKED, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
}

static void a_verdict_counts_on_the_day_it_was_given(void **state)
{
    struct desk *desk = *state;
    struct clear_request ask = {.machine = "p1", .by = "anne"};
    size_t count;
    const struct part_count *parts;

    desk->now_ms += 10LL * 3600 * 1000 - 1; /* a breath before midnight */
    queue_today(desk->queue, &count);
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_ended(desk, "p2", desk_start(desk, "p2"), RUN_FINISHED, "");
    snprintf(ask.machine, sizeof ask.machine, "p2");
    queue_clear(desk->queue, &ask, desk_done, desk);
    desk->now_ms += 2; /* written on the next day */
    assert_int_equal(desk_wait(desk), ERR_OK);
    parts = queue_today(desk->queue, &count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(parts[i].good, 0);
        assert_int_equal(parts[i].stock, strcmp(parts[i].part, "serre-tete") == 0 ? 2 : 0);
    }
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 2);
}

static void a_refused_start_keeps_the_consent_and_waits(void **state)
{
    struct desk *desk = *state;
    int64_t first;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 1), ERR_OK);
    desk_job(desk, "serre-tete", 1);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    first = desk_told(desk, ORDER_START, "p1")->run.run;
    desk_ended(desk, "p1", first, RUN_REFUSED, "the file has changed");
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 1);
    assert_int_equal(queue_job_find(desk->queue, 1)->owed, 1);
    desk->now_ms += 31000; /* tried again by itself, with the same word */
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 2);
    assert_int_not_equal(desk_told(desk, ORDER_START, "p1")->run.run, first);
    assert_int_equal(desk_told(desk, ORDER_START, "p1")->run.consent,
                     desk_told(desk, ORDER_CONSENT, "p1")->consent);
    desk_ended(desk, "p1", desk_told(desk, ORDER_START, "p1")->run.run, RUN_REFUSED, "again");
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK); /* or at once, when a person says it anew */
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 3);
}

static void a_machine_that_ejects_speaks_for_itself(void **state)
{
    struct desk *desk = *state;
    struct config *config =
        desk_config(desk->folder, "{\"id\": \"a1\", \"site\": \"rouen\", \"model\": \"prusa-mk3\","
                                  " \"port\": \"/dev/a1\", \"profile\": {\"auto_eject\": true}}");

    queue_configure(desk->queue, config);
    config_unref(config);
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    for (int i = 1; i <= 3; i++) {
        int64_t run = i == 1 ? desk_start(desk, "a1") : desk_told(desk, ORDER_START, "a1")->run.run;

        desk_started(desk, "a1", run);
        desk_ended(desk, "a1", run, RUN_FINISHED, "");
        desk_settle(desk);
        assert_int_equal(queue_job_find(desk->queue, 1)->good, 2 * i);
        desk_view(desk, "a1", MACHINE_IDLE, BED_CLEAR);
        desk_settle(desk);
        assert_int_equal(desk_count_told(desk, ORDER_START), i + 1);
    }
    assert_string_equal(desk_told(desk, ORDER_CONSENT, "a1")->by, "auto-eject");
}

static void presence_at_a_laser_is_confirmed_anew(void **state)
{
    struct desk *desk = *state;
    double minutes = config_machine(desk->config, "l1")->profile.attend_max_min;

    assert_true(minutes > 0);
    assert_int_equal(desk_program(desk, "sheet", "grbl-600x400", "ecran", 2), ERR_OK);
    desk_view(desk, "l1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "l1"), ERR_OK);
    desk_view(desk, "l1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += (int64_t)(minutes * 60000) + 1000;
    desk_job(desk, "ecran", 10);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0);
    assert_int_equal(desk_clear(desk, "l1"), ERR_OK);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 1);
}

static void by_products_count_for_the_job_that_asked_for_them(void **state)
{
    struct desk *desk = *state;
    struct program_request ask = {.name = "both",
                                  .models = {"prusa-mk3"},
                                  .model_count = 1,
                                  .yields = {{"serre-tete", 2}, {"renfort", 3}},
                                  .yield_count = 2};
    struct clear_part parts[] = {{.part = "serre-tete", .good = 1}, {.part = "renfort", .good = 3}};
    struct clear_request clear = {.machine = "p1", .by = "anne", .parts = parts, .part_count = 2};

    assert_int_equal(desk_upload(desk, &ask, desk_gcode), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    desk_job(desk, "renfort", 4);
    desk_ended(desk, "p1", desk_start(desk, "p1"), RUN_FINISHED, "");
    assert_int_equal(queue_job_find(desk->queue, 2)->in_flight, 3);
    queue_clear(desk->queue, &clear, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(queue_job_find(desk->queue, 1)->good, 1);
    assert_int_equal(queue_job_find(desk->queue, 2)->good, 3);
    assert_int_equal(queue_job_find(desk->queue, 2)->in_flight, 0);
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_clear_bed_cannot_be_cleared_again),
        DESK_TEST(two_people_clearing_at_once_give_one_consent),
        DESK_TEST(a_run_under_way_cannot_be_cleared),
        DESK_TEST(more_than_the_yield_is_refused_unless_somebody_says_so_and_why),
        DESK_TEST(what_is_not_said_to_be_good_is_what_is_not_scrap),
        DESK_TEST(a_failed_run_counts_nothing_unless_a_person_says_so),
        DESK_TEST(counts_without_a_run_are_refused),
        DESK_TEST(a_part_the_run_does_not_make_is_refused),
        DESK_TEST(a_held_word_can_be_taken_back_before_the_start),
        DESK_TEST(one_consent_starts_one_run),
        DESK_TEST(a_word_cannot_be_taken_back_once_a_start_is_ordered),
        DESK_TEST(a_machine_that_moves_cannot_be_cleared),
        DESK_TEST(a_verdict_counts_on_the_day_it_was_given),
        DESK_TEST(a_refused_start_keeps_the_consent_and_waits),
        DESK_TEST(a_machine_that_ejects_speaks_for_itself),
        DESK_TEST(presence_at_a_laser_is_confirmed_anew),
        DESK_TEST(by_products_count_for_the_job_that_asked_for_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
