/* SPDX-License-Identifier: Apache-2.0 */
/* How long facts take to append and a year's throughput takes to read: a million facts of 80
 * machines, each with a fact of every kind every day.
 * Usage: bench_ledger [FOLDER [FACTS]]. Without FOLDER a temporary one, removed afterwards; with it
 * FOLDER/ledger.db stays, and FACTS 0 reads it again. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "production/breakdown.h"
#include "store/store.h"
#include "store/store_fact.h"

enum { MACHINES = 80, DAYS = 360, BATCH = 1000, KINDS = 9 };

struct append {
    struct store_work work; /* first */
    long from, count;
    bool done;
    enum err err;
};

struct reading {
    bool done;
    size_t rows;
};

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What is booked at a machine. */
static const enum fact_kind kinds[KINDS] = {FACT_MADE,    FACT_SCRAPPED, FACT_RAN,
                                            FACT_RUNNING, FACT_HEATING,  FACT_WAITING,
                                            FACT_IDLE,    FACT_DOWN,     FACT_OFFLINE};

static enum err append_apply(struct store_work *work, struct db *db)
{
    struct append *append = (struct append *)(void *)work;
    enum err err = ERR_OK;

    for (long i = append->from; i < append->from + append->count && err == ERR_OK; i++) {
        long turn = i / MACHINES, day = turn / KINDS % DAYS;
        struct fact fact = {.at_ms = i, .kind = kinds[turn % KINDS], .qty = 1, .job = 1};

        fact.day = (int)(20200000 + (day / 30 + 1) * 100 + day % 30 + 1);
        snprintf(fact.site, sizeof fact.site, "site-%02ld", i % MACHINES / 5);
        snprintf(fact.machine, sizeof fact.machine, "machine-%02ld", i % MACHINES);
        snprintf(fact.part, sizeof fact.part, "part-%ld", i % MACHINES % 3);
        err = store_fact_append(db, &fact);
    }
    return err;
}

static void append_done(struct store_work *work, enum err err, const char *text)
{
    struct append *append = (struct append *)(void *)work;

    if (err != ERR_OK)
        fprintf(stderr, "%s\n", text);
    append->err = err;
    append->done = true;
}

static void take_rows(void *context, enum err err, const char *text,
                      const struct throughput_row *rows, size_t count)
{
    struct reading *reading = context;

    (void)rows;
    if (err != ERR_OK)
        fprintf(stderr, "%s\n", text);
    reading->rows = count;
    reading->done = true;
}

static enum err append_all(struct store *store, uv_loop_t *loop, long facts)
{
    double start = now_ms();
    enum err err = ERR_OK;

    for (long i = 0; i < facts && err == ERR_OK; i += BATCH) {
        struct append append = {
            .work = {.apply = append_apply, .done = append_done}, .from = i, .count = BATCH};

        store_write(store, &append.work);
        while (!append.done)
            uv_run(loop, UV_RUN_ONCE);
        err = append.err;
    }
    printf("ledger: %ld facts appended, %.0f per second\n", facts,
           (double)facts * 1e3 / (now_ms() - start));
    return err;
}

static void read_year(struct store *store, uv_loop_t *loop, const char *from, const char *to)
{
    struct throughput_query query = {.from = ""};
    double best = 1e9;
    struct reading reading = {.done = false};

    snprintf(query.from, sizeof query.from, "%s", from);
    snprintf(query.to, sizeof query.to, "%s", to);
    for (int i = 0; i < 5; i++) {
        double start = now_ms();

        reading.done = false;
        throughput_read(store, &query, 0, take_rows, &reading);
        while (!reading.done)
            uv_run(loop, UV_RUN_ONCE);
        best = now_ms() - start < best ? now_ms() - start : best;
    }
    printf("ledger: throughput %s..%s: %zu rows, best %.1f ms\n", from, to, reading.rows, best);
}

static void take_groups(void *context, enum err err, const char *text,
                        const struct breakdown_row *rows, size_t count)
{
    struct reading *reading = context;

    (void)rows;
    if (err != ERR_OK)
        fprintf(stderr, "%s\n", text);
    reading->rows = count;
    reading->done = true;
}

/* A year added up by a choice of words. */
static void read_groups(struct store *store, uv_loop_t *loop, const char *words)
{
    struct breakdown_query query = {.days = {.from = "2020-01-01", .to = "2020-12-31"},
                                    .groups = breakdown_parse(words)};
    struct config *config = NULL;
    struct config_faults faults;
    struct reading reading = {.done = false};
    double best = 1e9;

    if (config_parse("bench", "{}", 2, &config, &faults) != ERR_OK)
        return;
    config_faults_finish(&faults);
    for (int i = 0; i < 5; i++) {
        double start = now_ms();

        reading.done = false;
        breakdown_read(store, config, &query, take_groups, &reading);
        while (!reading.done)
            uv_run(loop, UV_RUN_ONCE);
        best = now_ms() - start < best ? now_ms() - start : best;
    }
    config_unref(config);
    printf("ledger: throughput of the year by %s: %zu rows, best %.1f ms\n", words, reading.rows,
           best);
}

static void on_closed(void *context)
{
    (void)context;
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"ledger.db", "ledger.db-wal", "ledger.db-shm",
                                        "ledger.db.lock"};
    char path[400];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%.300s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    char passing[] = "/tmp/usine-ledger-XXXXXX";
    const char *folder = argc > 1 ? argv[1] : mkdtemp(passing);
    long facts = argc > 2 ? atol(argv[2]) : 1000000;
    struct store *store;
    uv_loop_t loop;
    char path[400], text[400];
    int rc;

    if (folder == NULL)
        return 1;
    snprintf(path, sizeof path, "%.300s/ledger.db", folder);
    uv_loop_init(&loop);
    if (store_open(&store, &loop, path, text, sizeof text) != ERR_OK) {
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    if (facts == 0 || append_all(store, &loop, facts) == ERR_OK) {
        read_year(store, &loop, "2020-01-01", "2020-12-31");
        read_year(store, &loop, "2020-04-07", "2020-04-07");
        read_groups(store, &loop, "machine");
        read_groups(store, &loop, "day,part");
        read_groups(store, &loop, "machine,reason");
        read_groups(store, &loop, "shift");
    }
    store_close(store, on_closed, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    rc = uv_loop_close(&loop) == 0 ? 0 : 1;
    if (folder == passing)
        remove_folder(folder);
    return rc;
}
