/* SPDX-License-Identifier: Apache-2.0 */
/* However facts are grouped, they add up to the same: random facts of two weeks, among them the day
 * on which clocks change, against sums of their own. */
#include "weeks_rows.h"

/* ---- sums of our own ---- */

static void add_fact(struct sums *sums, const struct fact *fact)
{
    bool machine = fact->machine[0] != '\0';

    if (fact->kind == FACT_MADE || (fact->kind == FACT_CORRECTED && machine))
        sums->good += fact->qty;
    else if (fact->kind == FACT_SCRAPPED || fact->kind == FACT_CORRECTED_SCRAP)
        sums->scrap += fact->qty;
    else if (fact->kind == FACT_RAN)
        sums->runs++;
    else if (fact->kind == FACT_ASSEMBLED && strcmp(fact->part, "shield") == 0)
        sums->kits += fact->qty;
    else if (fact->kind >= FACT_RUNNING)
        sums->ms[fact->kind - FACT_RUNNING] += fact->qty;
}

static void add_row(struct sums *sums, const struct breakdown_row *row)
{
    sums->good += row->good;
    sums->scrap += row->scrap;
    sums->runs += row->runs;
    sums->kits += row->kits;
    for (int t = 0; t < TIMES; t++)
        sums->ms[t] += llround(row->seconds[t] * 1000);
}

static void same(const struct sums *a, const struct sums *b, const char *what)
{
    if (memcmp(a, b, sizeof *a) != 0)
        fail_msg("%s: %lld/%lld good, %lld/%lld scrap, %lld/%lld kits, %lld/%lld ms running", what,
                 (long long)a->good, (long long)b->good, (long long)a->scrap, (long long)b->scrap,
                 (long long)a->kits, (long long)b->kits, (long long)a->ms[0], (long long)b->ms[0]);
}

/* ---- tests ---- */

static void every_grouping_adds_up_to_the_same(void **state)
{
    struct bench *bench = *state;
    struct sums all = {0};

    for (size_t i = 0; i < FACTS; i++)
        add_fact(&all, &bench->facts[i]);
    for (unsigned groups = 1; groups < ALL_GROUPS; groups++) {
        struct breakdown_query query = both_weeks(groups);
        struct sums sums = {0};
        char what[20];

        ask(bench, &query);
        assert_int_equal(bench->err, ERR_OK);
        for (size_t i = 0; i < bench->count; i++)
            add_row(&sums, &bench->rows[i]);
        snprintf(what, sizeof what, "groups %u", groups);
        same(&all, &sums, what);
    }
}

static void a_machine_has_what_its_facts_say(void **state)
{
    struct bench *bench = *state;
    struct breakdown_query query = both_weeks(GROUP_MACHINE | GROUP_MODEL | GROUP_DAY);

    ask(bench, &query);
    assert_in_range(bench->count, 14 * 4, 14 * 5);
    for (size_t i = 0; i < bench->count; i++) {
        const struct breakdown_row *row = &bench->rows[i];
        struct sums facts = {0}, sums = {0};

        for (size_t k = 0; k < FACTS; k++) {
            char day[11];

            ledger_day_text(bench->facts[k].day, day);
            if (strcmp(day, row->day) == 0 && strcmp(bench->facts[k].machine, row->machine) == 0)
                add_fact(&facts, &bench->facts[k]);
        }
        add_row(&sums, row);
        same(&facts, &sums, row->machine);
        if (row->machine[0] == 'p')
            assert_string_equal(row->model, "prusa-mk3");
        if (row->machine[0] == 'g')
            assert_string_equal(row->model, "");
    }
}

/* ---- every row, the slow way ---- */

/* Shifts change at full hours only: a piece is what of a fact is within one. */
static void add_pieces(struct bench *bench, unsigned groups, struct sums *sums,
                       const struct fact *fact)
{
    struct fact piece = *fact;
    int64_t end = piece.at_ms + piece.qty;

    if (piece.kind < FACT_RUNNING && (piece.kind != FACT_ASSEMBLED || piece.part[0] == 's'))
        add_fact(row_of(bench, groups, sums, &piece), &piece);
    while (piece.kind >= FACT_RUNNING && piece.at_ms < end) {
        int64_t next = piece.at_ms - piece.at_ms % HOUR_MS + HOUR_MS;

        piece.qty = (next < end ? next : end) - piece.at_ms;
        add_fact(row_of(bench, groups, sums, &piece), &piece);
        piece.at_ms = next;
    }
}

static void check_rows(struct bench *bench, unsigned groups, struct sums *sums)
{
    for (size_t k = 0; k < FACTS; k++)
        if (bench->facts[k].kind != FACT_CORRECTED || bench->facts[k].machine[0] != '\0')
            add_pieces(bench, groups, sums, &bench->facts[k]);
    for (size_t i = 0; i < bench->count; i++) {
        struct sums told = {0};

        add_row(&told, &bench->rows[i]);
        same(&sums[i], &told, "a row");
    }
}

static void every_row_is_what_its_facts_say(void **state)
{
    each_grouping(*state, check_rows);
}

/* What of a fact is in a shift, minute by minute. */
static void add_in_shift(struct sums *sums, const struct fact *fact, const char *shift)
{
    struct fact piece = *fact;
    int64_t end = piece.at_ms + piece.qty;

    if (piece.kind < FACT_RUNNING && strcmp(shift_of(piece.site, piece.at_ms), shift) == 0)
        add_fact(sums, &piece);
    while (piece.kind >= FACT_RUNNING && piece.at_ms < end) {
        int64_t next = piece.at_ms - piece.at_ms % 60000 + 60000;

        piece.qty = (next < end ? next : end) - piece.at_ms;
        if (strcmp(shift_of(piece.site, piece.at_ms), shift) == 0)
            add_fact(sums, &piece);
        piece.at_ms = next;
    }
}

static void time_is_split_where_shifts_change(void **state)
{
    static const char *const shifts[] = {"", "matin", "nuit", "open", "soir"};
    struct bench *bench = *state;
    struct breakdown_query query = both_weeks(GROUP_SHIFT);

    ask(bench, &query);
    assert_int_equal(bench->count, 5);
    for (size_t s = 0; s < 5; s++) {
        struct sums facts = {0}, sums = {0};

        for (size_t k = 0; k < FACTS; k++)
            add_in_shift(&facts, &bench->facts[k], shifts[s]);
        assert_string_equal(bench->rows[s].shift, shifts[s]);
        add_row(&sums, &bench->rows[s]);
        same(&facts, &sums, shifts[s]);
    }
}

static void reasons_are_told_apart(void **state)
{
    struct bench *bench = *state;
    struct breakdown_query query = both_weeks(GROUP_REASON);

    ask(bench, &query);
    assert_int_equal(bench->count, 4); /* "" has all but scrap */
    assert_int_equal(bench->rows[0].scrap, 0);
    for (size_t i = 1; i < 4; i++) {
        int64_t scrap = 0;

        for (size_t k = 0; k < FACTS; k++)
            if ((bench->facts[k].kind == FACT_SCRAPPED ||
                 bench->facts[k].kind == FACT_CORRECTED_SCRAP) &&
                strcmp(bench->facts[k].reason, bench->rows[i].reason) == 0)
                scrap += bench->facts[k].qty;
        assert_int_equal(bench->rows[i].scrap, scrap);
        assert_int_equal(bench->rows[i].good, 0);
    }
}

static void more_rows_than_wanted_are_refused_with_what_to_do(void **state)
{
    struct bench *bench = *state;
    struct breakdown_query query = both_weeks(GROUP_DAY | GROUP_MACHINE);

    ask(bench, &query);
    query.days.rows_max = bench->count;
    ask(bench, &query);
    assert_int_equal(bench->err, ERR_OK);
    query.days.rows_max = bench->count - 1;
    ask(bench, &query);
    assert_int_equal(bench->err, ERR_TOO_LARGE);
    assert_int_equal(bench->count, 0);
    assert_non_null(strstr(bench->text, "ask for fewer days"));
}

static void what_is_made_of_the_rows_keeps_nobody_waiting(void **state)
{
    struct bench *bench = *state;
    struct breakdown_query query = both_weeks(GROUP_DAY);
    const uv_thread_t office = uv_thread_self();

    ask(bench, &query);
    assert_true(bench->count > 0);
    assert_false(uv_thread_equal(&bench->taker, &office));
}

static void filters_and_days_hold(void **state)
{
    struct bench *bench = *state;
    struct breakdown_query query = both_weeks(GROUP_SITE | GROUP_DAY | GROUP_SHIFT);

    snprintf(query.days.site, sizeof query.days.site, "rouen");
    snprintf(query.days.from, sizeof query.days.from, "2020-03-29");
    snprintf(query.days.to, sizeof query.days.to, "2020-03-29");
    ask(bench, &query);
    assert_int_equal(bench->count, 1); /* a Sunday: closed */
    assert_string_equal(bench->rows[0].day, "2020-03-29");
    assert_string_equal(bench->rows[0].site, "rouen");
    assert_string_equal(bench->rows[0].shift, "");
    snprintf(query.days.to, sizeof query.days.to, "2020-02-30");
    ask(bench, &query);
    assert_int_equal(bench->err, ERR_INVALID);
    assert_non_null(strstr(bench->text, "2020-02-30"));
}

static void words_become_groups(void **state)
{
    (void)state;
    assert_int_equal(breakdown_parse("machine"), GROUP_MACHINE);
    assert_int_equal(breakdown_parse("shift,day"), GROUP_SHIFT | GROUP_DAY);
    assert_int_equal(breakdown_parse("day,day"), GROUP_DAY);
    assert_int_equal(breakdown_parse(""), 0);
    assert_int_equal(breakdown_parse("machine,"), 0);
    assert_int_equal(breakdown_parse("machines"), 0);
    assert_int_equal(breakdown_parse("day;site"), 0);
}

static void effectiveness_is_what_the_document_says(void **state)
{
    struct breakdown_row row = {.good = 9, .scrap = 1, .planned_s = 30000};
    struct effectiveness e;

    (void)state;
    row.seconds[TIME_RUNNING] = 36000;
    row.seconds[TIME_HEATING] = 3600;
    row.seconds[TIME_WAITING] = 3600 * 9;
    row.seconds[TIME_IDLE] = 3600 * 4; /* nothing to do: no loss */
    row.seconds[TIME_DOWN] = 3600;
    e = breakdown_effectiveness(&row);
    assert_true(fabs(e.availability - (11.0 / 21)) < 1e-9);
    assert_true(fabs(e.performance - (30000.0 / 36000)) < 1e-9);
    assert_true(fabs(e.quality - (0.9)) < 1e-9);
    assert_true(fabs(e.oee - (11.0 / 21 * 30000 / 36000 * 0.9)) < 1e-9);
    row = (struct breakdown_row){.good = 0};
    e = breakdown_effectiveness(&row);
    assert_true(isnan(e.availability) && isnan(e.performance) && isnan(e.quality) && isnan(e.oee));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_grouping_adds_up_to_the_same),
        cmocka_unit_test(a_machine_has_what_its_facts_say),
        cmocka_unit_test(every_row_is_what_its_facts_say),
        cmocka_unit_test(time_is_split_where_shifts_change),
        cmocka_unit_test(reasons_are_told_apart),
        cmocka_unit_test(more_rows_than_wanted_are_refused_with_what_to_do),
        cmocka_unit_test(what_is_made_of_the_rows_keeps_nobody_waiting),
        cmocka_unit_test(filters_and_days_hold),
        cmocka_unit_test(words_become_groups),
        cmocka_unit_test(effectiveness_is_what_the_document_says),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
