/* SPDX-License-Identifier: Apache-2.0 */
/* From a file to counted pieces. */
#include "desk.h"
#include "production/throughput.h"

struct rows {
    struct throughput_row rows[20];
    size_t count;
    bool done;
};

static enum err take_rows(void *context, const struct throughput_row *rows, size_t count)
{
    struct rows *taken = context;

    if (count > 20)
        return ERR_TOO_LARGE;
    memcpy(taken->rows, rows, count * sizeof *rows);
    taken->count = count;
    return ERR_OK;
}

static void on_report(void *context, enum err err, const char *text)
{
    struct rows *taken = context;

    if (err != ERR_OK)
        fail_msg("%s", text);
    taken->done = true;
}

static struct rows read_throughput(struct desk *desk)
{
    struct throughput_query query = {.from = ""};
    struct rows rows = {.done = false};
    const struct throughput_asker asker = {.take = take_rows, .done = on_report, .context = &rows};

    throughput_read(queue_store(desk->queue), &query, desk->now_ms, &asker);
    while (!rows.done)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return rows;
}

static void check_today(struct desk *desk)
{
    size_t count, seen = 0;
    const struct part_count *parts = queue_today(desk->queue, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(parts[i].part, "serre-tete") != 0)
            continue;
        seen++;
        assert_int_equal(parts[i].good, 1);
        assert_int_equal(parts[i].scrap, 1);
        assert_int_equal(parts[i].stock, 1);
    }
    assert_int_equal(seen, 1);
}

static void check_throughput(struct desk *desk)
{
    struct rows rows;
    size_t seen = 0;

    desk_settle(desk);
    rows = read_throughput(desk);
    for (size_t i = 0; i < rows.count; i++) {
        const struct throughput_row *row = &rows.rows[i];

        if (strcmp(row->machine, "p1") != 0 || strcmp(row->part, "serre-tete") != 0)
            continue;
        seen++;
        assert_string_equal(row->day, "2020-04-07");
        assert_string_equal(row->site, "caen");
        assert_int_equal(row->good, 1);
        assert_int_equal(row->scrap, 1);
        assert_int_equal(row->runs, 1);
        assert_true(row->seconds[TIME_RUNNING] == 600.0);
    }
    assert_int_equal(seen, 1);
}

static void from_a_file_to_a_counted_piece(void **state)
{
    struct desk *desk = *state;
    const struct order *order;
    const struct job *job;
    int64_t id, run;

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 2), ERR_OK);
    id = desk_job(desk, "serre-tete", 5);
    assert_int_equal(desk_count_told(desk, ORDER_START), 0);
    run = desk_start(desk, "p1");
    order = desk_told(desk, ORDER_START, "p1");
    assert_int_equal(order->run.issued_ms, desk->now_ms);
    assert_int_equal(access(order->run.path, R_OK), 0);
    assert_int_not_equal(order->run.lines, 0);
    assert_int_equal(order->run.consent, desk_told(desk, ORDER_CONSENT, "p1")->consent);
    job = queue_job_find(desk->queue, id);
    assert_int_equal(job->in_flight, 2);
    assert_int_equal(job->owed, 3);

    desk->now_ms += 600000;
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    assert_int_equal(job->good, 0); /* never counted before its verdict */
    assert_int_equal(job->in_flight, 2);
    assert_int_equal(desk_count(desk, "p1", 1, 1, "warped"), ERR_OK);
    assert_int_equal(job->good, 1);
    assert_int_equal(job->scrap, 1);
    assert_int_equal(job->in_flight, 0);
    assert_int_equal(job->owed, 4);

    check_today(desk);
    check_throughput(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_a_file_to_a_counted_piece, desk_setup, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
