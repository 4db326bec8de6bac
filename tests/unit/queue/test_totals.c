/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever happens in whatever order, with restarts at random moments: what memory says is what the
 * ledger adds up to, facts are numbered without gaps, and no job gets more than a run too much. */
#include <sqlite3.h>

#include "desk.h"

enum { STEPS = 400, PIECES = 3, JOBS = 3, MACHINES = 3 };

static const char *const machines[MACHINES] = {"p1", "p2", "l1"};

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static int64_t number(struct desk *desk, const char *format, const char *word, long long id)
{
    char path[100], sql[300];
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t n;

    snprintf(path, sizeof path, "%s/usine.db", desk->folder);
    snprintf(sql, sizeof sql, format, word, id);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    n = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return n;
}

static void check_jobs(struct desk *desk)
{
    static const char sum[] =
        "SELECT coalesce(sum(qty), 0) FROM facts WHERE kind = '%s' AND job = %lld";
    static const char flight[] =
        "SELECT coalesce(sum(p.pieces), 0) FROM run_parts p JOIN runs r ON"
        " r.id = p.run WHERE r.judged = 0 AND r.status <= %s AND p.job = %lld";
    const struct job *job;

    for (size_t i = 0; (job = queue_job_at(desk->queue, i)) != NULL; i++) {
        assert_int_equal(job->good, number(desk, sum, "made", job->id));
        assert_int_equal(job->scrap, number(desk, sum, "scrapped", job->id));
        assert_int_equal(job->in_flight, number(desk, flight, "2", job->id));
        assert_true(job->good + job->in_flight < job->target + PIECES || job->in_flight == 0);
    }
}

static void check_totals(struct desk *desk)
{
    size_t count;
    const struct part_count *parts = queue_today(desk->queue, &count);

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(parts[i].stock,
                         number(desk,
                                "SELECT coalesce(sum(qty), 0) FROM facts WHERE kind = 'made'"
                                " AND part = '%s' AND %lld",
                                parts[i].part, 1));
        assert_int_equal(parts[i].scrap, number(desk,
                                                "SELECT coalesce(sum(qty), 0) FROM facts WHERE"
                                                " kind = 'scrapped' AND part = '%s' AND %lld",
                                                parts[i].part, 1));
    }
    assert_int_equal(number(desk,
                            "SELECT count(*) FROM (SELECT site%s FROM facts GROUP BY site"
                            " HAVING count(*) <> max(seq) OR min(seq) <> %lld)",
                            "", 1),
                     0);
    assert_int_equal(number(desk,
                            "SELECT (SELECT coalesce(sum(qty), 0) FROM daily%s) -"
                            " (SELECT coalesce(sum(qty), 0) FROM facts) + %lld",
                            "", 0),
                     0);
}

static void end_run(struct desk *desk, const char *machine, int64_t run, uint32_t dice)
{
    static const enum run_outcome outcomes[] = {RUN_FINISHED, RUN_FINISHED,  RUN_FINISHED,
                                                RUN_FAILED,   RUN_CANCELLED, RUN_REFUSED};

    desk_ended(desk, machine, run, outcomes[dice % 6], "dice");
}

/* Whatever this machine may do next. */
static void act(struct desk *desk, const char *machine, uint32_t *seed)
{
    const struct machine_view *view = queue_view(desk->queue, machine);
    const struct order *start = desk_told(desk, ORDER_START, machine);
    const struct run *run = start != NULL ? queue_run_find(desk->queue, start->run.run) : NULL;

    if (start == NULL && (start = desk_told(desk, ORDER_ADOPT, machine)) != NULL)
        run = queue_run_find(desk->queue, start->run.run);
    if (run != NULL && run->status == RUN_STATUS_ORDERED && next(seed, 2) == 0)
        desk_started(desk, machine, run->id);
    else if (run != NULL && run->status <= RUN_STATUS_STARTED)
        end_run(desk, machine, run->id, next(seed, 6));
    else if (next(seed, 3) == 0)
        desk_count(desk, machine, next(seed, PIECES), next(seed, 2), "");
    else if (desk_clear(desk, machine) == ERR_OK)
        desk_view(desk, machine, MACHINE_IDLE, BED_CLEAR);
    else if (view->state != MACHINE_IDLE && run == NULL)
        desk_view(desk, machine, MACHINE_IDLE, view->bed);
}

static void change_job(struct desk *desk, uint32_t *seed)
{
    struct job change = {.id = 1 + next(seed, JOBS),
                         .target = 5 + next(seed, 40),
                         .state = next(seed, 4) == 0 ? JOB_HELD : JOB_OPEN};

    if (change.target < queue_job_find(desk->queue, change.id)->target)
        change.target = queue_job_find(desk->queue, change.id)->target;
    queue_job_set(desk->queue, &change, JOB_SET_TARGET | JOB_SET_STATE, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
}

static void play(struct desk *desk, uint32_t seed)
{
    for (int i = 0; i < STEPS; i++) {
        uint32_t dice = next(&seed, 40);

        desk->now_ms += 1000 * (1 + next(&seed, 60));
        if (dice == 0)
            desk_restart(desk);
        else if (dice < 4)
            change_job(desk, &seed);
        else
            act(desk, machines[dice % MACHINES], &seed);
        if (i % 10 == 9) {
            desk_settle(desk);
            check_jobs(desk);
            check_totals(desk);
        }
    }
}

static void memory_and_ledger_agree(void **state)
{
    struct desk *desk = *state;

    desk->now_ms += 13LL * 3600 * 1000; /* 03:00 on the 8th: no midnight on the way */
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", PIECES), ERR_OK);
    assert_int_equal(desk_program(desk, "pair", "prusa-mk3", "renfort", 2), ERR_OK);
    assert_int_equal(desk_program(desk, "sheet", "grbl-600x400", "ecran", 2), ERR_OK);
    desk_job(desk, "serre-tete", 15);
    desk_job(desk, "renfort", 15);
    desk_job(desk, "ecran", 15);
    for (uint32_t seed = 1; seed <= 3; seed++)
        play(desk, seed);
    assert_true(queue_job_find(desk->queue, 1)->good > 0);
    assert_true(queue_job_find(desk->queue, 3)->good > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_and_ledger_agree, desk_setup, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
