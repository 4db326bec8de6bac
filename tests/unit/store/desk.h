/* SPDX-License-Identifier: Apache-2.0 */
/* A store in a temporary folder, and works that say how they went. */
#ifndef USINE_TESTS_STORE_DESK_H
#define USINE_TESTS_STORE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"
#include "store/store_fact.h"
#include "store/store_job.h"
#include "store/store_machine.h"
#include "store/store_program.h"
#include "store/store_run.h"

struct desk {
    uv_loop_t loop;
    struct store *store;
    char folder[64];
    char path[100];
    char text[400];
    bool closed;
};

struct job {
    struct store_work work; /* first */
    enum err (*act)(struct db *db, void *arg);
    void *arg;
    bool done;
    enum err err;
    char text[400];
};

static inline enum err job_apply(struct store_work *work, struct db *db)
{
    struct job *job = (struct job *)(void *)work;

    return job->act(db, job->arg);
}

static inline void job_done(struct store_work *work, enum err err, const char *text)
{
    struct job *job = (struct job *)(void *)work;

    job->done = true;
    job->err = err;
    snprintf(job->text, sizeof job->text, "%s", text);
}

static inline void job_post(struct desk *desk, struct job *job,
                            enum err (*act)(struct db *db, void *arg), void *arg)
{
    *job = (struct job){.work = {.apply = job_apply, .done = job_done}, .act = act, .arg = arg};
    store_write(desk->store, &job->work);
}

static inline enum err job_wait(struct desk *desk, struct job *job)
{
    while (!job->done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return job->err;
}

static inline enum err desk_do(struct desk *desk, enum err (*act)(struct db *db, void *arg),
                               void *arg)
{
    struct job job;

    job_post(desk, &job, act, arg);
    job_wait(desk, &job);
    snprintf(desk->text, sizeof desk->text, "%s", job.text);
    return job.err;
}

static inline enum err desk_open(struct desk *desk)
{
    return store_open(&desk->store, &desk->loop, desk->path, desk->text, sizeof desk->text);
}

static inline void desk_on_closed(void *context)
{
    ((struct desk *)context)->closed = true;
}

static inline void desk_close(struct desk *desk)
{
    desk->closed = false;
    store_close(desk->store, desk_on_closed, desk);
    uv_run(&desk->loop, UV_RUN_DEFAULT);
    assert_true(desk->closed);
    desk->store = NULL;
}

/* The folder alone: the test opens. */
static inline int desk_setup_closed(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    snprintf(desk->folder, sizeof desk->folder, "/tmp/usine-store-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(desk->path, sizeof desk->path, "%s/usine.db", desk->folder);
    assert_int_equal(uv_loop_init(&desk->loop), 0);
    *state = desk;
    return 0;
}

static inline int desk_setup(void **state)
{
    struct desk *desk;

    desk_setup_closed(state);
    desk = *state;
    if (desk_open(desk) != ERR_OK)
        fail_msg("%s", desk->text);
    return 0;
}

static inline int desk_teardown(void **state)
{
    struct desk *desk = *state;
    char command[100];

    if (desk->store != NULL)
        desk_close(desk);
    assert_int_equal(uv_loop_close(&desk->loop), 0);
    snprintf(command, sizeof command, "rm -rf %s", desk->folder);
    assert_int_equal(system(command), 0);
    free(desk);
    return 0;
}

/* Runs SQL on the file with a connection of its own; returns SQLite's code, keeps its words. */
static inline int desk_sql(struct desk *desk, const char *path, const char *sql)
{
    sqlite3 *db;
    int rc;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    snprintf(desk->text, sizeof desk->text, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    return rc;
}

/* The one whole number a query gives. */
static inline int64_t desk_number(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t number;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static inline enum err add_fact(struct db *db, void *arg)
{
    return store_fact_append(db, arg);
}

static inline struct fact made(const char *site, int64_t qty)
{
    struct fact fact = {.kind = FACT_MADE, .day = 20200407, .at_ms = 1, .job = 1, .qty = qty};

    snprintf(fact.site, sizeof fact.site, "%s", site);
    snprintf(fact.machine, sizeof fact.machine, "%s-p1", site);
    snprintf(fact.part, sizeof fact.part, "ecran");
    return fact;
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)
#define DESK_TEST_CLOSED(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, desk_setup_closed, desk_teardown)

#endif
