/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon is killed at any moment, again and again: whatever it had answered, and whatever the
 * floor had been told to start, is in the database. A child works and tells; the parent kills and
 * looks. */
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "desk.h"

enum { LIVES = 6, TOLD_START = 'S', TOLD_CLEAR = 'C', TOLD_JOB = 'J' };

struct told {
    char what;
    int64_t id;   /* run, consent, job */
    int64_t good; /* of all clears of this life so far */
};

/* ---- the child ---- */

static void tell(int to, char what, int64_t id, int64_t good)
{
    struct told told;

    memset(&told, 0, sizeof told);
    told.what = what;
    told.id = id;
    told.good = good;
    if (write(to, &told, sizeof told) != (ssize_t)sizeof told)
        _exit(1);
}

static void finish_old_runs(struct desk *desk)
{
    for (size_t i = 0; i < desk->order_count; i++)
        if (desk->orders[i].kind == ORDER_ADOPT)
            desk_ended(desk, desk->orders[i].machine, desk->orders[i].run.run, RUN_FINISHED, "");
}

static void work(struct desk *desk, int to)
{
    int64_t good = 0, known = 0;

    finish_old_runs(desk);
    for (;;) {
        const struct order *start;

        desk->now_ms += 1000;
        desk_view(desk, "p2", MACHINE_IDLE, BED_OCCUPIED);
        if (desk_count(desk, "p2", -1, 1, "") == ERR_OK)
            good++;
        else if (desk_clear(desk, "p2") != ERR_OK)
            _exit(2);
        tell(to, TOLD_CLEAR, desk->id, good);
        desk_view(desk, "p2", MACHINE_IDLE, BED_CLEAR);
        desk_settle(desk);
        start = desk_told(desk, ORDER_START, "p2");
        if (start == NULL || start->run.run == known)
            _exit(3);
        known = start->run.run;
        tell(to, TOLD_START, known, good);
        desk_started(desk, "p2", known);
        desk_ended(desk, "p2", known, RUN_FINISHED, "");
        tell(to, TOLD_JOB, desk_job(desk, "renfort", 1), good);
    }
}

static void live(const char *folder, int to, int life)
{
    struct desk desk = {.now_ms = DESK_NOON + life * 3600000LL};

    snprintf(desk.folder, sizeof desk.folder, "%s", folder);
    desk.clock = (struct clock){.mono_ms = desk_now, .wall_ms = desk_now, .context = &desk};
    if (uv_loop_init(&desk.loop) != 0)
        _exit(4);
    desk.config = desk_config(folder, desk_machines);
    desk_open(&desk);
    if (life == 0) {
        if (desk_program(&desk, "plate", "prusa-mk3", "serre-tete", 2) != ERR_OK)
            _exit(5);
        desk_job(&desk, "serre-tete", 100000);
    }
    work(&desk, to);
}

/* ---- the parent ---- */

static int64_t number(const char *folder, const char *format, int64_t id)
{
    char path[100], sql[300];
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t n;

    snprintf(path, sizeof path, "%s/usine.db", folder);
    snprintf(sql, sizeof sql, format, (long long)id);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    n = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return n;
}

static void check(const char *folder, const struct told *told, int64_t good_before)
{
    if (told->what == TOLD_START)
        assert_int_equal(number(folder, "SELECT count(*) FROM runs WHERE id = %lld", told->id), 1);
    else if (told->what == TOLD_JOB)
        assert_int_equal(number(folder, "SELECT count(*) FROM jobs WHERE id = %lld", told->id), 1);
    else
        assert_int_equal(number(folder, "SELECT count(*) FROM consents WHERE id = %lld", told->id),
                         1);
    assert_true(number(folder, "SELECT coalesce(sum(qty), %lld) FROM facts WHERE kind = 'made'",
                       0) >= good_before + told->good);
}

/* Reads what the child tells until it has told `most` things, kills it, and checks all of it. */
static void one_life(const char *folder, int life, int most)
{
    struct told told[64];
    int ends[2], n = 0, status;
    int64_t good = life == 0 ? 0
                             : number(folder,
                                      "SELECT coalesce(sum(qty), %lld) FROM facts"
                                      " WHERE kind = 'made'",
                                      0);
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        live(folder, ends[1], life);
    }
    close(ends[1]);
    while (n < most && read(ends[0], &told[n], sizeof *told) == (ssize_t)sizeof *told)
        n++;
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(n, most); /* else it ended by itself */
    close(ends[0]);
    for (int i = 0; i < n; i++)
        check(folder, &told[i], good);
}

static void nothing_that_was_answered_is_lost(void **state)
{
    char folder[] = "/tmp/usine-crash-XXXXXX", command[60];

    (void)state;
    assert_non_null(mkdtemp(folder));
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    for (int life = 0; life < LIVES; life++)
        one_life(folder, life, 5 + 9 * life);
    assert_int_equal(number(folder,
                            "SELECT count(*) FROM (SELECT site FROM facts GROUP BY site"
                            " HAVING count(*) <> max(seq) OR min(seq) <> %lld)",
                            1),
                     0);
    assert_int_equal(number(folder,
                            "SELECT count(*) - %lld FROM runs r WHERE r.judged = 1 AND"
                            " r.status = 2 AND (SELECT sum(qty) FROM facts f WHERE f.run = r.id"
                            " AND f.kind IN ('made', 'scrapped')) <> 2",
                            0),
                     0);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_that_was_answered_is_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
