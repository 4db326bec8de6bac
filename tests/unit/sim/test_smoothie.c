/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/smoothie.h"

struct host {
    struct smoothie s;
    char heard[8192];
};

static void hear(struct host *h)
{
    size_t n;
    const char *bytes = buf_peek(&h->s.board.out, &n);

    memcpy(h->heard, bytes, n);
    h->heard[n] = '\0';
    buf_drop(&h->s.board.out, n);
}

static const char *ask(struct host *h, const char *text)
{
    char bytes[400];

    snprintf(bytes, sizeof bytes, "%s", text);
    board_receive(&h->s.board, bytes, strlen(bytes));
    hear(h);
    return h->heard;
}

static const char *ask_numbered(struct host *h, uint32_t number, const char *text)
{
    char line[200];
    unsigned sum = 0;
    int n = snprintf(line, sizeof line, "N%u %s", number, text);

    for (int i = 0; i < n; i++)
        sum ^= (unsigned char)line[i];
    snprintf(line + n, sizeof line - (size_t)n, "*%u\n", sum);
    return ask(h, line);
}

static const char *pass(struct host *h, double seconds)
{
    board_advance(&h->s.board, h->s.board.now_us + (int64_t)(seconds * 1e6));
    hear(h);
    return h->heard;
}

static struct host *begin(void)
{
    struct host *h = calloc(1, sizeof *h);

    smoothie_init(&h->s, "test-l01", 1);
    h->s.board.ops->power_on(&h->s.board);
    hear(h);
    assert_string_equal(h->heard, "Smoothie\r\nok\r\n");
    return h;
}

static void end(struct host *h)
{
    tally_finish(&h->s.board.tally);
    free(h);
}

static void a_bad_line_is_asked_for_again_without_an_ok(void **state)
{
    struct host *h = begin();

    (void)state;
    assert_string_equal(ask_numbered(h, 9999, "M110 N9999"), "ok\r\n");
    assert_string_equal(ask_numbered(h, 10000, "G1 X10 S0.5 F6000"), "ok\r\n");
    assert_string_equal(ask(h, "N10001 G1 X20*1\n"), "rs N10001\r\n");
    assert_string_equal(ask_numbered(h, 10002, "G1 X30"), "rs N10001\r\n");
    assert_string_equal(ask_numbered(h, 10001, "G1 X20"), "ok\r\n");
    tally_run_end(&h->s.board.tally);
    assert_int_equal(h->s.board.tally.runs[0].lines, 2);
    assert_int_equal(h->s.board.tally.resends, 2);
    end(h);
}

static void it_says_ok_when_the_planner_has_taken_the_line(void **state)
{
    struct host *h = begin();

    (void)state;
    for (int i = 1; i <= 15; i++) {
        char line[40];

        snprintf(line, sizeof line, "G1 X%d F60\n", i);
        assert_string_equal(ask(h, line), "ok\r\n");
    }
    assert_string_equal(ask(h, "G1 X20\n"), "");
    assert_string_equal(pass(h, 1.1), "ok\r\n");
    assert_string_equal(ask(h, "M400\n"), "");
    assert_string_equal(pass(h, 30), "ok\r\n");
    assert_non_null(strstr(ask(h, "?"), "<Idle|MPos:20.0000,0.0000,0.0000|"));
    end(h);
}

static void an_arc_longer_than_the_planner_is_made_whole(void **state)
{
    struct host *h = begin();

    (void)state;
    assert_string_equal(ask(h, "G2 X40 Y0 I20 J0 F6000\n"), "");
    assert_string_equal(pass(h, 5), "ok\r\n");
    assert_non_null(strstr(ask(h, "?"), "<Idle|MPos:40.0000,"));
    end(h);
}

static void once_halted_it_obeys_nothing_but_M999(void **state)
{
    struct host *h = begin();

    (void)state;
    ask(h, "G1 X100 F600\n");
    assert_non_null(strstr(ask(h, "\x18"), "HALTED"));
    assert_string_equal(ask(h, "G1 X1\n"), "!!\r\n");
    assert_non_null(strstr(ask(h, "?"), "<Alarm|"));
    assert_string_equal(ask(h, "M999\n"), "ok\r\n");
    assert_string_equal(ask(h, "G1 X1\n"), "ok\r\n");
    assert_non_null(strstr(ask(h, "M112\n"), "Emergency Stop"));
    end(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_line_is_asked_for_again_without_an_ok),
        cmocka_unit_test(it_says_ok_when_the_planner_has_taken_the_line),
        cmocka_unit_test(an_arc_longer_than_the_planner_is_made_whole),
        cmocka_unit_test(once_halted_it_obeys_nothing_but_M999),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
