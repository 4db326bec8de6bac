/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of other databases come twice, out of order, whole days again, or altered; our own come
 * between them, and the daemon is restarted. Every total, in memory and in the database, is what a
 * plain model adds up. USINE_FACTS=1000000 says how many facts; without it 20000. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ledger_model.h"
#include "ledger_origins.h"
#include "ledger_stages.h"
#include "store/store.h"
#include "store/store_fact.h"
#include "store/store_order.h"

enum {
    BATCH = 500,
    MANY = 200000, /* facts from which on batches are ten times as large: commits cost most */
    WINDOW = 64,   /* so far facts overtake each other */
};

struct ledger {
    uv_loop_t loop;
    struct store *store;
    struct stock *stock;
    struct stages *stages;
    char folder[64], path[100];
    struct model model;
    uint64_t dice;
    int64_t wanted;          /* facts of the others */
    int batch;               /* come in a transaction */
    int64_t made;            /* of them, in the order they were numbered */
    int64_t waiting[WINDOW]; /* made, and not yet come */
    int64_t own, twice, altered, restarts;
};

static int64_t dice(struct ledger *l, int64_t below)
{
    l->dice += 0x9e3779b97f4a7c15u;
    return (int64_t)(mix(l->dice) % (uint64_t)below);
}

/* ---- they come ---- */

static void take(struct ledger *l, const struct fact *fact)
{
    model_add(&l->model, fact);
    assert_int_equal(stock_count(l->stock, fact), ERR_OK);
    assert_int_equal(stages_count(l->stages, fact), ERR_OK);
}

static enum err apply(struct ledger *l, struct db *db, int64_t n, bool first)
{
    struct fact fact = fact_of(n);
    bool fresh;
    enum err err = store_fact_apply(db, incarnation(n), &fact, &fresh);

    assert_int_equal(err, ERR_OK);
    assert_int_equal(fresh, first);
    l->twice += !fresh;
    if (fresh)
        take(l, &fact);
    return err;
}

/* One that is there already, but another under its number. */
static void apply_altered(struct ledger *l, struct db *db, int64_t n)
{
    struct fact fact = fact_of(n);
    bool fresh;

    switch (dice(l, 5)) {
    case 0:
        fact.qty += 1;
        break;
    case 1:
        fact.declaration += 1;
        break;
    case 2:
        snprintf(fact.origin, sizeof fact.origin, "somebody");
        break;
    case 3:
        snprintf(fact.kit_lot, sizeof fact.kit_lot, "another");
        break;
    default:
        snprintf(fact.by, sizeof fact.by, "somebody");
    }
    assert_int_equal(store_fact_apply(db, incarnation(n), &fact, &fresh), ERR_REFUSED);
    assert_false(fresh);
    l->altered++;
}

static void add_own(struct ledger *l, struct db *db)
{
    struct fact fact = fact_of(1000000000 + l->own);

    assert_int_equal(store_fact_append(db, &fact), ERR_OK);
    take(l, &fact);
    l->own++;
}

/* The next that comes is one of those under way; another is made in its place. */
static int64_t next_to_come(struct ledger *l)
{
    int64_t at = dice(l, WINDOW), n = l->waiting[at];

    l->waiting[at] = l->made < l->wanted ? l->made++ : -1;
    return n;
}

static bool has_come(const struct ledger *l, int64_t n)
{
    for (int i = 0; i < WINDOW; i++)
        if (l->waiting[i] == n)
            return false;
    return n < l->made;
}

static void come_again(struct ledger *l, struct db *db)
{
    int64_t n = dice(l, l->made), many = dice(l, 20) == 0 ? 100 : 1;

    for (; many > 0 && n < l->made; many--, n++)
        if (has_come(l, n))
            apply(l, db, n, false);
    if (dice(l, 20) == 0 && (n = dice(l, l->made)) >= 0 && has_come(l, n))
        apply_altered(l, db, n);
}

struct batch {
    struct store_work work; /* first */
    struct ledger *ledger;
    bool done;
};

static enum err batch_come(struct store_work *work, struct db *db)
{
    struct ledger *l = ((struct batch *)(void *)work)->ledger;

    for (int i = 0; i < l->batch; i++) {
        int64_t n = next_to_come(l);

        if (n >= 0)
            apply(l, db, n, true);
        if (dice(l, 10) == 0)
            come_again(l, db);
        if (dice(l, 50) == 0)
            add_own(l, db);
    }
    return ERR_OK;
}

static void batch_done(struct store_work *work, enum err err, const char *text)
{
    if (err != ERR_OK)
        fail_msg("%s", text);
    ((struct batch *)(void *)work)->done = true;
}

static void come(struct ledger *l)
{
    struct batch batch = {.work = {.apply = batch_come, .done = batch_done}, .ledger = l};

    store_write(l->store, &batch.work);
    while (!batch.done)
        uv_run(&l->loop, UV_RUN_ONCE);
}

/* ---- the database ---- */

static void on_closed(void *context)
{
    (void)context;
}

static void close_store(struct ledger *l)
{
    store_close(l->store, on_closed, NULL);
    uv_run(&l->loop, UV_RUN_DEFAULT);
}

static void open_store(struct ledger *l)
{
    char text[400];

    if (store_open(&l->store, &l->loop, l->path, text, sizeof text) != ERR_OK)
        fail_msg("%s", text);
}

/* ---- every total ---- */

static bool check_total(void *context, const struct fact_total *t)
{
    struct model *left = context;
    int day = t->day - 20200401, site = number(t->site), machine = number(t->machine);
    int part = number(t->part);

    assert_int_equal(left->qty[day][site][machine][part][t->kind], t->qty);
    assert_int_equal(left->count[day][site][machine][part][t->kind], t->count);
    left->facts -= t->count;
    return true;
}

static void check_job(void *context, int64_t job, enum fact_kind kind, int64_t qty)
{
    struct model *left = context;

    if (kind == FACT_MADE || kind == FACT_CORRECTED)
        left->good[job] -= qty;
    else
        left->scrap[job] -= qty;
}

static void check_order(void *context, int64_t order, int64_t claimed, int64_t shipped)
{
    struct model *left = context;

    left->claimed[order] -= claimed;
    left->shipped[order] -= shipped;
}

static void check_database(struct ledger *l, struct model *left)
{
    struct db *db = store_db(l->store);
    struct fact_range all = {.from = 20200401, .to = 20200401 + DAYS};
    struct stock *stock = stock_create();
    struct stages *stages = stages_create();

    assert_int_equal(stages_load(stages, db), ERR_OK);
    check_stages(stages, &l->model);
    stages_destroy(stages);
    assert_int_equal(stock_load(stock, db), ERR_OK);
    check_stock(stock, &l->model);
    stock_destroy(stock);
    *left = l->model;
    assert_int_equal(store_fact_totals(db, &all, check_total, left), ERR_OK);
    assert_int_equal(left->facts, 0);
    assert_int_equal(store_fact_jobs(db, check_job, left), ERR_OK);
    for (int i = 1; i < JOBS; i++)
        assert_true(left->good[i] == 0 && left->scrap[i] == 0);
    assert_int_equal(store_order_facts(db, check_order, left), ERR_OK);
    for (int i = 1; i < ORDERS; i++)
        assert_true(left->claimed[i] == 0 && left->shipped[i] == 0);
    check_details(db, &l->model, left);
}

/* The sums that the database keeps are those of the facts themselves. */
static void check_sums(const struct ledger *l)
{
    static const char sql[] =
        "SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM (SELECT day, site, machine,"
        " part, kind, sum(qty), count(*) FROM facts GROUP BY 1, 2, 3, 4, 5 EXCEPT SELECT * FROM"
        " daily)), (SELECT count(*) FROM (SELECT site, part, lot, sum(qty) FROM facts"
        " WHERE part <> '' AND kind IN ('made', 'received', 'moved', 'assembled', 'shipped',"
        " 'corrected', 'counted', 'discarded', 'used') GROUP BY 1, 2, 3"
        " EXCEPT SELECT site, part, lot, qty FROM stock))";
    sqlite3 *db;
    sqlite3_stmt *row;

    assert_int_equal(sqlite3_open(l->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int64(row, 0), l->model.facts);
    assert_int_equal(sqlite3_column_int64(row, 1), 0);
    assert_int_equal(sqlite3_column_int64(row, 2), 0);
    sqlite3_finalize(row);
    check_origins(db, &l->model);
    sqlite3_close(db);
}

static void restart(struct ledger *l)
{
    struct model *left = malloc(sizeof *left);

    assert_non_null(left);
    close_store(l);
    open_store(l);
    check_stock(l->stock, &l->model); /* in memory */
    check_stages(l->stages, &l->model);
    check_database(l, left);
    free(left);
    l->restarts++;
}

static bool some_wait(const struct ledger *l)
{
    for (int i = 0; i < WINDOW; i++)
        if (l->waiting[i] >= 0)
            return true;
    return false;
}

static void every_total_is_the_models(void **state)
{
    struct ledger *l = *state;
    const char *wanted = getenv("USINE_FACTS");
    clock_t begun = clock();

    l->wanted = wanted != NULL ? atoll(wanted) : 20000;
    l->batch = l->wanted < MANY ? BATCH : 10 * BATCH;
    for (int i = 0; i < WINDOW; i++)
        l->waiting[i] = l->made++;
    for (int64_t i = 1; some_wait(l); i++) {
        come(l);
        if (i % (l->wanted / l->batch / 4 + 1) == 0)
            restart(l);
    }
    restart(l);
    check_sums(l);
    assert_true(l->own > 0 && l->twice > l->wanted / 20 && l->altered > l->wanted / 1000);
    printf("facts: %lld of others, %lld of ours; %lld came again, %lld altered ones were refused, "
           "%lld restarts; every total is the model's; %.1f s of CPU\n",
           (long long)l->wanted, (long long)l->own, (long long)l->twice, (long long)l->altered,
           (long long)l->restarts, (double)(clock() - begun) / CLOCKS_PER_SEC);
}

static void what_can_be_no_fact_is_refused(void **state)
{
    struct ledger *l = *state;
    struct fact fact = fact_of(1);
    bool fresh;

    fact.seq = 0;
    assert_int_equal(store_fact_apply(store_db(l->store), "old", &fact, &fresh), ERR_INVALID);
    fact.seq = 1;
    assert_int_equal(store_fact_apply(store_db(l->store), "", &fact, &fresh), ERR_INVALID);
    fact.kind = FACT_KINDS;
    assert_int_equal(store_fact_apply(store_db(l->store), "old", &fact, &fresh), ERR_INVALID);
}

static int setup(void **state)
{
    struct ledger *l = calloc(1, sizeof *l);

    assert_non_null(l);
    snprintf(l->folder, sizeof l->folder, "/tmp/usine-facts-XXXXXX");
    assert_non_null(mkdtemp(l->folder));
    snprintf(l->path, sizeof l->path, "%s/usine.db", l->folder);
    assert_int_equal(uv_loop_init(&l->loop), 0);
    l->stock = stock_create();
    l->stages = stages_create();
    l->dice = 42;
    open_store(l);
    *state = l;
    return 0;
}

static int teardown(void **state)
{
    struct ledger *l = *state;
    char command[100];

    close_store(l);
    assert_int_equal(uv_loop_close(&l->loop), 0);
    stock_destroy(l->stock);
    stages_destroy(l->stages);
    snprintf(command, sizeof command, "rm -rf %s", l->folder);
    assert_int_equal(system(command), 0);
    free(l);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_total_is_the_models, setup, teardown),
        cmocka_unit_test_setup_teardown(what_can_be_no_fact_is_refused, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
