/* SPDX-License-Identifier: Apache-2.0 */
/* Scrap by reason and durations against what was announced, of real runs. */
#include <math.h>

#include "production/losses.h"
#include "queue/correct.h"
#include "stepped.h"

struct asked {
    struct desk *desk;
    struct scrap_row scrap[4];
    struct cycle_row cycles[4];
    size_t count;
    enum err err;
};

static void on_scrap(void *context, enum err err, const char *text, const struct scrap_row *rows,
                     size_t count)
{
    struct asked *asked = context;

    (void)text;
    asked->err = err;
    asked->count = count;
    for (size_t i = 0; i < count && i < 4; i++)
        asked->scrap[i] = rows[i];
    asked->desk->answered = true;
}

static void on_cycles(void *context, enum err err, const char *text, const struct cycle_row *rows,
                      size_t count)
{
    struct asked *asked = context;

    (void)text;
    asked->err = err;
    asked->count = count;
    for (size_t i = 0; i < count && i < 4; i++)
        asked->cycles[i] = rows[i];
    asked->desk->answered = true;
}

static void ask_scrap(struct asked *asked, const struct losses_query *query)
{
    scrap_read(queue_store(asked->desk->queue), query, asked->desk->now_ms, on_scrap, asked);
    desk_wait(asked->desk);
}

static void ask_cycles(struct asked *asked, const struct losses_query *query)
{
    cycles_read(queue_store(asked->desk->queue), query, asked->desk->now_ms, on_cycles, asked);
    desk_wait(asked->desk);
}

/* One run on p1 that takes so long, counted as said. */
static int64_t run_once(struct desk *desk, int64_t seconds, int64_t scrap, const char *reason)
{
    int64_t run = desk_start(desk, "p1");

    desk->now_ms += seconds * 1000;
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    desk_settle(desk);
    assert_int_equal(desk_count(desk, "p1", 4 - scrap, scrap, reason), ERR_OK);
    desk_view(desk, "p1", MACHINE_OFFLINE, BED_CLEAR);
    desk_settle(desk);
    return run;
}

static void begin(struct desk *desk)
{
    assert_int_equal(desk_program(desk, "band", "prusa-mk3", "serre-tete", 4), ERR_OK);
    desk_job(desk, "serre-tete", 1000);
}

static int64_t start_again(struct desk *desk, int64_t seconds, int64_t scrap, const char *reason)
{
    queue_withdraw(desk->queue, "p1", "anne", desk_done, desk);
    desk_wait(desk);
    return run_once(desk, seconds, scrap, reason);
}

static void scrap_adds_up_by_reason_with_what_was_corrected(void **state)
{
    struct desk *desk = *state;
    struct asked asked = {.desk = desk};
    struct correction right = {.by = "anne", .any = true, .part = {.good = 4, .scrap = 0}};

    begin(desk);
    run_once(desk, 100, 1, "off");
    start_again(desk, 100, 2, "warped");
    right.run = start_again(desk, 100, 1, "clogged");
    ask_scrap(&asked, &(struct losses_query){.from = ""});
    assert_int_equal(asked.count, 3);
    assert_string_equal(asked.scrap[0].reason, "warped");
    assert_int_equal(asked.scrap[0].pieces, 2);
    queue_correct(desk->queue, &right, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    ask_scrap(&asked, &(struct losses_query){.from = "2020-04-07", .to = "2020-04-07"});
    assert_int_equal(asked.count, 2);
    ask_scrap(&asked, &(struct losses_query){.site = "rouen"});
    assert_int_equal(asked.count, 0);
    ask_scrap(&asked, &(struct losses_query){.from = "2020-04-06", .to = "2020-04-06"});
    assert_int_equal(asked.count, 0);
    ask_scrap(&asked, &(struct losses_query){.from = "yesterday"});
    assert_int_equal(asked.err, ERR_INVALID);
}

static void cycles_have_their_median_and_what_nine_of_ten_do_not_exceed(void **state)
{
    struct desk *desk = *state;
    struct asked asked = {.desk = desk};

    begin(desk);
    ask_cycles(&asked, &(struct losses_query){.from = ""});
    assert_int_equal(asked.count, 0);
    run_once(desk, 300, 0, "");
    for (int i = 1; i < 10; i++)
        start_again(desk, 100 + i, 0, "");
    ask_cycles(&asked, &(struct losses_query){.part = "serre-tete"});
    assert_int_equal(asked.count, 1);
    assert_string_equal(asked.cycles[0].program, "band");
    assert_int_equal(asked.cycles[0].runs, 10);
    assert_true(asked.cycles[0].median_s == 105.5); /* of 101 .. 109 and 300 */
    assert_true(asked.cycles[0].p90_s == 109);
    assert_true(asked.cycles[0].total_s == 945 + 300);
    assert_int_equal(asked.cycles[0].dot_count, 10);
    assert_true(asked.cycles[0].dots[9] == 300);
    ask_cycles(&asked, &(struct losses_query){.part = "ecran"});
    assert_int_equal(asked.count, 0);
}

/* What is found bad in work by hand is scrap too, where it was found; until it is taken back. */
static void scrap_of_work_by_hand_names_the_step(void **state)
{
    struct asked asked = {.desk = *state};
    struct desk *desk = *state;

    receive(desk, "serre-tete", "L1", 9);
    assert_int_equal(step(desk, batch("ebavurage", "L1", 6, 1), false), ERR_OK);
    assert_int_equal(step(desk, batch("lavage", "L1", 3, 2), false), ERR_OK);
    ask_scrap(&asked, &(struct losses_query){.part = "serre-tete"});
    assert_int_equal(asked.count, 2);
    assert_string_equal(asked.scrap[0].step, "lavage");
    assert_string_equal(asked.scrap[0].reason, "fendu");
    assert_int_equal(asked.scrap[0].pieces, 2);
    assert_string_equal(asked.scrap[1].step, "ebavurage");
    assert_int_equal(asked.scrap[1].pieces, 1);
    assert_int_equal(step(desk, batch("lavage", "L1", 0, 2), true), ERR_OK);
    ask_scrap(&asked, &(struct losses_query){.part = "serre-tete"});
    assert_int_equal(asked.count, 1);
    ask_scrap(&asked, &(struct losses_query){.from = "2020-04-06", .to = "2020-04-06"});
    assert_int_equal(asked.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scrap_of_work_by_hand_names_the_step, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(scrap_adds_up_by_reason_with_what_was_corrected, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(cycles_have_their_median_and_what_nine_of_ten_do_not_exceed,
                                        desk_setup, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
