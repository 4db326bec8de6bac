/* SPDX-License-Identifier: Apache-2.0 */
/* A count corrected, taken back, or given without emptying: the ledger only grows, and every total
 * follows it, in memory and in the database. */
#include <sqlite3.h>

#include "desk.h"
#include "queue/correct.h"

static int64_t number(struct desk *desk, const char *sql)
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

/* A run of four pieces has ended on p1 and awaits its verdict. */
static int64_t ended_run(struct desk *desk, enum run_outcome outcome)
{
    int64_t run;

    assert_int_equal(desk_program(desk, "band", "prusa-mk3", "serre-tete", 4), ERR_OK);
    desk_job(desk, "serre-tete", 100);
    run = desk_start(desk, "p1");
    desk->now_ms += 1000;
    desk_ended(desk, "p1", run, outcome, "");
    desk_settle(desk);
    return run;
}

static enum err correct(struct desk *desk, int64_t run, int64_t good, int64_t scrap,
                        const char *reason)
{
    struct correction ask = {
        .run = run, .by = "anne", .part = {.good = good, .scrap = scrap, .more = true}};

    snprintf(ask.part.reason, sizeof ask.part.reason, "%s", reason);
    queue_correct(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static enum err correct_as(struct desk *desk, int64_t run, const char *by, bool any)
{
    struct correction ask = {.run = run, .any = any, .part = {.good = 1, .scrap = 3}};

    snprintf(ask.by, sizeof ask.by, "%s", by);
    queue_correct(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static enum err undo(struct desk *desk, const char *by)
{
    queue_undo(desk->queue, "p1", by, desk_done, desk);
    return desk_wait(desk);
}

struct today {
    int64_t good, scrap, stock;
};

static struct today today(struct desk *desk)
{
    size_t count;
    const struct part_count *parts = queue_today(desk->queue, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].part, "serre-tete") == 0)
            return (struct today){parts[i].good, parts[i].scrap, parts[i].stock};
    return (struct today){0};
}

static enum err add_rows(void *context, const struct throughput_row *rows, size_t count)
{
    struct desk *desk = context;

    desk->id = 0;
    for (size_t i = 0; i < count; i++)
        desk->id += 1000 * rows[i].good + rows[i].scrap;
    return ERR_OK;
}

static void on_throughput(void *context, enum err err, const char *text)
{
    struct desk *desk = context;

    if (err != ERR_OK)
        fail_msg("%s", text);
    desk->answered = true;
}

/* Good and scrap everywhere: job, day, stock, report. */
static void check_counts(struct desk *desk, int64_t good, int64_t scrap)
{
    struct throughput_query all = {.from = ""};
    const struct job *job = queue_job_at(desk->queue, 0);
    struct today now = today(desk);
    const struct throughput_asker asker = {
        .take = add_rows, .done = on_throughput, .context = desk};

    assert_int_equal(job->good, good);
    assert_int_equal(job->scrap, scrap);
    assert_int_equal(now.good, good);
    assert_int_equal(now.scrap, scrap);
    assert_int_equal(now.stock, good);
    queue_throughput(desk->queue, &all, &asker);
    desk->err = ERR_OK;
    desk_wait(desk);
    assert_int_equal(desk->id, 1000 * good + scrap);
}

static void a_corrected_count_moves_every_total_and_survives_a_restart(void **state)
{
    struct desk *desk = *state;
    int64_t run = ended_run(desk, RUN_FINISHED);

    assert_int_equal(desk_count(desk, "p1", 4, 0, ""), ERR_OK);
    check_counts(desk, 4, 0);
    assert_int_equal(correct(desk, run, 3, 1, "warped"), ERR_OK);
    check_counts(desk, 3, 1);
    assert_int_equal(number(desk, "SELECT count(*) FROM facts WHERE kind LIKE 'corrected%'"), 2);
    assert_int_equal(number(desk, "SELECT sum(qty) FROM facts WHERE kind = 'corrected'"), -1);
    assert_int_equal(number(desk, "SELECT sum(qty) FROM facts WHERE kind = 'made'"), 4);
    desk_restart(desk);
    check_counts(desk, 3, 1);
    assert_int_equal(correct(desk, run, 3, 1, ""), ERR_REFUSED);
    assert_int_equal(correct(desk, run, 9, 0, ""), ERR_INVALID);
    assert_int_equal(correct(desk, run, 9, 0, "two plates"), ERR_OK);
    check_counts(desk, 9, 0);
}

static void another_reason_takes_the_scrap_from_the_old_one(void **state)
{
    struct desk *desk = *state;
    int64_t run = ended_run(desk, RUN_FINISHED);

    assert_int_equal(desk_count(desk, "p1", 2, 2, "warped"), ERR_OK);
    assert_int_equal(correct(desk, run, 3, 1, "clogged"), ERR_OK);
    check_counts(desk, 3, 1);
    assert_int_equal(number(desk, "SELECT sum(qty) FROM facts WHERE reason = 'warped'"), 0);
    assert_int_equal(number(desk, "SELECT sum(qty) FROM facts WHERE reason = 'clogged'"), 1);
}

static void a_correction_counts_on_the_day_of_the_verdict(void **state)
{
    struct desk *desk = *state;
    int64_t run = ended_run(desk, RUN_FINISHED);

    assert_int_equal(desk_count(desk, "p1", 4, 0, ""), ERR_OK);
    desk->now_ms += 24 * 3600 * 1000;
    assert_int_equal(correct_as(desk, run, "marie", true), ERR_OK);
    assert_int_equal(number(desk, "SELECT sum(qty) FROM facts WHERE day = 20200407 AND kind IN"
                                  " ('made', 'corrected')"),
                     1);
    assert_int_equal(today(desk).good, 0);
    assert_int_equal(today(desk).stock, 1);
}

static void only_the_counter_corrects_and_only_for_ten_minutes(void **state)
{
    struct desk *desk = *state;
    int64_t run = ended_run(desk, RUN_FINISHED);

    assert_int_equal(correct_as(desk, run, "anne", true), ERR_REFUSED);
    assert_int_equal(desk_count(desk, "p1", 4, 0, ""), ERR_OK);
    assert_int_equal(correct_as(desk, run, "paul", false), ERR_FORBIDDEN);
    desk->now_ms += CORRECT_OWN_MS + 1;
    assert_int_equal(correct_as(desk, run, "anne", false), ERR_FORBIDDEN);
    assert_int_equal(correct_as(desk, run + 1, "anne", true), ERR_NOT_FOUND);
    assert_int_equal(correct_as(desk, run, "marie", true), ERR_OK);
    check_counts(desk, 1, 3);
}

static void counting_only_leaves_the_bed_occupied(void **state)
{
    struct desk *desk = *state;
    struct clear_request ask = {.machine = "p1", .by = "anne", .count_only = true};
    size_t consents;

    ended_run(desk, RUN_FINISHED);
    consents = desk_count_told(desk, ORDER_CONSENT);
    queue_clear(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    check_counts(desk, 4, 0);
    assert_int_equal(desk_count_told(desk, ORDER_CONSENT), consents);
    assert_int_equal(queue_view(desk->queue, "p1")->bed, BED_OCCUPIED);
    queue_clear(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    assert_int_equal(desk_clear(desk, "p1"), ERR_OK);
    check_counts(desk, 4, 0);
    assert_int_equal(desk_count_told(desk, ORDER_CONSENT), consents + 1);
}

static void an_undone_count_counts_nothing_and_takes_the_consent_back(void **state)
{
    struct desk *desk = *state;
    int64_t run = ended_run(desk, RUN_FAILED);
    struct clear_part part = {.good = 1, .scrap = 3, .reason = "warped"};
    struct clear_request ask = {
        .machine = "p1", .by = "anne", .hold_ms = 10000, .parts = &part, .part_count = 1};

    queue_clear(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    check_counts(desk, 1, 3);
    assert_int_equal(undo(desk, "paul"), ERR_REFUSED);
    desk->now_ms += CORRECT_UNDO_MS / 2;
    assert_int_equal(undo(desk, "anne"), ERR_OK);
    check_counts(desk, 0, 0);
    assert_int_equal(number(desk, "SELECT count(*) FROM packs JOIN facts ON kind = 'made'"
                                  " WHERE instr(body, 'c' || at_ms || ',-1;') > 0"),
                     1); /* it counts when the verdict was given */
    assert_non_null(desk_told(desk, ORDER_WITHDRAW, "p1"));
    assert_non_null(queue_run_find(desk->queue, run));
    assert_int_equal(undo(desk, "anne"), ERR_REFUSED);
    desk_restart(desk);
    assert_false(queue_run_find(desk->queue, run)->judged);
    check_counts(desk, 0, 0);
    assert_int_equal(desk_count(desk, "p1", 2, 2, "clogged"), ERR_OK);
    check_counts(desk, 2, 2);
    assert_int_equal(number(desk, "SELECT sum(qty) FROM facts WHERE reason = 'warped'"), 0);
}

static void a_count_is_undone_only_at_once_and_before_the_next_start(void **state)
{
    struct desk *desk = *state;

    ended_run(desk, RUN_FINISHED);
    assert_int_equal(desk_count(desk, "p1", 4, 0, ""), ERR_OK);
    desk->now_ms += CORRECT_UNDO_MS + 1;
    assert_int_equal(undo(desk, "anne"), ERR_REFUSED);
    desk->now_ms -= CORRECT_UNDO_MS;
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk); /* the next run is ordered */
    assert_int_equal(undo(desk, "anne"), ERR_REFUSED);
    check_counts(desk, 4, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_corrected_count_moves_every_total_and_survives_a_restart,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(another_reason_takes_the_scrap_from_the_old_one, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_correction_counts_on_the_day_of_the_verdict, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(only_the_counter_corrects_and_only_for_ten_minutes,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(counting_only_leaves_the_bed_occupied, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(an_undone_count_counts_nothing_and_takes_the_consent_back,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_count_is_undone_only_at_once_and_before_the_next_start,
                                        desk_setup, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
