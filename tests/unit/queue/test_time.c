/* SPDX-License-Identifier: Apache-2.0 */
/* Machine time: every second of a machine's day is booked once. */
#include "desk.h"
#include "production/curve.h"
#include "production/throughput.h"

enum { HOUR = 3600 * 1000 };

struct sums {
    double seconds[TIMES], all;
    bool done;
};

static enum err add_up(void *context, const struct throughput_row *rows, size_t count)
{
    struct sums *sums = context;

    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < TIMES; k++) {
            sums->seconds[k] += rows[i].seconds[k];
            sums->all += rows[i].seconds[k];
        }
    return ERR_OK;
}

static void on_report(void *context, enum err err, const char *text)
{
    struct sums *sums = context;

    if (err != ERR_OK)
        fail_msg("%s", text);
    sums->done = true;
}

static struct sums day(struct desk *desk, const char *machine, const char *text)
{
    struct throughput_query query = {.from = ""};
    struct sums sums = {.all = 0};
    const struct throughput_asker asker = {.take = add_up, .done = on_report, .context = &sums};

    desk_settle(desk);
    snprintf(query.from, sizeof query.from, "%s", text);
    snprintf(query.to, sizeof query.to, "%s", text);
    snprintf(query.machine, sizeof query.machine, "%s", machine);
    throughput_read(queue_store(desk->queue), &query, desk->now_ms, &asker);
    while (!sums.done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return sums;
}

static void a_past_day_adds_up_to_24_hours(void **state)
{
    struct desk *desk = *state; /* it is 14:00 */
    struct sums sums;

    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += 11 * HOUR; /* 01:00 on the 8th */
    desk_view(desk, "p1", MACHINE_HEATING, BED_OCCUPIED);
    desk->now_ms += HOUR / 2;
    desk_view(desk, "p1", MACHINE_RUNNING, BED_OCCUPIED);
    desk->now_ms += 5 * HOUR;
    desk_view(desk, "p1", MACHINE_IDLE, BED_OCCUPIED);
    desk->now_ms += 2 * HOUR;
    desk_view(desk, "p1", MACHINE_LOCKED, BED_OCCUPIED);
    desk->now_ms += HOUR;
    desk_view(desk, "p1", MACHINE_OFFLINE, BED_OCCUPIED);
    desk->now_ms += 30 * HOUR; /* into the 9th */
    desk_view(desk, "p1", MACHINE_GREETING, BED_OCCUPIED);
    desk_view(desk, "p1", MACHINE_IDLE, BED_UNCERTAIN);
    sums = day(desk, "p1", "2020-04-08");
    assert_true(sums.all == 24 * 3600);
    assert_true(sums.seconds[TIME_IDLE] == 3600);
    assert_true(sums.seconds[TIME_HEATING] == 1800);
    assert_true(sums.seconds[TIME_RUNNING] == 5 * 3600);
    assert_true(sums.seconds[TIME_WAITING] == 2 * 3600);
    assert_true(sums.seconds[TIME_DOWN] == 3600);
    assert_true(sums.seconds[TIME_OFFLINE] == 14.5 * 3600);
}

static void the_days_of_clock_changes_have_23_and_25_hours(void **state)
{
    struct desk *desk = *state;

    desk->now_ms = 1603404000000; /* 2020-10-23 00:00 in Paris */
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += 5LL * 24 * HOUR;
    desk_view(desk, "p1", MACHINE_OFFLINE, BED_CLEAR);
    assert_true(day(desk, "p1", "2020-10-24").all == 24 * 3600);
    assert_true(day(desk, "p1", "2020-10-25").all == 25 * 3600);
    desk->now_ms = 1616799600000 + 5LL * 24 * HOUR; /* 2021-04-01 */
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    assert_true(day(desk, "p1", "2021-03-28").all == 23 * 3600);
}

/* The computer slept for six hours, or its clock had been wrong: nobody knows what machines did. */
static void time_that_only_the_calendar_knows_is_offline(void **state)
{
    struct desk *desk = *state; /* it is 14:00 */
    struct sums sums;

    queue_tick(desk->queue);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += HOUR;
    desk->ahead_ms = 6LL * HOUR;
    desk_view(desk, "p1", MACHINE_LOCKED, BED_CLEAR); /* 21:00 */
    desk->now_ms += HOUR;
    desk->ahead_ms = 0; /* and back, to 16:00: until 22:00 all is booked */
    queue_tick(desk->queue);
    desk->now_ms += 12LL * HOUR;
    desk_view(desk, "p1", MACHINE_OFFLINE, BED_CLEAR);
    sums = day(desk, "p1", "2020-04-07");
    assert_true(sums.seconds[TIME_IDLE] == 3600);
    assert_true(sums.seconds[TIME_OFFLINE] == 6 * 3600);
    assert_true(sums.all == 10 * 3600);
}

static int64_t good_today(struct desk *desk)
{
    size_t count;
    const struct part_count *parts = queue_today(desk->queue, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].part, "serre-tete") == 0)
            return parts[i].good;
    return 0;
}

static void make_two(struct desk *desk)
{
    int64_t run = desk_start(desk, "p2");

    desk_ended(desk, "p2", run, RUN_FINISHED, "");
    assert_int_equal(desk_count(desk, "p2", 2, 0, ""), ERR_OK);
}

/* A clock set back over midnight, and forward again: each day has what was counted on it. */
static void todays_counts_are_the_days_whatever_the_clock_does(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 100);
    make_two(desk);
    assert_int_equal(good_today(desk), 2);
    desk->ahead_ms = 11LL * HOUR; /* 01:00 on the 8th */
    make_two(desk);
    make_two(desk);
    assert_int_equal(good_today(desk), 4);
    desk->ahead_ms = 0;
    good_today(desk); /* a new day: its counts are read */
    desk_settle(desk);
    assert_int_equal(good_today(desk), 2);
    make_two(desk);
    assert_int_equal(good_today(desk), 4);
    desk->ahead_ms = 11LL * HOUR;
    good_today(desk);
    desk_settle(desk);
    assert_int_equal(good_today(desk), 4);
    desk_restart(desk);
    assert_int_equal(good_today(desk), 4);
}

static void the_time_the_daemon_was_not_there_is_offline(void **state)
{
    struct desk *desk = *state;
    struct sums sums;

    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += HOUR;
    desk_close(desk);
    desk->now_ms += 24 * HOUR; /* the 8th, 15:00 */
    desk_open(desk);
    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += 20 * HOUR;
    desk_view(desk, "p1", MACHINE_OFFLINE, BED_CLEAR);
    sums = day(desk, "p1", "2020-04-07");
    assert_true(sums.seconds[TIME_IDLE] == 3600);
    sums = day(desk, "p1", "2020-04-08");
    assert_true(sums.all == 24 * 3600);
    assert_true(sums.seconds[TIME_OFFLINE] == 15 * 3600);
    assert_true(sums.seconds[TIME_IDLE] == 9 * 3600);
}

static void a_run_ran_until_its_last_word_before_a_crash(void **state)
{
    struct desk *desk = *state;
    struct machine_view view;
    struct event event = {.kind = EVENT_VIEWS, .views = &view, .view_count = 1};
    struct sums sums;
    int64_t run;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    run = desk_start(desk, "p1");
    view = *queue_view(desk->queue, "p1");
    view.run = run;
    desk->now_ms += HOUR;
    view.heard_ms = desk->now_ms + HOUR; /* after the last booking, at closing */
    queue_on_event(desk->queue, &event);
    desk_close(desk);
    desk->now_ms += 3 * HOUR;
    desk_open(desk);
    sums = day(desk, "p1", "2020-04-07");
    assert_true(sums.seconds[TIME_RUNNING] == 2 * 3600);
    assert_true(sums.seconds[TIME_OFFLINE] == 2 * 3600);
}

static void a_report_of_today_has_the_time_up_to_now(void **state)
{
    struct desk *desk = *state;
    struct throughput_query query = {.machine = "p1"};
    struct sums sums = {.all = 0};
    const struct throughput_asker asker = {.take = add_up, .done = on_report, .context = &sums};

    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += HOUR;
    queue_throughput(desk->queue, &query, &asker);
    while (!sums.done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    assert_true(sums.seconds[TIME_IDLE] == 3600);
}

static void take_curve(void *context, enum err err, const char *text,
                       const struct curve_point *points, size_t count)
{
    struct desk *desk = context;

    assert_int_equal(err, ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(points[0].good, 3);
    assert_true(points[0].at_ms == DESK_NOON + 5 * 60000);
    assert_int_equal(points[1].good, 5);
    desk_done(desk, err, text, 0);
}

static void the_curve_of_a_day_rises_with_the_verdicts(void **state)
{
    struct desk *desk = *state;
    struct curve_query query = {.part = "serre-tete"};
    int64_t good[] = {2, 1, 2};

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    desk_job(desk, "serre-tete", 10);
    for (size_t i = 0; i < 3; i++) {
        int64_t run = desk_start(desk, i == 1 ? "p2" : "p1");

        desk_ended(desk, i == 1 ? "p2" : "p1", run, RUN_FINISHED, "");
        desk->now_ms += i == 2 ? 2 * HOUR : 1000;
        assert_int_equal(desk_count(desk, i == 1 ? "p2" : "p1", good[i], 0, ""), ERR_OK);
    }
    curve_read(queue_store(desk->queue), &query, desk->now_ms, take_curve, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
}

static void a_clock_set_back_books_nothing_twice(void **state)
{
    struct desk *desk = *state;

    desk_view(desk, "p1", MACHINE_IDLE, BED_CLEAR);
    desk->now_ms += HOUR;
    desk_view(desk, "p1", MACHINE_HEATING, BED_CLEAR);
    desk->now_ms -= HOUR / 2;
    desk_view(desk, "p1", MACHINE_RUNNING, BED_CLEAR);
    desk->now_ms += HOUR;
    desk_view(desk, "p1", MACHINE_IDLE, BED_OCCUPIED);
    assert_true(day(desk, "p1", "2020-04-07").all == 1.5 * 3600);
}

static void out_of_service_is_down_whatever_it_does(void **state)
{
    static const struct machine_view view = {.state = MACHINE_IDLE, .flags = FLAG_OUT_OF_SERVICE};
    struct desk *desk = *state;
    struct machine_view out = view;
    struct event event = {.kind = EVENT_VIEWS, .views = &out, .view_count = 1};

    snprintf(out.id, sizeof out.id, "p1");
    queue_on_event(desk->queue, &event);
    desk->now_ms += HOUR;
    out.flags = 0;
    queue_on_event(desk->queue, &event);
    assert_true(day(desk, "p1", "2020-04-07").seconds[TIME_DOWN] == 3600);
}

static void take_error(void *context, enum err err, const char *text)
{
    desk_done(context, err, text, 0);
}

static void a_day_that_is_none_is_refused(void **state)
{
    struct desk *desk = *state;
    struct throughput_query query = {.from = "2020-02-30"};
    const struct throughput_asker asker = {.done = take_error, .context = desk};

    throughput_read(queue_store(desk->queue), &query, desk->now_ms, &asker);
    assert_int_equal(desk_wait(desk), ERR_INVALID);
    assert_non_null(strstr(desk->text, "2020-02-30"));
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_past_day_adds_up_to_24_hours),
        DESK_TEST(the_days_of_clock_changes_have_23_and_25_hours),
        DESK_TEST(time_that_only_the_calendar_knows_is_offline),
        DESK_TEST(todays_counts_are_the_days_whatever_the_clock_does),
        DESK_TEST(the_time_the_daemon_was_not_there_is_offline),
        DESK_TEST(a_run_ran_until_its_last_word_before_a_crash),
        DESK_TEST(a_report_of_today_has_the_time_up_to_now),
        DESK_TEST(the_curve_of_a_day_rises_with_the_verdicts),
        DESK_TEST(a_clock_set_back_books_nothing_twice),
        DESK_TEST(out_of_service_is_down_whatever_it_does),
        DESK_TEST(a_day_that_is_none_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
