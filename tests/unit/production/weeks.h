/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger of two weeks of random facts in a temporary folder, and its breakdowns. */
#ifndef USINE_TESTS_PRODUCTION_WEEKS_H
#define USINE_TESTS_PRODUCTION_WEEKS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "production/breakdown.h"
#include "production/ledger.h"
#include "production/name_pool.h"
#include "store/db_sqlite.h"
#include "store/store.h"
#include "store/store_run.h"
#include "store/store_verdict.h"

#define FIRST_MS 1584918000000 /* 2020-03-23 00:00 in Paris; clocks change on the 29th */

enum {
    FACTS = 1500,
    CROWD = 200,
    DAYS = 14,
    HOUR_MS = 3600000,
    ALL_GROUPS = 1 << BREAKDOWN_GROUPS
};

struct sums {
    int64_t good, scrap, runs, kits, ms[TIMES];
};

struct bench {
    uv_loop_t loop;
    struct store *store;
    struct config *config;
    char folder[64];
    struct fact facts[FACTS];
    struct run_row runs[FACTS]; /* that the facts are of; id 0: of none */
    struct breakdown_row *rows;
    struct name_pool names; /* the rows' */
    size_t count;
    bool answered;
    uv_thread_t taker; /* where the rows were worked on */
    enum err err;
    char text[400];
};

static const char config_text[] =
    "{\"role\": \"standalone\", \"state\": \"/tmp\", \"timezone\": \"Europe/Paris\","
    "\"sites\": [{\"id\": \"caen\", \"shifts\": [{\"id\": \"matin\", \"hours\": \"06:00-14:00\"},"
    "  {\"id\": \"soir\", \"hours\": \"14:00-22:00\"},"
    "  {\"id\": \"nuit\", \"hours\": \"22:00-24:00,00:00-06:00; Su off\"}]},"
    "  {\"id\": \"rouen\", \"hours\": \"Mo-Fr 08:00-20:00\"}],"
    "\"machines\": [{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"prusa-mk3\", \"port\": "
    "\"/dev/1\"},"
    "  {\"id\": \"p2\", \"site\": \"rouen\", \"model\": \"prusa-mk3\", \"port\": \"/dev/2\"},"
    "  {\"id\": \"e1\", \"site\": \"rouen\", \"model\": \"ender-3\", \"port\": \"/dev/3\"}],"
    "\"parts\": [{\"id\": \"band\", \"process\": \"print\"}, {\"id\": \"clip\", \"process\": "
    "\"print\"}],"
    "\"products\": [{\"id\": \"shield\", \"parts\": {\"band\": 1, \"clip\": 2}}]}";

/* ---- facts ---- */

static void fill_piece(struct fact *fact)
{
    static const enum fact_kind kinds[] = {FACT_MADE, FACT_SCRAPPED, FACT_RAN, FACT_CORRECTED,
                                           FACT_CORRECTED_SCRAP};
    static const char *const reasons[] = {"warped", "layers, shifted", "=1+1 \"peg\""};

    fact->kind = kinds[rand() % 5];
    fact->qty = fact->kind == FACT_RAN ? 1 : rand() % 9 - 2 * (fact->kind >= FACT_CORRECTED);
    snprintf(fact->part, sizeof fact->part, "%s", rand() % 2 == 0 ? "band" : "clip");
    snprintf(fact->reason, sizeof fact->reason, "%s", reasons[rand() % 3]);
}

static void fill_kits(struct fact *fact)
{
    bool kits = rand() % 2 == 0;

    fact->kind = FACT_ASSEMBLED;
    fact->qty = kits ? rand() % 20 : -(rand() % 20);
    fact->machine[0] = '\0';
    snprintf(fact->part, sizeof fact->part, "%s", kits ? "shield" : "band");
}

static void fill_time(struct fact *fact)
{
    int64_t end = ledger_midnight_after(fact->at_ms);

    fact->kind = (enum fact_kind)(FACT_RUNNING + rand() % TIMES);
    fact->qty = 1 + rand() % (12 * HOUR_MS);
    fact->qty = fact->qty < end - fact->at_ms ? fact->qty : end - fact->at_ms;
}

static struct fact random_fact(void)
{
    static const char *const places[][2] = {
        {"caen", "p1"}, {"rouen", "p2"}, {"rouen", "e1"}, {"caen", "gone"}};
    const char *const *place = places[rand() % 4];
    struct fact fact = {.at_ms = FIRST_MS + (int64_t)(rand() % (DAYS * 24 - 2)) * HOUR_MS +
                                 rand() % HOUR_MS};
    int dice = rand() % 10;

    fact.day = ledger_day(fact.at_ms);
    snprintf(fact.site, sizeof fact.site, "%s", place[0]);
    snprintf(fact.machine, sizeof fact.machine, "%s", place[1]);
    if (dice < 5)
        fill_piece(&fact);
    else if (dice < 6)
        fill_kits(&fact);
    else
        fill_time(&fact);
    return fact;
}

/* A day on which one machine books more than lies together in the database. */
static void crowd(struct fact *fact)
{
    if (fact->kind == FACT_ASSEMBLED)
        return;
    fact->at_ms = FIRST_MS + 24 * HOUR_MS + fact->at_ms % (12 * HOUR_MS);
    fact->day = ledger_day(fact->at_ms);
    snprintf(fact->site, sizeof fact->site, "caen");
    snprintf(fact->machine, sizeof fact->machine, "p1");
    snprintf(fact->part, sizeof fact->part, "%s", fact->kind >= FACT_RUNNING ? "" : "band");
}

/* Of a run that ended there, more often than not to its end; of a correction the run whose verdict,
 * of the same day, it corrects. */
static void fill_run(struct run_row *run, struct fact *fact, int64_t id)
{
    const bool ran = fact->kind == FACT_RAN;

    if ((!ran && fact->kind != FACT_CORRECTED && fact->kind != FACT_CORRECTED_SCRAP) ||
        rand() % 4 == 0)
        return;
    *run = (struct run_row){.id = id,
                            .job = 1,
                            .sha256 = "p",
                            .program = "p",
                            .consent = 1,
                            .status = 2 + (rand() % 4 == 0),
                            .ended_ms = fact->at_ms,
                            .time_s = 600 + rand() % 100000 / 1000.0};
    run->started_ms = rand() % 8 == 0 ? 0 : run->ended_ms - 1 - rand() % (5 * HOUR_MS);
    run->judged_ms = ran ? 0 : ledger_midnight_after(fact->at_ms) - 1 - rand() % (23 * HOUR_MS);
    memcpy(run->site, fact->site, sizeof run->site);
    memcpy(run->machine, fact->machine, sizeof run->machine);
    memcpy(run->part, fact->part, sizeof run->part);
    fact->run = id;
}

struct append {
    struct store_work work; /* first */
    struct bench *bench;
};

static enum err append_run(struct db *db, const struct run_row *run)
{
    enum err err = store_run_add(db, run);

    if (err == ERR_OK && run->started_ms != 0)
        err = store_run_started(db, run->id, run->started_ms);
    if (err == ERR_OK)
        err = store_run_ended(db, run);
    return err == ERR_OK && run->judged_ms != 0 ? store_run_judged(db, run) : err;
}

static enum err append_apply(struct store_work *work, struct db *db)
{
    struct bench *bench = ((struct append *)(void *)work)->bench;
    enum err err = db_exec(
        db, "INSERT INTO programs VALUES ('p', 'p', '', '', 0, 0);"
            "INSERT INTO jobs (part, target, priority, due_ms, sites, state, by, note, added_ms)"
            " VALUES ('band', 1, 5, 0, '', 0, '', '', 0);"
            "INSERT INTO consents (machine, by, given_ms, hold_ms) VALUES ('p1', '', 0, 0)");

    for (size_t i = 0; i < FACTS && err == ERR_OK; i++) {
        if (bench->runs[i].id != 0)
            err = append_run(db, &bench->runs[i]);
        if (err == ERR_OK)
            err = store_fact_append(db, &bench->facts[i]);
    }
    return err;
}

static void append_done(struct store_work *work, enum err err, const char *text)
{
    struct bench *bench = ((struct append *)(void *)work)->bench;

    if (err != ERR_OK)
        fail_msg("%s", text);
    bench->answered = true;
}

static void wait_answer(struct bench *bench)
{
    while (!bench->answered)
        uv_run(&bench->loop, UV_RUN_ONCE);
    bench->answered = false;
}

/* ---- asking ---- */

static enum err take_rows(void *context, const struct breakdown_row *rows, size_t count)
{
    struct bench *bench = context;

    bench->taker = uv_thread_self();
    bench->rows = malloc((count + 1) * sizeof *rows);
    if (bench->rows == NULL)
        return ERR_NO_MEMORY;
    if (count > 0)
        memcpy(bench->rows, rows, count * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        bench->rows[i].site = name_pool_keep(&bench->names, rows[i].site);
        bench->rows[i].machine = name_pool_keep(&bench->names, rows[i].machine);
        bench->rows[i].model = name_pool_keep(&bench->names, rows[i].model);
        bench->rows[i].part = name_pool_keep(&bench->names, rows[i].part);
        bench->rows[i].shift = name_pool_keep(&bench->names, rows[i].shift);
        bench->rows[i].reason = name_pool_keep(&bench->names, rows[i].reason);
    }
    bench->count = count;
    return ERR_OK;
}

static void on_report(void *context, enum err err, const char *text)
{
    struct bench *bench = context;

    bench->err = err;
    snprintf(bench->text, sizeof bench->text, "%s", text);
    bench->answered = true;
}

static inline void ask(struct bench *bench, const struct breakdown_query *query)
{
    const struct breakdown_asker asker = {.take = take_rows, .done = on_report, .context = bench};

    free(bench->rows);
    bench->rows = NULL;
    bench->count = 0;
    breakdown_read(bench->store, bench->config, query, &asker);
    wait_answer(bench);
}

static inline struct breakdown_query both_weeks(unsigned groups)
{
    return (struct breakdown_query){
        .days = {.from = "2020-03-23", .to = "2020-04-05"}, .groups = groups, .now_ms = FIRST_MS};
}

/* ---- the desk ---- */

static inline int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct append append = {.work = {.apply = append_apply, .done = append_done}};
    struct config_faults faults;
    char path[100], text[400];

    assert_non_null(bench);
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    srand(7);
    for (size_t i = 0; i < FACTS; i++) {
        bench->facts[i] = random_fact();
        if (i < CROWD)
            crowd(&bench->facts[i]);
        fill_run(&bench->runs[i], &bench->facts[i], (int64_t)i + 1);
    }
    snprintf(bench->folder, sizeof bench->folder, "/tmp/usine-breakdown-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    snprintf(path, sizeof path, "%s/facts.db", bench->folder);
    assert_int_equal(uv_loop_init(&bench->loop), 0);
    if (config_parse("breakdown", config_text, strlen(config_text), &bench->config, &faults) !=
        ERR_OK)
        fail_msg("config: %s", faults.items[0].text);
    config_faults_finish(&faults);
    if (store_open(&bench->store, &bench->loop, path, text, sizeof text) != ERR_OK)
        fail_msg("%s", text);
    append.bench = bench;
    store_write(bench->store, &append.work);
    wait_answer(bench);
    for (size_t i = 0; i < FACTS; i++) /* a correction counts when its verdict was given */
        if (bench->runs[i].judged_ms != 0)
            bench->facts[i].at_ms = bench->runs[i].judged_ms;
    *state = bench;
    return 0;
}

static void on_closed(void *context)
{
    (void)context;
}

static inline int teardown(void **state)
{
    struct bench *bench = *state;
    char command[100];

    store_close(bench->store, on_closed, NULL);
    uv_run(&bench->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&bench->loop), 0);
    config_unref(bench->config);
    snprintf(command, sizeof command, "rm -rf %s", bench->folder);
    assert_int_equal(system(command), 0);
    free(bench->rows);
    name_pool_finish(&bench->names);
    free(bench);
    return 0;
}

#endif
