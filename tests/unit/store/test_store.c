/* SPDX-License-Identifier: Apache-2.0 */
/* The store's thread: batches, bad files, full disks, backups. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "desk.h"
#include "store/migrate.h"
#include "store/store_key.h"

static enum err refuse(struct db *db, void *arg)
{
    enum err err = store_fact_append(db, arg);

    assert_int_equal(err, ERR_OK);
    return ERR_REFUSED;
}

static void a_work_that_fails_is_undone_alone(void **state)
{
    struct desk *desk = *state;
    struct fact facts[3] = {made("caen", 1), made("caen", 2), made("caen", 4)};
    struct job jobs[3];

    job_post(desk, &jobs[0], add_fact, &facts[0]);
    job_post(desk, &jobs[1], refuse, &facts[1]);
    job_post(desk, &jobs[2], add_fact, &facts[2]);
    assert_int_equal(job_wait(desk, &jobs[2]), ERR_OK);
    assert_true(jobs[0].done && jobs[1].done); /* answered in order */
    assert_int_equal(jobs[0].err, ERR_OK);
    assert_int_equal(jobs[1].err, ERR_REFUSED);
    assert_int_equal(desk_number(desk->path, "SELECT sum(qty) FROM facts"), 5);
}

/* Hands over a work that books the fact under the key "k" of marie; it fails for one piece. */
static void post_keyed(struct desk *desk, struct job *job, struct fact *fact, int64_t at_ms)
{
    *job = (struct job){.work = {.apply = job_apply, .done = job_done},
                        .act = fact->qty == 1 ? refuse : add_fact,
                        .arg = fact};
    job->work.key = calloc(1, sizeof *job->work.key);
    assert_non_null(job->work.key);
    *job->work.key = (struct store_key){
        .command = "stock.receive", .by = "marie", .key = "k", .fields = "f", .at_ms = at_ms};
    store_write(desk->store, &job->work);
}

static void what_a_key_was_used_for_is_written_once_while_the_key_is_kept(void **state)
{
    struct desk *desk = *state;
    struct fact facts[4] = {made("caen", 1), made("caen", 2), made("caen", 4), made("caen", 8)};
    struct job jobs[4];

    post_keyed(desk, &jobs[0], &facts[0], 1000); /* what is not done leaves no key */
    post_keyed(desk, &jobs[1], &facts[1], 1000);
    post_keyed(desk, &jobs[2], &facts[2], STORE_KEY_MS);
    assert_int_equal(job_wait(desk, &jobs[2]), ERR_REFUSED);
    assert_int_equal(jobs[1].err, ERR_OK);
    assert_non_null(strstr(jobs[2].text, "nothing was done again"));
    assert_int_equal(desk_number(desk->path, "SELECT sum(qty) FROM facts"), 2);
    post_keyed(desk, &jobs[3], &facts[3], STORE_KEY_MS + 1001);
    assert_int_equal(job_wait(desk, &jobs[3]), ERR_OK);
    assert_int_equal(desk_number(desk->path, "SELECT sum(qty) FROM facts"), 10);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM keys"), 1);
}

static enum err sleep_a_little(struct db *db, void *arg)
{
    (void)db;
    (void)arg;
    usleep(30000);
    return ERR_OK;
}

static void an_answer_comes_after_the_commit_and_never_from_inside(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);
    struct job slow, job;

    job_post(desk, &slow, sleep_a_little, NULL);
    job_post(desk, &job, add_fact, &fact);
    assert_false(job.done);
    assert_int_equal(job_wait(desk, &job), ERR_OK);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM facts"), 1);
}

static void what_waits_is_written_before_closing(void **state)
{
    struct desk *desk = *state;
    struct fact facts[20];
    struct job jobs[20];

    for (int i = 0; i < 20; i++) {
        facts[i] = made("caen", 1);
        job_post(desk, &jobs[i], add_fact, &facts[i]);
    }
    desk_close(desk);
    for (int i = 0; i < 20; i++)
        assert_true(jobs[i].done && jobs[i].err == ERR_OK);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM facts"), 20);
}

/* Files cannot grow beyond `bytes`: what a full disk does to writes. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_is_said_and_the_same_work_succeeds_later(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);
    struct stat st;
    char wal[120];

    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    snprintf(wal, sizeof wal, "%s-wal", desk->path);
    assert_int_equal(stat(wal, &st), 0);
    limit_files((rlim_t)st.st_size);
    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_DISK);
    assert_non_null(strstr(desk->text, "nothing was changed"));
    assert_non_null(strstr(desk->text, "free"));
    limit_files(RLIM_INFINITY);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM facts"), 1);
    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    assert_int_equal(fact.seq, 2);
}

static void a_database_of_another_daemon_is_not_opened(void **state)
{
    struct desk *desk = *state;
    struct store *second;
    char text[400];

    assert_int_equal(store_open(&second, &desk->loop, desk->path, text, sizeof text), ERR_BUSY);
    assert_non_null(strstr(text, "another usined"));
    assert_non_null(strstr(text, desk->path));
}

static void a_locked_database_is_said(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);
    sqlite3 *other;

    assert_int_equal(sqlite3_open(desk->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_BUSY);
    assert_non_null(strstr(desk->text, "another program"));
    sqlite3_close(other);
    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
}

static void a_newer_database_is_refused_and_left_alone(void **state)
{
    struct desk *desk = *state;
    char sql[60];

    assert_int_equal(desk_open(desk), ERR_OK);
    desk_close(desk);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", migrate_version() + 1);
    assert_int_equal(desk_sql(desk, desk->path, sql), SQLITE_OK);
    assert_int_equal(desk_open(desk), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "newer usined"));
    assert_int_equal(desk_number(desk->path, "PRAGMA user_version"), migrate_version() + 1);
}

static void a_file_that_is_no_database_is_said(void **state)
{
    struct desk *desk = *state;
    FILE *file = fopen(desk->path, "w");

    for (int i = 0; i < 1000; i++)
        fprintf(file, "this is a letter\n");
    fclose(file);
    assert_int_equal(desk_open(desk), ERR_DISK);
    assert_non_null(strstr(desk->text, "not a usine database"));
}

static void a_damaged_database_is_said(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);
    char garbage[4096];
    int fd;

    for (int i = 0; i < 50; i++)
        assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    desk_close(desk);
    memset(garbage, 0x5a, sizeof garbage);
    fd = open(desk->path, O_WRONLY);
    for (off_t page = 1; page < 40; page++)
        assert_int_equal(pwrite(fd, garbage, sizeof garbage, page * 4096), sizeof garbage);
    close(fd);
    if (desk_open(desk) == ERR_OK) {
        assert_int_equal(desk_do(desk, add_fact, &fact), ERR_DISK);
        assert_non_null(strstr(desk->text, "damaged"));
    } else {
        assert_non_null(strstr(desk->text, "damaged"));
    }
}

static void a_missing_folder_is_said(void **state)
{
    struct desk *desk = *state;

    snprintf(desk->path, sizeof desk->path, "%s/none/usine.db", desk->folder);
    assert_int_equal(desk_open(desk), ERR_DISK);
    assert_non_null(strstr(desk->text, "folder"));
}

static void migrations_run_once(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(desk_number(desk->path, "PRAGMA user_version"), migrate_version());
    desk_close(desk);
    assert_int_equal(desk_open(desk), ERR_OK);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM meta"), 1);
}

static void an_older_database_is_brought_forward_with_its_rows(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 3);

    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    desk_close(desk);
    assert_int_equal(
        desk_sql(
            desk, desk->path,
            "ALTER TABLE machines DROP COLUMN place;"
            "DROP TRIGGER facts_blocks; DROP TABLE blocks;"
            "DROP INDEX facts_by_hand; DROP INDEX facts_found; ALTER TABLE facts DROP COLUMN found;"
            "DROP TABLE keys;"
            "DROP TABLE run_spools;"
            "ALTER TABLE runs DROP COLUMN loaded;"
            "ALTER TABLE runs DROP COLUMN spool;"
            "ALTER TABLE runs DROP COLUMN booked;"
            "DROP TRIGGER facts_stages; DROP TABLE stages;"
            "ALTER TABLE facts DROP COLUMN step;"
            "ALTER TABLE facts DROP COLUMN step_from;"
            "DROP TABLE declarations;"
            "ALTER TABLE facts DROP COLUMN declaration;"
            "ALTER TABLE facts DROP COLUMN origin;"
            "DROP TRIGGER facts_packed; DROP TABLE packs;"
            "DROP INDEX facts_departed; DROP INDEX runs_finished;"
            "CREATE INDEX daily_part ON daily (part, kind, qty);"
            "ALTER TABLE jobs DROP COLUMN preferred;"
            "ALTER TABLE jobs DROP COLUMN excluded;"
            "DROP TABLE loads; DROP INDEX runs_material;"
            "ALTER TABLE runs DROP COLUMN material;"
            "DROP INDEX facts_lot; DROP INDEX facts_kit_lot;"
            "DROP INDEX facts_verdict; ALTER TABLE facts DROP COLUMN kit_lot;"
            "DROP TRIGGER facts_stock; DROP TABLE stock; DROP TABLE orders;"
            "DROP INDEX facts_order; DROP INDEX facts_assembled;"
            "ALTER TABLE facts DROP COLUMN product_order;"
            "ALTER TABLE jobs DROP COLUMN product_order;"
            "DROP TABLE outbox; DROP TABLE notice_told; DROP TABLE notice_rules;"
            "DROP TABLE audit; DROP TABLE tablets; DROP TABLE tokens;"
            "DROP TABLE sessions; DROP TABLE people;"
            "DROP TABLE notes; DROP INDEX facts_corrected;"
            "DROP INDEX facts_scrap; DROP INDEX runs_ended;"
            "ALTER TABLE runs DROP COLUMN corrected_ms;"
            "ALTER TABLE runs DROP COLUMN corrected_by;"
            "ALTER TABLE machines DROP COLUMN locked;"
            "ALTER TABLE machines DROP COLUMN flags;"
            "ALTER TABLE machines DROP COLUMN held;"
            "ALTER TABLE machines DROP COLUMN why;"
            "ALTER TABLE runs DROP COLUMN judged_ms; DROP INDEX facts_made;"
            "PRAGMA user_version = 1"),
        SQLITE_OK);
    assert_int_equal(desk_open(desk), ERR_OK);
    assert_int_equal(desk_number(desk->path, "PRAGMA user_version"), migrate_version());
    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    assert_int_equal(fact.seq, 2);
    assert_int_equal(desk_number(desk->path, "SELECT qty FROM stock"), 6);
    assert_int_equal(desk_number(desk->path, "SELECT length(body) - length(replace(body, ';', ''))"
                                             " FROM packs WHERE body LIKE 'm%'"),
                     2);
}

static void a_migration_that_fails_leaves_the_database_as_it_was(void **state)
{
    struct desk *desk = *state;

    desk_close(desk);
    assert_int_equal(desk_sql(desk, desk->path, "PRAGMA user_version = 1"), SQLITE_OK);
    assert_int_not_equal(desk_open(desk), ERR_OK); /* the column is there already */
    assert_non_null(strstr(desk->text, desk->path));
    assert_int_equal(desk_number(desk->path, "PRAGMA user_version"), 1);
}

struct saved {
    bool done;
    enum err err;
    char text[400];
};

static void on_saved(void *context, enum err err, const char *text)
{
    struct saved *saved = context;

    saved->done = true;
    saved->err = err;
    snprintf(saved->text, sizeof saved->text, "%s", text);
}

static struct saved backup(struct desk *desk, const char *path)
{
    struct saved saved = {.done = false};

    store_backup(desk->store, path, on_saved, &saved);
    while (!saved.done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return saved;
}

static void a_backup_is_a_whole_database(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 3);
    char path[120];

    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    snprintf(path, sizeof path, "%s/copy.db", desk->folder);
    assert_int_equal(backup(desk, path).err, ERR_OK);
    assert_int_equal(desk_number(path, "SELECT sum(qty) FROM facts"), 3);
    assert_int_equal(backup(desk, path).err, ERR_REFUSED); /* it exists */
    assert_int_equal(backup(desk, "/nowhere/copy.db").err, ERR_DISK);
}

static enum err read_last(struct db *db, void *arg)
{
    return store_run_last(db, arg);
}

static void a_reader_sees_what_is_committed_and_cannot_write(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);
    int64_t last = -1;
    struct job job = {
        .work = {.apply = job_apply, .done = job_done}, .act = read_last, .arg = &last};

    store_read(desk->store, &job.work);
    assert_int_equal(job_wait(desk, &job), ERR_OK);
    assert_int_equal(last, 0);
    job =
        (struct job){.work = {.apply = job_apply, .done = job_done}, .act = add_fact, .arg = &fact};
    store_read(desk->store, &job.work);
    assert_int_not_equal(job_wait(desk, &job), ERR_OK);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM facts"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_work_that_fails_is_undone_alone),
        DESK_TEST(what_a_key_was_used_for_is_written_once_while_the_key_is_kept),
        DESK_TEST(an_answer_comes_after_the_commit_and_never_from_inside),
        DESK_TEST(what_waits_is_written_before_closing),
        DESK_TEST(a_full_disk_is_said_and_the_same_work_succeeds_later),
        DESK_TEST(a_database_of_another_daemon_is_not_opened),
        DESK_TEST(a_locked_database_is_said),
        DESK_TEST_CLOSED(a_newer_database_is_refused_and_left_alone),
        DESK_TEST_CLOSED(a_file_that_is_no_database_is_said),
        DESK_TEST(a_damaged_database_is_said),
        DESK_TEST_CLOSED(a_missing_folder_is_said),
        DESK_TEST(migrations_run_once),
        DESK_TEST(an_older_database_is_brought_forward_with_its_rows),
        DESK_TEST(a_migration_that_fails_leaves_the_database_as_it_was),
        DESK_TEST(a_backup_is_a_whole_database),
        DESK_TEST(a_reader_sees_what_is_committed_and_cannot_write),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
