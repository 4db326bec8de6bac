/* SPDX-License-Identifier: Apache-2.0 */
/* When the disk refuses: people are told, memory stays as it was, what happened is written later.
 */
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "desk.h"

/* Files cannot grow beyond `bytes`: what a full disk does to writes. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int64_t count(struct desk *desk, const char *sql)
{
    char path[100];
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t n;

    snprintf(path, sizeof path, "%s/usine.db", desk->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    n = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return n;
}

static void requests_are_refused_and_change_nothing(void **state)
{
    struct desk *desk = *state;
    struct job job = {.part = "serre-tete", .target = 5};
    struct job change = {.id = 1, .target = 9};

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    limit_files(1);
    queue_job_add(desk->queue, &job, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_DISK);
    assert_non_null(strstr(desk->text, "free"));
    assert_null(queue_job_at(desk->queue, 1));
    queue_job_set(desk->queue, &change, JOB_SET_TARGET, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_DISK);
    assert_int_equal(queue_job_find(desk->queue, 1)->target, 10);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_clear(desk, "p1"), ERR_DISK);
    assert_int_equal(desk_count_told(desk, ORDER_CONSENT), 0);
    limit_files(RLIM_INFINITY);
    queue_job_set(desk->queue, &change, JOB_SET_TARGET, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
}

static void no_run_starts_that_is_not_written_down(void **state)
{
    struct desk *desk = *state;

    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    limit_files(1);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0);
    assert_int_equal(queue_job_find(desk->queue, 1)->in_flight, 0);
    limit_files(RLIM_INFINITY);
    desk->now_ms += 6000;
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    assert_int_equal(desk_count_told(desk, ORDER_START), 1);
    assert_int_equal(count(desk, "SELECT count(*) FROM runs"), 1);
}

static void an_end_that_could_not_be_written_is_written_later(void **state)
{
    struct desk *desk = *state;
    int64_t run;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    run = desk_start(desk, "p1");
    desk_settle(desk);
    limit_files(1);
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    desk_settle(desk);
    assert_int_equal(queue_run_find(desk->queue, run)->status, RUN_STATUS_FINISHED);
    limit_files(RLIM_INFINITY);
    assert_int_equal(count(desk, "SELECT status FROM runs"), RUN_STATUS_STARTED);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK); /* the verdict overtakes it */
    desk->now_ms += 6000;
    for (int i = 0; i < 200 && count(desk, "SELECT status FROM runs") == RUN_STATUS_STARTED; i++) {
        usleep(20000); /* the tick tries again */
        uv_run(&desk->loop, UV_RUN_NOWAIT);
    }
    assert_int_equal(count(desk, "SELECT status FROM runs"), RUN_STATUS_FINISHED);
    assert_int_equal(count(desk, "SELECT judged FROM runs"), 1);
    assert_int_equal(count(desk, "SELECT count(*) FROM facts WHERE kind = 'ran'"), 1);
    assert_int_equal(count(desk, "SELECT sum(qty) FROM facts WHERE kind = 'made'"), 2);
}

static void a_second_daemon_is_told_that_the_state_is_in_use(void **state)
{
    struct desk *desk = *state;
    struct queue_setup setup = {.loop = &desk->loop,
                                .clock = &desk->clock,
                                .config = desk->config,
                                .order = desk_order,
                                .floor = desk};
    struct queue *second;
    char text[400];

    assert_int_equal(queue_open(&second, &setup, text, sizeof text), ERR_BUSY);
    assert_non_null(strstr(text, "another usined"));
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(requests_are_refused_and_change_nothing),
        DESK_TEST(no_run_starts_that_is_not_written_down),
        DESK_TEST(an_end_that_could_not_be_written_is_written_later),
        DESK_TEST(a_second_daemon_is_told_that_the_state_is_in_use),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
