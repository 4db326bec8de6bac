/* SPDX-License-Identifier: Apache-2.0 */
/* The model of the coming days, on a factory small enough to know the answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "planning/forecast.h"
#include "planning/model.h"
#include "toy.h"

#define TUESDAY_TEN 1586246400000 /* 2020-04-07 10:00 in Paris */

struct scene {
    struct outlook *toy;
    struct plan plan;
    struct evidence evidence;
    struct grounds grounds;
    struct belief belief;
    struct model *model;
};

static int setup(void **state)
{
    struct scene *s = calloc(1, sizeof *s);

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    s->toy = toy_small(TUESDAY_TEN);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct scene *s = *state;

    model_destroy(s->model);
    belief_finish(&s->belief);
    evidence_finish(&s->evidence);
    plan_finish(&s->plan);
    outlook_free(s->toy);
    free(s);
    return 0;
}

/* After the toy is as the test wants it. */
static void begin(struct scene *s)
{
    assert_int_equal(plan_init(&s->plan, s->toy, 14), ERR_OK);
    assert_int_equal(evidence_init(&s->evidence, &s->plan), ERR_OK);
}

/* Nothing goes wrong, and somebody is there at once. */
static void perfect(struct scene *s)
{
    for (size_t i = 0; i < s->toy->dispatch.program_count; i++)
        s->belief.scrap[i] = s->belief.fail[i] = 0;
    for (size_t i = 0; i < s->toy->dispatch.program_count * s->toy->dispatch.model_count; i++)
        s->belief.cycle[i] = 0;
    for (size_t i = 0; i < s->plan.site_count; i++)
        s->belief.sites[i].wait[0] = s->belief.sites[i].wait[1] = log(30);
    s->belief.down_per_h[0] = s->belief.down_per_h[1] = 1e-9;
}

/* The model run once, after begin(). */
static const struct model_result *run_once(struct scene *s, bool flawless)
{
    grounds_init(&s->grounds, &s->evidence);
    assert_int_equal(belief_init(&s->belief, &s->grounds), ERR_OK);
    belief_draw(&s->belief, 1);
    if (flawless)
        perfect(s);
    s->model = model_create(&s->plan, &s->belief);
    assert_non_null(s->model);
    return model_run(s->model);
}

static const struct forecast_result *forecast(struct scene *s, struct forecast **made,
                                              const char *what_if)
{
    struct what_if change;
    struct forecast_setup ask = {.plan = &s->plan,
                                 .evidence = &s->evidence,
                                 .what_ifs = &change,
                                 .what_if_count = what_if != NULL,
                                 .runs = 8,
                                 .trials = what_if == NULL,
                                 .seed = 3};
    char why[200];

    if (what_if != NULL)
        assert_int_equal(what_if_parse(what_if, s->toy, &change, why, sizeof why), ERR_OK);
    assert_int_equal(forecast_create(made, &ask), ERR_OK);
    while (forecast_step(*made))
        continue;
    return forecast_finish(*made);
}

static void the_same_seed_gives_the_same_days(void **state)
{
    struct scene *s = *state;
    struct forecast *a = NULL, *b = NULL;
    const struct forecast_result *x, *y;

    toy_order(s->toy, 0, 60);
    begin(s);
    x = forecast(s, &a, NULL);
    y = forecast(s, &b, NULL);
    assert_memory_equal(x->as_is.orders, y->as_is.orders, sizeof *x->as_is.orders);
    assert_memory_equal(x->as_is.today, y->as_is.today, sizeof *x->as_is.today);
    assert_true(x->as_is.orders[0].p10 <= x->as_is.orders[0].p50);
    assert_true(x->as_is.orders[0].p50 <= x->as_is.orders[0].p90);
    forecast_destroy(a);
    forecast_destroy(b);
}

static void every_piece_that_is_owed_is_made_and_counted_once(void **state)
{
    struct scene *s = *state;
    const struct model_result *result;

    toy_job(s->toy, "serre-tete", 100, 0);
    begin(s);
    result = run_once(s, true);
    assert_true(isfinite(result->job_done_s[0]));
    /* Good pieces are the 100 and at most what the last plates of a stack bring beyond them. */
    assert_true(result->good_today[toy_part(s->toy, "serre-tete")] <= 103);
    assert_true(result->starts >= 25 && result->starts <= 100);
}

/* Machine 0, which stands in Caen, has printed the last four headbands of a job for so long. */
static void print_the_last(struct scene *s, int64_t seconds)
{
    toy_job(s->toy, "serre-tete", 4, 0);
    s->toy->job_rows[0].owed = s->toy->dispatch.jobs[0].owed = 0;
    s->toy->views[0].state = MACHINE_RUNNING;
    s->toy->views[0].bed = BED_OCCUPIED;
    s->toy->runs[0] = (struct outlook_run){.id = 7,
                                           .since_ms = TUESDAY_TEN - seconds * 1000,
                                           .program = 1,
                                           .time_s = 17645,
                                           .pieces = {4},
                                           .part_count = 1};
    begin(s);
}

static void a_run_under_way_ends_when_its_time_is_over(void **state)
{
    struct scene *s = *state;
    double done;

    print_the_last(s, 10000);
    done = run_once(s, true)->job_done_s[0];
    assert_true(done > 0.8 * 7645 && done < 1.8 * 7645);
}

static void nobody_clears_at_night_and_sunday_is_closed_at_rouen(void **state)
{
    struct scene *s = *state;
    double done;

    toy_job(s->toy, "serre-tete", 1, 0);
    s->toy->job_rows[0].owed = s->toy->dispatch.jobs[0].owed = 0;
    s->toy->dispatch.now_ms = TUESDAY_TEN + (4 * 24 + 8) * 3600000LL; /* Saturday, 18:00 */
    s->toy->views[1].state = MACHINE_RUNNING;                         /* m1 is at Rouen */
    s->toy->runs[1] = (struct outlook_run){.id = 7,
                                           .since_ms = s->toy->dispatch.now_ms,
                                           .time_s = 7200,
                                           .pieces = {1},
                                           .part_count = 1};
    begin(s);
    done = run_once(s, true)->job_done_s[0];
    assert_true(done >= 39 * 3600.0 && done < 41 * 3600.0); /* Monday, soon after 9 */
}

static void a_machine_long_gone_is_not_counted_on(void **state)
{
    struct scene *s = *state;

    toy_job(s->toy, "ecran", 10, 0);
    for (size_t i = 12; i < 14; i++) { /* both lasers */
        s->toy->views[i].state = MACHINE_OFFLINE;
        s->toy->views[i].since_ms = TUESDAY_TEN - 3 * 86400000LL;
    }
    begin(s);
    assert_true(isinf(run_once(s, false)->job_done_s[0]));
}

static void a_bought_part_that_lacks_is_said_to_limit(void **state)
{
    struct scene *s = *state;
    struct forecast *made = NULL;
    const struct forecast_result *result;

    toy_order(s->toy, 0, 60);
    s->toy->parts[toy_part(s->toy, "elastique")].stock = 20;
    begin(s);
    result = forecast(s, &made, NULL);
    assert_true(isinf(result->as_is.orders[0].p50));
    assert_int_equal(result->as_is.limiting[0], toy_part(s->toy, "elastique"));
    assert_int_equal(result->trials[0].kind, TRIAL_PART);
    assert_true(result->as_is.today[0].p90 <= 20);
    forecast_destroy(made);
}

static void more_of_what_is_there_helps_and_a_closed_site_harms(void **state)
{
    static const struct {
        const char *what_if;
        bool helps;
    } cases[] = {{"+6 prusa-mk3@caen", true},
                 {"hours rouen 00:00-24:00", true},
                 {"close rouen", false},
                 {"-4 prusa-mk3@caen", false},
                 {"operators caen +3", true}};
    struct scene *s = *state;

    toy_order(s->toy, 0, 120);
    begin(s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct forecast *made = NULL;
        const struct forecast_result *result = forecast(s, &made, cases[i].what_if);
        bool sooner = result->changed.mean_wait_s < result->as_is.mean_wait_s;

        if (sooner != cases[i].helps)
            fail_msg("%s: %.1f h, without %.1f h", cases[i].what_if,
                     result->changed.mean_wait_s / 3600, result->as_is.mean_wait_s / 3600);
        forecast_destroy(made);
    }
}

static void what_lies_where_nobody_comes_any_more_is_made_elsewhere(void **state)
{
    const char *const taken_away[] = {"close caen", "-9 prusa-mk3@caen"};
    struct scene *s = *state;
    char why[200];

    for (size_t i = 0; i < sizeof taken_away / sizeof *taken_away; i++) {
        const struct model_result *result;
        struct scene *scene = s;
        struct what_if change;

        if (i > 0)
            assert_int_equal(setup((void **)&scene), 0);
        print_the_last(scene, 60);
        assert_string_equal(scene->plan.sites[scene->plan.machines[0].ready.site].id, "caen");
        assert_int_equal(what_if_parse(taken_away[i], scene->toy, &change, why, sizeof why),
                         ERR_OK);
        assert_int_equal(what_if_apply(&change, &scene->plan), ERR_OK);
        result = run_once(scene, true);
        assert_true(isfinite(result->job_done_s[0]));
        assert_true(result->starts > 0);
        if (i > 0)
            teardown((void **)&scene);
    }
}

static void a_change_that_changes_nothing_makes_no_difference(void **state)
{
    struct scene *s = *state;
    struct forecast *made = NULL;
    const struct forecast_result *result;

    toy_order(s->toy, 0, 120);
    begin(s);
    result = forecast(s, &made, "hours caen 08:00-20:00"); /* as it is */
    assert_memory_equal(result->as_is.orders, result->changed.orders,
                        sizeof(struct forecast_range));
    forecast_destroy(made);
}

/* Rouen's pieces go to Caen, where kits are put together, by loads at those hours of yesterday. */
static void loads(struct scene *s, const double *hours, size_t count)
{
    size_t rouen = strcmp(s->plan.sites[0].id, "rouen") == 0 ? 0 : 1;
    int64_t midnight_ms = TUESDAY_TEN - 34 * 3600000LL;

    for (size_t i = 0; i < count; i++) {
        int64_t at_ms = midnight_ms + (int64_t)(hours[i] * 3600000.0);

        evidence_add_departure(&s->evidence, rouen, at_ms);
        evidence_add_departure(&s->evidence, rouen, at_ms + 60000); /* the rest of that load */
    }
    assert_int_equal(s->evidence.departures[rouen].count[1], count);
}

static int64_t kits_today(struct scene *s, const double *hours, size_t count)
{
    toy_order(s->toy, 0, 600);
    s->toy->parts[toy_part(s->toy, "elastique")].stock = 5000;
    begin(s);
    loads(s, hours, count);
    return run_once(s, true)->kits_today[0];
}

static void what_no_load_takes_today_is_no_kit_today(void **state)
{
    const double morning[] = {8.5}, both[] = {8.5, 19};
    struct scene *s[4] = {*state};
    int64_t never, early, late;

    never = kits_today(s[0], NULL, 0);
    for (size_t i = 1; i < 3; i++)
        assert_int_equal(setup((void **)&s[i]), 0);
    early = kits_today(s[1], morning, 1);
    late = kits_today(s[2], both, 2);
    /* It is ten: the morning's load is gone; the evening's brings what Rouen made till then. */
    assert_true(early < late && late <= never);
    assert_true(isfinite(model_run(s[1]->model)->order_done_s[0]));
    for (size_t i = 1; i < 3; i++)
        teardown((void **)&s[i]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_same_seed_gives_the_same_days),
        TEST(every_piece_that_is_owed_is_made_and_counted_once),
        TEST(a_run_under_way_ends_when_its_time_is_over),
        TEST(nobody_clears_at_night_and_sunday_is_closed_at_rouen),
        TEST(a_machine_long_gone_is_not_counted_on),
        TEST(a_bought_part_that_lacks_is_said_to_limit),
        TEST(more_of_what_is_there_helps_and_a_closed_site_harms),
        TEST(what_lies_where_nobody_comes_any_more_is_made_elsewhere),
        TEST(a_change_that_changes_nothing_makes_no_difference),
        TEST(what_no_load_takes_today_is_no_kit_today),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
