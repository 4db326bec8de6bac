/* SPDX-License-Identifier: Apache-2.0 */
/* A forecast from a real queue and its database: what was done there is what it learns from, and
 * nobody waits for it. */
#include "../queue/desk.h"

#include <math.h>

#include "planning/evidence_read.h"
#include "planning/forecaster.h"

struct reply {
    int count;
    enum err err;
    char text[200];
    size_t runs, jobs;
    double p50_s;
    int64_t made_ms;
};

static void on_forecast(void *context, enum err err, const char *text,
                        const struct prediction *prediction)
{
    struct reply *reply = context;

    reply->count++;
    reply->err = err;
    snprintf(reply->text, sizeof reply->text, "%s", text);
    if (prediction == NULL)
        return;
    reply->runs = prediction->result->runs;
    reply->jobs = prediction->outlook->dispatch.job_count;
    reply->p50_s = reply->jobs > 0 ? prediction->result->as_is.jobs[0].p50 : 0;
    reply->made_ms = prediction->made_ms;
}

static void wait_for(struct desk *desk, const struct reply *reply, int count)
{
    while (reply->count < count)
        uv_run(&desk->loop, UV_RUN_ONCE);
}

static void a_forecast_starts_from_the_queue_and_is_kept_for_a_while(void **state)
{
    struct desk *desk = *state;
    struct forecaster forecaster;
    struct forecaster_question ask = {.queue = desk->queue};
    struct reply reply = {0};

    desk_program(desk, "band", "prusa-mk3", "serre-tete", 1);
    desk_job(desk, "serre-tete", 2);
    desk_start(desk, "p1");
    forecaster_init(&forecaster, &desk->loop, &desk->clock);
    forecaster_ask(&forecaster, &ask, on_forecast, &reply);
    forecaster_ask(&forecaster, &ask, on_forecast, &reply);
    assert_int_equal(reply.count, 0); /* not from inside the call: it takes a while */
    wait_for(desk, &reply, 2);
    assert_int_equal(reply.err, ERR_OK);
    assert_true(reply.runs >= FORECAST_RUNS_LEAST);
    assert_int_equal(reply.jobs, 1);
    assert_true(reply.p50_s > 0 && isfinite(reply.p50_s));
    forecaster_ask(&forecaster, &ask, on_forecast, &reply);
    assert_int_equal(reply.count, 3); /* as kept */
    desk->now_ms += 10 * 60 * 1000;
    forecaster_ask(&forecaster, &ask, on_forecast, &reply);
    wait_for(desk, &reply, 4);
    assert_int_equal(reply.made_ms, desk->now_ms);
    forecaster_close(&forecaster);
    forecaster_finish(&forecaster);
}

static void a_change_that_is_not_understood_is_refused_with_what_would_be_right(void **state)
{
    static const struct {
        const char *what_if, *words;
    } cases[] = {
        {"+3 prusa-mk3@nowhere", "no such site"},
        {"+3 gnu@caen", "no such machine model"},
        {"more of everything", "say one of: +3 MODEL@SITE"},
        {"hours caen 25:00", "25:00"},
        {"operators caen many", "write +2"},
        {"stock gnu +5", "no such part"},
        {"+99999 prusa-mk3@caen", "say"},
    };
    struct desk *desk = *state;
    struct forecaster forecaster;

    forecaster_init(&forecaster, &desk->loop, &desk->clock);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct forecaster_question ask = {
            .queue = desk->queue, .what_if = {cases[i].what_if}, .what_if_count = 1};
        struct reply reply = {0};

        forecaster_ask(&forecaster, &ask, on_forecast, &reply);
        assert_int_equal(reply.count, 1);
        assert_int_equal(reply.err, ERR_INVALID);
        if (strstr(reply.text, cases[i].words) == NULL)
            fail_msg("%s: %s", cases[i].what_if, reply.text);
    }
    forecaster_close(&forecaster);
    forecaster_finish(&forecaster);
}

static void who_waits_when_it_closes_is_answered(void **state)
{
    struct desk *desk = *state;
    struct forecaster forecaster;
    struct forecaster_question ask = {.queue = desk->queue};
    struct reply reply = {0};

    forecaster_init(&forecaster, &desk->loop, &desk->clock);
    forecaster_ask(&forecaster, &ask, on_forecast, &reply);
    forecaster_close(&forecaster);
    wait_for(desk, &reply, 1);
    assert_int_equal(reply.err, ERR_BUSY);
    forecaster_ask(&forecaster, &ask, on_forecast, &reply);
    assert_int_equal(reply.count, 2);
    forecaster_finish(&forecaster);
}

/* Three runs of an hour and a half each, cleared after ten minutes of opening, one piece bad. */
static void live_through(struct desk *desk)
{
    for (int i = 0; i < 3; i++) {
        int64_t run = desk_start(desk, "p1");

        desk->now_ms += 90 * 60 * 1000;
        desk_ended(desk, "p1", run, i == 2 ? RUN_FAILED : RUN_FINISHED, "");
        desk->now_ms += 10 * 60 * 1000;
        desk_count(desk, "p1", i == 0, i == 1, i == 1 ? "warped" : "");
    }
}

static void the_past_is_read_from_the_runs_and_the_ledger(void **state)
{
    struct desk *desk = *state;
    struct outlook *outlook;
    struct plan plan;
    struct evidence evidence;
    struct sample wait;

    desk_program(desk, "band", "prusa-mk3", "serre-tete", 1);
    desk_job(desk, "serre-tete", 50);
    live_through(desk);
    desk_settle(desk);
    outlook = outlook_make(desk->queue);
    assert_non_null(outlook);
    assert_int_equal(plan_init(&plan, outlook, 7), ERR_OK);
    assert_int_equal(evidence_init(&evidence, &plan), ERR_OK);
    desk_close(desk); /* all is written */
    {
        struct store *store = NULL;
        char path[100], text[400];

        snprintf(path, sizeof path, "%s/usine.db", desk->folder);
        assert_int_equal(store_open(&store, &desk->loop, path, text, sizeof text), ERR_OK);
        assert_int_equal(evidence_read(&evidence, store_db(store)), ERR_OK);
        store_close(store, desk_on_closed, desk);
        uv_run(&desk->loop, UV_RUN_DEFAULT);
    }
    assert_true(evidence.quality[0].ended == 3 && evidence.quality[0].failed == 1);
    assert_true(evidence.quality[0].good == 1 && evidence.quality[0].scrap == 1);
    wait = evidence_wait(&evidence, 0); /* caen's printers */
    assert_true(wait.n == 3);
    assert_true(fabs(sample_mean(&wait) - log(600)) < 0.01);
    assert_true(fabs(evidence_people(&evidence, 0) - 1) < 0.01);
    evidence_finish(&evidence);
    plan_finish(&plan);
    outlook_free(outlook);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_forecast_starts_from_the_queue_and_is_kept_for_a_while),
        TEST(a_change_that_is_not_understood_is_refused_with_what_would_be_right),
        TEST(who_waits_when_it_closes_is_answered),
        TEST(the_past_is_read_from_the_runs_and_the_ledger),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
