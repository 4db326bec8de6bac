/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's table. */
#include "desk.h"
#include "store/store_stock.h"

static void facts_are_numbered_without_gaps_per_site(void **state)
{
    struct desk *desk = *state;
    struct fact caen[2] = {made("caen", 1), made("caen", 2)}, rouen = made("rouen", 3);

    assert_int_equal(desk_do(desk, add_fact, &caen[0]), ERR_OK);
    assert_int_equal(desk_do(desk, add_fact, &rouen), ERR_OK);
    assert_int_equal(desk_do(desk, add_fact, &caen[1]), ERR_OK);
    assert_int_equal(caen[0].seq, 1);
    assert_int_equal(caen[1].seq, 2);
    assert_int_equal(rouen.seq, 1);
    assert_true(caen[1].id > rouen.id);
    desk_close(desk);
    assert_int_equal(desk_open(desk), ERR_OK);
    assert_int_equal(desk_do(desk, add_fact, &rouen), ERR_OK);
    assert_int_equal(rouen.seq, 2);
    assert_int_equal(desk_number(desk->path, "SELECT count(DISTINCT incarnation) FROM facts"), 1);
}

static enum err add_and_fail(struct db *db, void *arg)
{
    enum err err = store_fact_append(db, arg);

    return err != ERR_OK ? err : ERR_REFUSED;
}

static void a_fact_undone_leaves_no_gap(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);

    assert_int_equal(desk_do(desk, add_and_fail, &fact), ERR_REFUSED);
    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    assert_int_equal(fact.seq, 1);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM facts"), 1);
}

static void facts_can_be_neither_changed_nor_deleted_nor_replaced(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("caen", 1);

    assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    assert_int_not_equal(desk_sql(desk, desk->path, "UPDATE facts SET qty = 2"), SQLITE_OK);
    assert_string_equal(desk->text, "facts are never changed");
    assert_int_not_equal(desk_sql(desk, desk->path, "DELETE FROM facts"), SQLITE_OK);
    assert_string_equal(desk->text, "facts are never deleted");
    assert_int_not_equal(desk_sql(desk, desk->path,
                                  "PRAGMA recursive_triggers = ON;"
                                  "REPLACE INTO facts SELECT * FROM facts"),
                         SQLITE_OK);
    assert_int_equal(desk_number(desk->path, "SELECT sum(qty) FROM facts"), 1);
}

static enum err apply_fact(struct db *db, void *arg)
{
    bool fresh;

    return store_fact_apply(db, "elsewhere", arg, &fresh);
}

static void a_fact_of_another_database_brings_the_maker_along(void **state)
{
    struct desk *desk = *state;
    struct fact fact = made("rouen", 11);

    fact.seq = 5;
    fact.kind = FACT_RECEIVED;
    fact.declaration = 12;
    snprintf(fact.origin, sizeof fact.origin, "Anne");
    assert_int_equal(desk_do(desk, apply_fact, &fact), ERR_OK);
    assert_int_equal(desk_do(desk, apply_fact, &fact), ERR_OK);
    assert_int_equal(desk_number(desk->path, "SELECT count(*) FROM facts WHERE origin = 'Anne'"
                                             " AND declaration = 12 AND qty = 11"),
                     1);
    snprintf(fact.origin, sizeof fact.origin, "Tom");
    assert_int_equal(desk_do(desk, apply_fact, &fact), ERR_REFUSED);
}

static void the_daily_sums_are_those_of_the_facts(void **state)
{
    struct desk *desk = *state;

    for (int i = 0; i < 60; i++) {
        struct fact fact = made(i % 3 == 0 ? "caen" : "rouen", i);

        fact.day = 20200401 + i % 5;
        fact.kind = (enum fact_kind)(i % FACT_KINDS);
        assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    }
    assert_int_equal(desk_number(desk->path,
                                 "SELECT count(*) FROM (SELECT day, site, machine, part, kind,"
                                 " sum(qty), count(*) FROM facts GROUP BY 1, 2, 3, 4, 5"
                                 " EXCEPT SELECT * FROM daily)"),
                     0);
    assert_int_equal(desk_number(desk->path, "SELECT sum(count) FROM daily"), 60);
}

struct seen {
    const char *site;
    int count;
    bool enough;
};

static bool look(void *context, const struct fact_total *total)
{
    struct seen *seen = context;

    assert_string_equal(total->site, seen->site);
    assert_int_equal(total->qty, 5);
    assert_int_equal(total->count, 2);
    assert_int_equal(total->kind, FACT_MADE);
    seen->count++;
    return !seen->enough;
}

static enum err totals(struct db *db, void *arg)
{
    struct fact_range range = {.from = 20200407, .to = 20200407, .site = arg};
    struct seen all = {.site = arg}, cut = {.site = arg, .enough = true};

    assert_int_equal(store_fact_totals(db, &range, look, &all), ERR_OK);
    assert_int_equal(all.count, 1);
    assert_int_equal(store_fact_totals(db, &range, look, &cut), ERR_NO_MEMORY);
    return ERR_OK;
}

static void totals_are_of_the_asked_days_and_site(void **state)
{
    struct desk *desk = *state;
    struct fact caen[2] = {made("caen", 2), made("caen", 3)}, rouen = made("rouen", 7);
    struct fact later = made("caen", 9);

    later.day = 20200408;
    assert_int_equal(desk_do(desk, add_fact, &caen[0]), ERR_OK);
    assert_int_equal(desk_do(desk, add_fact, &caen[1]), ERR_OK);
    assert_int_equal(desk_do(desk, add_fact, &rouen), ERR_OK);
    assert_int_equal(desk_do(desk, add_fact, &later), ERR_OK);
    assert_int_equal(desk_do(desk, totals, "caen"), ERR_OK);
}

static enum err add_stock(void *context, const struct stock_sum *row)
{
    assert_string_equal(row->part, "ecran");
    assert_string_equal(row->site, "caen");
    *(int64_t *)context += row->qty;
    return ERR_OK;
}

static enum err stock(struct db *db, void *arg)
{
    return store_stock_each(db, add_stock, arg);
}

static void stock_is_what_came_in_less_what_went_out(void **state)
{
    static const struct {
        enum fact_kind kind;
        int64_t qty;
    } rows[] = {{FACT_MADE, 100},      {FACT_SCRAPPED, 7},        {FACT_RECEIVED, 50},
                {FACT_ASSEMBLED, -30}, {FACT_SHIPPED, -5},        {FACT_CORRECTED, -2},
                {FACT_MOVED, 3},       {FACT_ALLOCATED, 9},       {FACT_COUNTED, -4},
                {FACT_DISCARDED, -1},  {FACT_CORRECTED_SCRAP, 8}, {FACT_USED, -2},
                {FACT_CLAIMED, 11},    {FACT_RUNNING, 1000}};
    struct desk *desk = *state;
    int64_t sum = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fact fact = made("caen", rows[i].qty);

        fact.kind = rows[i].kind;
        assert_int_equal(desk_do(desk, add_fact, &fact), ERR_OK);
    }
    assert_int_equal(desk_do(desk, stock, &sum), ERR_OK);
    assert_int_equal(sum, 100 + 50 - 30 - 5 - 2 + 3 - 4 - 1 - 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(facts_are_numbered_without_gaps_per_site),
        DESK_TEST(a_fact_undone_leaves_no_gap),
        DESK_TEST(a_fact_of_another_database_brings_the_maker_along),
        DESK_TEST(facts_can_be_neither_changed_nor_deleted_nor_replaced),
        DESK_TEST(the_daily_sums_are_those_of_the_facts),
        DESK_TEST(totals_are_of_the_asked_days_and_site),
        DESK_TEST(stock_is_what_came_in_less_what_went_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
