/* SPDX-License-Identifier: Apache-2.0 */
/* The real thread over real pseudo-terminals: a board of a few lines answers ok to everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include <cmocka.h>

#include "board.h"
#include "machines/floor.h"

enum { BOARDS = 3, GIVE_UP_MS = 20000 };

struct desk {
    uv_loop_t loop;
    uv_timer_t timer;
    struct mailbox box;
    struct floor *floor;
    struct config *config;
    struct board boards[BOARDS];
    struct machine_view views[BOARDS];
    struct event ended; /* the last run's end; its text is freed */
    bool has_ended, stopped, answered;
    struct event answer;
    int waited_ms;
};

static void take_view(struct desk *desk, const struct machine_view *v)
{
    int i = v->id[1] - '1';

    assert_in_range(i, 0, BOARDS - 1);
    desk->views[i] = *v;
}

static void on_message(void *owner, struct message *message)
{
    struct desk *desk = owner;
    struct event *event = (struct event *)message;

    for (size_t i = 0; i < event->view_count; i++)
        take_view(desk, &event->views[i]);
    if (event->kind == EVENT_RUN_ENDED) {
        desk->ended = *event;
        desk->has_ended = true;
    } else if (event->kind == EVENT_ANSWER) {
        desk->answer = *event;
        desk->answered = true;
    } else if (event->kind == EVENT_STOPPED) {
        desk->stopped = true;
    }
    event_free(event);
}

static void on_timer(uv_timer_t *timer)
{
    struct desk *desk = timer->data;

    desk->waited_ms += 2;
    for (int i = 0; i < BOARDS; i++)
        board_work(&desk->boards[i]);
}

/* Runs until done says so. */
static void wait_for(struct desk *desk, bool (*done)(const struct desk *desk))
{
    desk->waited_ms = 0;
    while (!done(desk)) {
        assert_true(desk->waited_ms < GIVE_UP_MS);
        uv_run(&desk->loop, UV_RUN_ONCE);
    }
}

static struct config *make_config(const struct desk *desk, int machines, int baud_of_last)
{
    struct config_faults faults;
    struct config *config = NULL;
    char text[2048];
    int n =
        snprintf(text, sizeof text,
                 "{\"sites\":[{\"id\":\"caen\",\"name\":\"C\",\"town\":\"Caen\"}],\"machines\":[");

    for (int i = 0; i < machines; i++)
        n += snprintf(text + n, sizeof text - (size_t)n,
                      "%s{\"id\":\"m%d\",\"site\":\"caen\",\"model\":\"ender-3\",\"port\":\"%s\","
                      "\"baud\":%d}",
                      i > 0 ? "," : "", i + 1, desk->boards[i].port,
                      i == machines - 1 ? baud_of_last : 115200);
    n += snprintf(text + n, sizeof text - (size_t)n, "]}");
    if (config_parse("test", text, (size_t)n, &config, &faults) != ERR_OK)
        fail_msg("%s", faults.items[0].text);
    config_faults_finish(&faults);
    return config;
}

static struct order *make_order(enum order_kind kind, const char *machine)
{
    struct order *order = calloc(1, sizeof *order);

    order->kind = kind;
    order->token = kind == ORDER_STOP ? 0 : 9;
    snprintf(order->machine, sizeof order->machine, "%s", machine);
    snprintf(order->by, sizeof order->by, "test");
    return order;
}

static void configure(struct desk *desk, int machines, int baud_of_last)
{
    struct order *order = make_order(ORDER_CONFIGURE, "");

    order->config = make_config(desk, machines, baud_of_last);
    assert_true(floor_order(desk->floor, order));
}

static void desk_open(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    assert_int_equal(uv_loop_init(&desk->loop), 0);
    assert_int_equal(mailbox_init(&desk->box, &desk->loop, on_message, desk), 0);
    uv_timer_init(&desk->loop, &desk->timer);
    desk->timer.data = desk;
    uv_timer_start(&desk->timer, on_timer, 2, 2);
    for (int i = 0; i < BOARDS; i++)
        board_open(&desk->boards[i]);
    assert_int_equal(floor_start(&desk->floor, &clock_system, &desk->box), ERR_OK);
}

static bool has_stopped(const struct desk *desk)
{
    return desk->stopped;
}

static void desk_close(struct desk *desk)
{
    floor_order(desk->floor, make_order(ORDER_STOP, ""));
    wait_for(desk, has_stopped);
    floor_join(desk->floor);
    for (int i = 0; i < BOARDS; i++)
        board_close(&desk->boards[i]);
    uv_close((uv_handle_t *)&desk->timer, NULL);
    mailbox_close(&desk->box);
    uv_run(&desk->loop, UV_RUN_DEFAULT);
    mailbox_finish(&desk->box);
    assert_int_equal(uv_loop_close(&desk->loop), 0);
}

static bool first_is_idle(const struct desk *desk)
{
    return desk->views[0].state == MACHINE_IDLE;
}

static bool all_are_idle(const struct desk *desk)
{
    for (int i = 0; i < BOARDS; i++)
        if (desk->views[i].state != MACHINE_IDLE)
            return false;
    return true;
}

static bool run_has_ended(const struct desk *desk)
{
    return desk->has_ended;
}

static bool is_answered(const struct desk *desk)
{
    return desk->answered;
}

/* A program of n lines, and the orders that start it on machine m1. */
static void start(struct desk *desk, char *path, unsigned lines)
{
    struct order *order = make_order(ORDER_CONSENT, "m1");
    int fd;

    strcpy(path, "/tmp/usine-floor-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    for (unsigned i = 0; i < lines; i++)
        assert_true(dprintf(fd, "G1 X%u\n", i % 100) > 0);
    close(fd);
    order->consent = 1;
    floor_order(desk->floor, order);
    order = make_order(ORDER_START, "m1");
    order->run.run = 77;
    order->run.consent = 1;
    order->run.lines = lines;
    order->run.issued_ms = clock_wall(&clock_system);
    snprintf(order->run.path, sizeof order->run.path, "%s", path);
    assert_int_equal(hash_file(path, order->run.sha256), ERR_OK);
    floor_order(desk->floor, order);
}

static void test_a_run_from_the_order_to_its_end(void **state)
{
    struct desk desk;
    char path[32];

    (void)state;
    desk_open(&desk);
    configure(&desk, BOARDS, 115200);
    wait_for(&desk, all_are_idle);
    assert_string_equal(desk.views[0].firmware, "FIRMWARE_NAME:Marlin Test");
    start(&desk, path, 700);
    wait_for(&desk, run_has_ended);
    assert_int_equal(desk.ended.outcome, RUN_FINISHED);
    assert_int_equal(desk.ended.run, 77);
    assert_int_equal(desk.ended.lines, 700);
    assert_int_equal(desk.boards[0].lines, 700);
    unlink(path);
    desk_close(&desk);
}

static void test_an_order_for_nobody_is_answered(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(&desk);
    floor_order(desk.floor, make_order(ORDER_PAUSE, "m9"));
    wait_for(&desk, is_answered);
    assert_int_equal(desk.answer.err, ERR_NOT_FOUND);
    desk.answered = false;
    floor_order(desk.floor, make_order(ORDER_START, "m9"));
    wait_for(&desk, run_has_ended);
    assert_int_equal(desk.ended.outcome, RUN_REFUSED);
    desk_close(&desk);
}

static bool third_is_back(const struct desk *desk)
{
    return desk->answered && desk->views[2].state == MACHINE_IDLE;
}

static bool third_is_gone(const struct desk *desk)
{
    return desk->views[2].state == MACHINE_OFFLINE;
}

static void test_a_reload_touches_only_what_changed(void **state)
{
    struct desk desk;
    int64_t since[2];

    (void)state;
    desk_open(&desk);
    configure(&desk, BOARDS, 115200);
    wait_for(&desk, all_are_idle);
    since[0] = desk.views[0].since_ms;
    since[1] = desk.views[1].since_ms;
    desk.answered = false;
    configure(&desk, BOARDS, 250000);
    wait_for(&desk, third_is_gone);
    wait_for(&desk, third_is_back);
    assert_int_equal(desk.views[0].since_ms, since[0]);
    assert_int_equal(desk.views[1].since_ms, since[1]);
    desk_close(&desk);
}

static bool lines_flow(const struct desk *desk)
{
    return desk->boards[0].lines > 50;
}

static void test_a_running_machine_changes_after_its_run(void **state)
{
    struct desk desk;
    char path[32];

    (void)state;
    desk_open(&desk);
    configure(&desk, 1, 115200);
    wait_for(&desk, first_is_idle);
    start(&desk, path, 2000);
    wait_for(&desk, lines_flow);
    configure(&desk, 1, 250000);
    wait_for(&desk, run_has_ended);
    assert_int_equal(desk.ended.outcome, RUN_FINISHED);
    assert_int_equal(desk.boards[0].lines, 2000);
    unlink(path);
    desk_close(&desk);
}

static void test_the_end_leaves_a_run_to_be_taken_up_again(void **state)
{
    struct desk desk;
    char path[32];

    (void)state;
    desk_open(&desk);
    configure(&desk, 1, 115200);
    wait_for(&desk, first_is_idle);
    start(&desk, path, 100000);
    wait_for(&desk, lines_flow);
    unlink(path);
    desk_close(&desk);
    assert_false(desk.has_ended);
}

static void test_a_stop_while_a_start_still_reads_its_file(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct desk desk;
        char path[32];

        desk_open(&desk);
        configure(&desk, 1, 115200);
        wait_for(&desk, first_is_idle);
        start(&desk, path, 100000);
        desk_close(&desk);
        unlink(path);
        assert_true(!desk.has_ended || desk.ended.outcome == RUN_REFUSED);
        assert_int_equal(desk.boards[0].lines, 0);
    }
}

static bool is_locked(const struct desk *desk)
{
    return desk->views[0].state == MACHINE_LOCKED && desk->views[1].state == MACHINE_LOCKED &&
           desk->answered;
}

static void test_an_emergency_stop_of_all(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(&desk);
    configure(&desk, 2, 115200);
    wait_for(&desk, first_is_idle);
    desk.answered = false;
    floor_order(desk.floor, make_order(ORDER_ESTOP, ""));
    wait_for(&desk, is_locked);
    assert_non_null(strstr(desk.answer.reason, "2 machines"));
    desk_close(&desk);
}

static void test_a_floor_with_nothing_stops(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(&desk);
    desk_close(&desk);
    floor_join(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_from_the_order_to_its_end),
        cmocka_unit_test(test_an_order_for_nobody_is_answered),
        cmocka_unit_test(test_a_reload_touches_only_what_changed),
        cmocka_unit_test(test_a_running_machine_changes_after_its_run),
        cmocka_unit_test(test_the_end_leaves_a_run_to_be_taken_up_again),
        cmocka_unit_test(test_a_stop_while_a_start_still_reads_its_file),
        cmocka_unit_test(test_an_emergency_stop_of_all),
        cmocka_unit_test(test_a_floor_with_nothing_stops),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
