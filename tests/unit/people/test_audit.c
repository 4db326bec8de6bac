/* SPDX-License-Identifier: Apache-2.0 */
#include "desk.h"

#include <sqlite3.h>

#include "people/audit.h"

struct check_work {
    struct store_work work; /* first */
    struct audit_check check;
    bool done;
};

static enum err check_apply(struct store_work *work, struct db *db)
{
    return store_audit_verify(db, &((struct check_work *)(void *)work)->check);
}

static void check_done(struct store_work *work, enum err err, const char *text)
{
    (void)text;
    assert_int_equal(err, ERR_OK);
    ((struct check_work *)(void *)work)->done = true;
}

/* head: one that was noted; "": none. */
static struct audit_check verify_head(struct desk *desk, const char *head)
{
    struct check_work check = {.work = {.apply = check_apply, .done = check_done}};

    snprintf(check.check.wanted, sizeof check.check.wanted, "%s", head);
    store_read(desk->store, &check.work);
    while (!check.done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return check.check;
}

static struct audit_check verify(struct desk *desk)
{
    return verify_head(desk, "");
}

static void add(struct desk *desk, const char *who, const char *command)
{
    struct audit_row row = {.at_ms = desk->now_ms, .status = 200, .outcome = "done"};

    snprintf(row.who, sizeof row.who, "%s", who);
    snprintf(row.command, sizeof row.command, "%s", command);
    audit_add(desk->people, &row, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
}

/* By a hand in the file, as somebody with the disk could. Returns SQLite's code. */
static int by_hand(struct desk *desk, const char *sql)
{
    char path[100];
    sqlite3 *db;
    int rc;

    snprintf(path, sizeof path, "%s/usine.db", desk->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return rc;
}

static void each_row_follows_from_the_one_before(void **state)
{
    struct desk *desk = *state;
    struct audit_check check = verify(desk);

    assert_int_equal(check.rows, 0);
    add(desk, "nadia", "user.add");
    add(desk, "nadia", "machine.unlock");
    add(desk, "paul", "machine.unlock");
    check = verify(desk);
    assert_int_equal(check.rows, 3);
    assert_int_equal(check.broken, 0);
    desk_restart(desk);
    add(desk, "paul", "estop");
    check = verify(desk);
    assert_int_equal(check.rows, 4);
    assert_int_equal(check.broken, 0);
}

static void a_row_cannot_be_changed_or_deleted(void **state)
{
    struct desk *desk = *state;

    add(desk, "nadia", "user.add");
    assert_int_not_equal(by_hand(desk, "UPDATE audit SET who = 'paul'"), SQLITE_OK);
    assert_int_not_equal(by_hand(desk, "DELETE FROM audit"), SQLITE_OK);
    assert_int_equal(verify(desk).rows, 1);
}

static void a_hand_in_the_file_shows(void **state)
{
    static const char *const hands[] = {
        "UPDATE audit SET who = 'paul' WHERE seq = 2",
        "UPDATE audit SET outcome = 'do', detail = 'ne' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 1) WHERE seq = 2",
    };
    struct desk *desk = *state;

    assert_int_equal(by_hand(desk, "DROP TRIGGER audit_update; DROP TRIGGER audit_delete;"),
                     SQLITE_OK);
    for (int i = 0; i < 3; i++)
        add(desk, "nadia", "user.add");
    assert_int_equal(by_hand(desk, "CREATE TABLE kept AS SELECT * FROM audit"), SQLITE_OK);
    for (size_t i = 0; i < sizeof hands / sizeof *hands; i++) {
        char words[200];
        struct audit_check check;

        assert_int_equal(by_hand(desk, hands[i]), SQLITE_OK);
        check = verify(desk);
        assert_true(check.broken == 2 || check.broken == 3);
        audit_words(&check, words, sizeof words);
        assert_non_null(strstr(words, "BROKEN"));
        assert_int_equal(by_hand(desk, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept"),
                         SQLITE_OK);
        assert_int_equal(verify(desk).broken, 0);
    }
}

/* The chain that is left holds; who noted a head misses it. */
static void rows_cut_off_the_end_are_missed_by_their_head(void **state)
{
    struct desk *desk = *state;
    struct audit_check before, after;
    char words[200];

    for (int i = 0; i < 3; i++)
        add(desk, "nadia", "user.add");
    before = verify(desk);
    assert_true(audit_good(&before));
    assert_int_equal(verify_head(desk, before.head).wanted_at, 3);
    assert_int_equal(by_hand(desk, "DROP TRIGGER audit_delete; DELETE FROM audit WHERE seq > 1"),
                     SQLITE_OK);
    desk_restart(desk);
    after = verify(desk);
    assert_true(audit_good(&after));
    after = verify_head(desk, before.head);
    assert_int_equal(after.wanted_at, 0);
    assert_false(audit_good(&after));
    audit_words(&after, words, sizeof words);
    assert_non_null(strstr(words, "BROKEN"));
}

/* While usined runs it knows how many there were: the gap stays. */
static void rows_cut_off_under_a_running_daemon_leave_a_gap(void **state)
{
    struct desk *desk = *state;

    for (int i = 0; i < 3; i++)
        add(desk, "nadia", "user.add");
    assert_int_equal(by_hand(desk, "DROP TRIGGER audit_delete; DELETE FROM audit WHERE seq > 1"),
                     SQLITE_OK);
    add(desk, "nadia", "user.remove");
    assert_int_equal(verify(desk).broken, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(each_row_follows_from_the_one_before),
        DESK_TEST(a_row_cannot_be_changed_or_deleted),
        DESK_TEST(a_hand_in_the_file_shows),
        DESK_TEST(rows_cut_off_the_end_are_missed_by_their_head),
        DESK_TEST(rows_cut_off_under_a_running_daemon_leave_a_gap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
