/* SPDX-License-Identifier: Apache-2.0 */
/* How long facts take to append, and what reports of a year over them cost: a million facts of 80
 * machines at 16 sites that work in two shifts, 35 a machine and day as of five runs, with the runs
 * themselves. Reports: each day and machine, then every grouping there is; processor time, best of
 * three, and a table of what to expect.
 * Usage: bench_ledger [FOLDER [FACTS [GROUPS]]]. Without FOLDER a temporary one, removed
 * afterwards; with it FOLDER/ledger.db stays, and FACTS 0 reads it again. GROUPS, as "day,shift":
 * only these. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "production/breakdown.h"
#include "production/ledger.h"
#include "store/db_sqlite.h"
#include "store/store.h"
#include "store/store_fact.h"
#include "store/store_run.h"

#define FIRST_MS INT64_C(1577833200000) /* 2020-01-01 00:00 in Paris */

enum {
    MACHINES = 80,
    SITES = 16,
    BATCH = 1000,
    A_DAY = 35,        /* facts a machine */
    TURN_MS = 2340000, /* from one to the next: 39 min */
    DAY_MS = 86400000,
    ROUNDS = 3,
};

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

/* Of all threads: reports are read on the pool. */
static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What is booked at a machine, run after run; the last is one of `seldom`. */
static const enum fact_kind kinds[] = {FACT_HEATING, FACT_RUNNING, FACT_RAN, FACT_WAITING,
                                       FACT_MADE,    FACT_IDLE,    FACT_MADE};
static const enum fact_kind seldom[] = {
    FACT_SCRAPPED, FACT_DOWN, FACT_SCRAPPED, FACT_OFFLINE, FACT_IDLE, FACT_CORRECTED,
    FACT_SCRAPPED, FACT_DOWN, FACT_SCRAPPED, FACT_OFFLINE, FACT_IDLE, FACT_CORRECTED_SCRAP};
static const char *const reasons[] = {"came off", "warped", "clogged", "ran out", "incomplete"};

enum { KINDS = sizeof kinds / sizeof *kinds, SELDOM = sizeof seldom / sizeof *seldom };

static void fill(struct fact *fact, long number)
{
    long machine = number % MACHINES, turn = number / MACHINES, run = turn / KINDS;
    bool is_seldom = turn % KINDS == KINDS - 1;

    fact->kind = is_seldom ? seldom[(run + machine) % SELDOM] : kinds[turn % KINDS];
    fact->at_ms = FIRST_MS + turn / A_DAY * DAY_MS + turn % A_DAY * TURN_MS;
    fact->day = ledger_day(fact->at_ms);
    fact->qty = fact->kind >= FACT_RUNNING ? TURN_MS : 1 + run % 4;
    snprintf(fact->site, sizeof fact->site, "site-%02ld", machine % SITES);
    snprintf(fact->machine, sizeof fact->machine, "machine-%02ld", machine);
    snprintf(fact->part, sizeof fact->part, "part-%ld", machine % 3);
    if (ledger_is_scrap(fact->kind))
        snprintf(fact->reason, sizeof fact->reason, "%s",
                 reasons[(run + machine) % (long)(sizeof reasons / sizeof *reasons)]);
}

/* The run that a fact tells the end of: four hours, more or less. */
static enum err append_run(struct db *db, const struct fact *fact)
{
    struct run_row run = {.id = fact->run,
                          .job = 1,
                          .sha256 = "p",
                          .program = "p",
                          .status = 2,
                          .judged = true,
                          .ordered_ms = fact->at_ms - 15000000,
                          .ended_ms = fact->at_ms,
                          .consent = 1,
                          .lines = 1000,
                          .time_s = 14400};
    enum err err;

    memcpy(run.part, fact->part, sizeof run.part);
    memcpy(run.machine, fact->machine, sizeof run.machine);
    memcpy(run.site, fact->site, sizeof run.site);
    err = store_run_add(db, &run);
    if (err == ERR_OK)
        err = store_run_started(db, run.id, run.ended_ms - 14400000 + run.id * 7919 % 600000);
    return err == ERR_OK ? store_run_ended(db, &run) : err;
}

static enum err append_apply(struct store_work *work, struct db *db)
{
    struct append *append = (struct append *)(void *)work;
    enum err err = ERR_OK;

    for (long i = append->from; i < append->from + append->count && err == ERR_OK; i++) {
        struct fact fact = {.job = 1};

        fill(&fact, i);
        if (fact.kind == FACT_RAN) {
            fact.run = i + 1;
            err = append_run(db, &fact);
        }
        if (err == ERR_OK)
            err = store_fact_append(db, &fact);
    }
    return err;
}

/* What runs belong to. */
static enum err frame_apply(struct store_work *work, struct db *db)
{
    (void)work;
    return db_exec(
        db, "INSERT INTO programs VALUES ('p', 'p', '', '', 0, 0);"
            "INSERT INTO jobs (part, target, priority, due_ms, sites, state, by, note, added_ms)"
            " VALUES ('part-0', 1, 5, 0, '', 0, '', '', 0);"
            "INSERT INTO consents (machine, by, given_ms, hold_ms) VALUES ('machine-00', '', 0,"
            " 0)");
}

static void append_done(struct store_work *work, enum err err, const char *text)
{
    struct append *append = (struct append *)(void *)work;

    if (err != ERR_OK)
        fprintf(stderr, "%s\n", text);
    append->err = err;
    append->done = true;
}

static enum err take_rows(void *context, const struct throughput_row *rows, size_t count)
{
    struct reading *reading = context;

    (void)rows;
    reading->rows = count;
    return ERR_OK;
}

static enum err take_groups(void *context, const struct breakdown_row *rows, size_t count)
{
    struct reading *reading = context;

    (void)rows;
    reading->rows = count;
    return ERR_OK;
}

static void on_report(void *context, enum err err, const char *text)
{
    struct reading *reading = context;

    if (err != ERR_OK)
        fprintf(stderr, "%s\n", text);
    reading->done = true;
}

static enum err write_out(struct store *store, uv_loop_t *loop, struct append *append)
{
    append->work.done = append_done;
    store_write(store, &append->work);
    while (!append->done)
        uv_run(loop, UV_RUN_ONCE);
    return append->err;
}

static enum err append_all(struct store *store, uv_loop_t *loop, long facts)
{
    struct append frame = {.work.apply = frame_apply};
    double start = now_ms(), cpu = cpu_ms();
    enum err err = write_out(store, loop, &frame);

    for (long i = 0; i < facts && err == ERR_OK; i += BATCH) {
        struct append append = {.work.apply = append_apply, .from = i, .count = BATCH};

        err = write_out(store, loop, &append);
    }
    printf("ledger: %ld facts appended, %.0f per second, %.1f us of processor each\n", facts,
           (double)facts * 1e3 / (now_ms() - start), (cpu_ms() - cpu) * 1e3 / (double)facts);
    return err;
}

static double read_year(struct store *store, uv_loop_t *loop, const char *from, const char *to)
{
    struct throughput_query query = {.from = ""};
    double best = 1e9;
    struct reading reading = {.done = false};
    const struct throughput_asker asker = {
        .take = take_rows, .done = on_report, .context = &reading};

    snprintf(query.from, sizeof query.from, "%s", from);
    snprintf(query.to, sizeof query.to, "%s", to);
    for (int i = 0; i < ROUNDS; i++) {
        double start = cpu_ms();

        reading.done = false;
        throughput_read(store, &query, 0, &asker);
        while (!reading.done)
            uv_run(loop, UV_RUN_ONCE);
        best = cpu_ms() - start < best ? cpu_ms() - start : best;
    }
    printf("ledger: %6.1f ms %7zu rows  %s..%s\n", best, reading.rows, from, to);
    return best;
}

/* 16 sites in two shifts, 80 machines. */
static struct config *make_config(void)
{
    struct config *config = NULL;
    struct config_faults faults;
    size_t size;
    char *text = NULL;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    fputs("{\"role\": \"standalone\", \"state\": \"/tmp\", \"sites\": [", out);
    for (int i = 0; i < SITES; i++)
        fprintf(out,
                "%s{\"id\": \"site-%02d\", \"shifts\": [{\"id\": \"early\", \"hours\":"
                " \"06:00-14:00\"}, {\"id\": \"late\", \"hours\": \"14:00-22:00\"}]}",
                i > 0 ? ", " : "", i);
    fputs("], \"machines\": [", out);
    for (int i = 0; i < MACHINES; i++)
        fprintf(out,
                "%s{\"id\": \"machine-%02d\", \"site\": \"site-%02d\", \"model\": \"%s\","
                " \"port\": \"/dev/%d\"}",
                i > 0 ? ", " : "", i, i % SITES, i % 2 == 0 ? "prusa-mk3" : "ender-3", i);
    fputs("]}", out);
    fclose(out);
    if (config_parse("bench", text, size, &config, &faults) != ERR_OK)
        fprintf(stderr, "%s\n", faults.items[0].text);
    config_faults_finish(&faults);
    free(text);
    return config;
}

/* A year added up by a choice of groups; returns what it cost. */
static double read_groups(struct store *store, uv_loop_t *loop, struct config *config,
                          unsigned groups)
{
    struct breakdown_query query = {.days = {.from = "2020-01-01", .to = "2020-12-31"},
                                    .groups = groups};
    struct reading reading = {.done = false};
    const struct breakdown_asker asker = {
        .take = take_groups, .done = on_report, .context = &reading};
    double best = 1e9;

    for (int i = 0; i < ROUNDS; i++) {
        double start = cpu_ms();

        reading.done = false;
        breakdown_read(store, config, &query, &asker);
        while (!reading.done)
            uv_run(loop, UV_RUN_ONCE);
        best = cpu_ms() - start < best ? cpu_ms() - start : best;
    }
    printf("ledger: %6.1f ms %7zu rows ", best, reading.rows);
    for (size_t g = 0; g < BREAKDOWN_GROUPS; g++)
        if ((groups & 1u << g) != 0)
            printf(" %s", breakdown_name(g));
    printf("\n");
    return best;
}

/* What the table shows, beside the dearest of all. */
static const struct {
    const char *name;
    unsigned groups;
} shown[] = {{"machine, shift", GROUP_MACHINE | GROUP_SHIFT},
             {"day, machine, model, shift", GROUP_DAY | GROUP_MACHINE | GROUP_MODEL | GROUP_SHIFT},
             {"all seven", (1u << BREAKDOWN_GROUPS) - 1}};

static void print_table(double year, const double *cost)
{
    double worst = 0;

    for (unsigned g = 1; g < 1u << BREAKDOWN_GROUPS; g++)
        worst = cost[g] > worst ? cost[g] : worst;
    printf("ledger: | a year grouped by | ms of processor (to be: < 200) |\n");
    printf("ledger: | %-28s | %6.1f |\n", "none", year);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (cost[shown[i].groups] > 0)
            printf("ledger: | %-28s | %6.1f |\n", shown[i].name, cost[shown[i].groups]);
    printf("ledger: | %-28s | %6.1f |\n", "the dearest", worst);
}

/* only: this grouping; 0: every one. */
static void read_all(struct store *store, uv_loop_t *loop, unsigned only)
{
    struct config *config = make_config();
    double cost[1u << BREAKDOWN_GROUPS] = {0};
    double year = read_year(store, loop, "2020-01-01", "2020-12-31");

    read_year(store, loop, "2020-04-07", "2020-04-07");
    for (unsigned groups = 1; config != NULL && groups < 1u << BREAKDOWN_GROUPS; groups++)
        if (only == 0 || only == groups)
            cost[groups] = read_groups(store, loop, config, groups);
    config_unref(config);
    print_table(year, cost);
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
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    uv_loop_init(&loop);
    if (store_open(&store, &loop, path, text, sizeof text) != ERR_OK) {
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    if (facts == 0 || append_all(store, &loop, facts) == ERR_OK)
        read_all(store, &loop, argc > 3 ? breakdown_parse(argv[3]) : 0);
    store_close(store, on_closed, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    rc = uv_loop_close(&loop) == 0 ? 0 : 1;
    if (folder == passing)
        remove_folder(folder);
    return rc;
}
