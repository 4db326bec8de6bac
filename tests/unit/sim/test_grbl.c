/* SPDX-License-Identifier: Apache-2.0 */
/* The emulated Grbl under a small host of the test's own, in virtual time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/grbl.h"

struct host {
    struct grbl g;
    char heard[65536];
    size_t used;
};

static void hear(struct host *h)
{
    size_t n;
    const char *bytes = buf_peek(&h->g.board.out, &n);

    if (h->used + n >= sizeof h->heard)
        h->used = 0;
    memcpy(h->heard + h->used, bytes, n);
    h->used += n;
    h->heard[h->used] = '\0';
    buf_drop(&h->g.board.out, n);
}

static void forget(struct host *h)
{
    h->used = 0;
    h->heard[0] = '\0';
}

static void pass(struct host *h, double seconds)
{
    board_advance(&h->g.board, h->g.board.now_us + (int64_t)(seconds * 1e6));
    hear(h);
}

static void send(struct host *h, const char *text)
{
    char bytes[4096];

    snprintf(bytes, sizeof bytes, "%s", text);
    board_receive(&h->g.board, bytes, strlen(bytes));
    hear(h);
}

static unsigned times(const struct host *h, const char *words)
{
    unsigned count = 0;

    for (const char *at = h->heard; (at = strstr(at, words)) != NULL; at += strlen(words))
        count++;
    return count;
}

static struct host *begin(void)
{
    struct host *h = calloc(1, sizeof *h);

    grbl_init(&h->g, "test-l01", 1);
    for (int i = 0; i < 2; i++) {
        grbl_set(&h->g, 110 + i, 6000);
        grbl_set(&h->g, 120 + i, 1000);
    }
    grbl_set(&h->g, 32, 1);
    h->g.board.ops->power_on(&h->g.board);
    hear(h);
    forget(h);
    return h;
}

static void end(struct host *h)
{
    tally_finish(&h->g.board.tally);
    free(h);
}

/* Counts bytes as a good host does: never more than 127 on the way. */
static uint64_t stream(struct host *h, const char *path, char sha256[HASH_TEXT_SIZE])
{
    FILE *file = fopen(path, "r");
    unsigned sizes[256], first = 0, last = 0, bytes = 0;
    char line[200];
    struct hash hash;
    uint64_t lines = 0;

    assert_non_null(file);
    assert_int_equal(hash_begin(&hash), ERR_OK);
    while (fgets(line, sizeof line, file) != NULL) {
        size_t n = strcspn(line, ";\r\n");

        if (n == 0 || line[0] == '(')
            continue;
        line[n] = '\n';
        line[n + 1] = '\0';
        hash_feed(&hash, line, n + 1);
        lines++;
        while (bytes + n + 1 > 127) {
            board_advance(&h->g.board, board_due(&h->g.board));
            hear(h);
            for (unsigned oks = times(h, "ok\r\n"); oks > 0; oks--)
                bytes -= sizes[first++ % 256];
            assert_int_equal(times(h, "error"), 0);
            forget(h);
        }
        sizes[last++ % 256] = (unsigned)n + 1;
        bytes += (unsigned)n + 1;
        send(h, line);
    }
    fclose(file);
    hash_end(&hash, sha256);
    pass(h, 600);
    return lines;
}

static void real_files_run_whole_without_overflow(void **state)
{
    struct host *h = begin();
    char expected[HASH_TEXT_SIZE];
    uint64_t lines;

    send(h, "$G\n");
    forget(h);
    lines = stream(h, *state, expected);
    tally_run_end(&h->g.board.tally);
    assert_int_equal(h->g.board.tally.run_count, 1);
    assert_int_equal(h->g.board.tally.runs[0].lines, lines);
    assert_string_equal(h->g.board.tally.runs[0].sha256, expected);
    assert_int_equal(h->g.board.tally.overflows, 0);
    assert_float_equal(h->g.board.tally.beam_still_ms, 0, 0.001);
    forget(h);
    send(h, "?");
    assert_non_null(strstr(h->heard, "<Idle|"));
    end(h);
}

static void what_does_not_fit_is_lost_without_a_word(void **state)
{
    struct host *h = begin();

    (void)state;
    send(h, "G1 F60\n");
    forget(h);
    for (int i = 0; i < 60; i++)
        send(h, i % 2 == 0 ? "G91X1.0\n" : "G91X-1.\n"); /* 8 bytes each, a second each */
    assert_int_equal(times(h, "ok\r\n"), 15);
    pass(h, 100);
    assert_int_equal(times(h, "ok\r\n"), 15 + 1 + 16); /* the planner, the line at hand, 128 / 8 */
    assert_int_equal(times(h, "error"), 0);
    assert_int_equal(h->g.board.tally.lost, 28 * 8);
    end(h);
}

static void reports_tell_the_room_that_is_left(void **state)
{
    struct host *h = begin();

    (void)state;
    send(h, "$10=3\n");
    pass(h, 0.1);
    send(h, "G91\nG1 F60\n");
    for (int i = 0; i < 17; i++)
        send(h, "X1.0\n"); /* 15 planned, one at hand, one waiting */
    forget(h);
    send(h, "?");
    assert_non_null(strstr(h->heard, "|Bf:0,123|FS:60,0"));
    end(h);
}

static void a_hold_keeps_what_is_planned_and_answers_nothing(void **state)
{
    struct host *h = begin();

    (void)state;
    send(h, "G91\nG1 X100 F6000\n");
    pass(h, 0.3);
    send(h, "!");
    pass(h, 1);
    forget(h);
    send(h, "G1 X1\n?");
    assert_non_null(strstr(h->heard, "<Hold:0|"));
    assert_int_equal(times(h, "ok"), 0);
    send(h, "~");
    pass(h, 0.1);
    assert_int_equal(times(h, "ok"), 1);
    pass(h, 3);
    forget(h);
    send(h, "?");
    assert_non_null(strstr(h->heard, "<Idle|MPos:101.000,"));
    end(h);
}

static void a_reset_in_motion_is_an_alarm_and_deafness(void **state)
{
    struct host *h = begin();

    (void)state;
    send(h, "G91\nM4 S500\nG1 X100 F600\n");
    pass(h, 1);
    forget(h);
    send(h, "\x18");
    assert_string_equal(h->heard, "ALARM:3\r\n");
    send(h, "?$X\n");
    pass(h, 0.4);
    assert_string_equal(h->heard, "ALARM:3\r\n");
    pass(h, 0.2);
    assert_non_null(strstr(h->heard, "Grbl 1.1h ['$' for help]\r\n[MSG:'$H'|'$X' to unlock]\r\n"));
    forget(h);
    send(h, "G0X0\n$X\n");
    assert_string_equal(h->heard, "error:9\r\n[MSG:Caution: Unlocked]\r\nok\r\n");
    end(h);
}

/* M3 burns on the spot, M4 never; nothing burns in a hold. */
static void the_beam_that_stands_still_is_counted(void **state)
{
    struct host *h = begin();

    (void)state;
    send(h, "G91\nM3 S500\nG1 X10 F600\n");
    pass(h, 0.5);
    send(h, "!");
    pass(h, 5);
    send(h, "~");
    assert_float_equal(h->g.board.tally.beam_still_ms, 0, 0.1);
    pass(h, 3);
    send(h, "M5\n");
    assert_true(h->g.board.tally.beam_still_ms > 2000 && h->g.board.tally.beam_still_ms < 3000);
    h->g.board.tally.beam_still_ms = 0;
    send(h, "M4 S500\nG1 X10 F600\n");
    pass(h, 10);
    send(h, "M5\n");
    assert_float_equal(h->g.board.tally.beam_still_ms, 0, 0.1);
    end(h);
}

static void every_error_has_its_number(void **state)
{
    static const struct {
        const char *line, *answer;
    } cases[] = {
        {"G1 X10\n", "error:22\r\n"},
        {"X\n", "error:2\r\n"},
        {"G99\n", "error:20\r\n"},
        {"G2 X10 F100\n", "error:35\r\n"},
        {"G0 X1 X2\n", "error:25\r\n"},
        {"*\n", "error:1\r\n"},
        {"G4\n", "error:28\r\n"},
        {"G92\n", "error:26\r\n"},
        {"G0 X1 P5\n", "error:36\r\n"},
        {"G2 X10 Y0 I1 J9 F100\n", "error:33\r\n"},
        {"S-1\n", "error:4\r\n"},
        {"$H\n", "error:5\r\n"},
        {"$7=\n", "error:3\r\n"},
        {"G0 X0 ; fine\n", "ok\r\n"},
        {"\n", "ok\r\n"},
    };
    struct host *h = begin();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        forget(h);
        send(h, cases[i].line);
        if (strcmp(h->heard, cases[i].answer) != 0)
            fail_msg("%s answered %s", cases[i].line, h->heard);
    }
    end(h);
}

/* One error in mid-stream turns all that follows into the same error; an empty line ends that. */
static void an_error_of_grblHAL_stays_until_an_empty_line(void **state)
{
    struct host *h = begin();

    (void)state;
    grbl_make_hal(&h->g);
    h->g.board.ops->power_on(&h->g.board);
    hear(h);
    forget(h);
    send(h, "G0 X1 Q5\nG0 X2\nM5\n\nG0 X3\n");
    assert_string_equal(h->heard, "error:36\r\nerror:36\r\nerror:36\r\nok\r\nok\r\n");
    end(h);
}

static void a_dollar_line_begins_another_run(void **state)
{
    struct host *h = begin();

    (void)state;
    send(h, "G0 X1\nM5\n$G\nG0 X2\nM2\n");
    pass(h, 5);
    send(h, "G0 X3\n");
    assert_int_equal(h->g.board.tally.run_count, 2);
    assert_int_equal(h->g.board.tally.runs[0].lines, 2);
    assert_int_equal(h->g.board.tally.runs[1].lines, 2);
    end(h);
}

#define LASER "tests/samples/laser/"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(real_files_run_whole_without_overflow,
                                  (void *)LASER "grbl_ecran_x1.nc"),
        cmocka_unit_test_prestate(real_files_run_whole_without_overflow,
                                  (void *)LASER "grbl_ecran_3x2_900x600.nc"),
        cmocka_unit_test_prestate(real_files_run_whole_without_overflow,
                                  (void *)LASER "grbl_gravure_60x24.nc"),
        cmocka_unit_test(what_does_not_fit_is_lost_without_a_word),
        cmocka_unit_test(reports_tell_the_room_that_is_left),
        cmocka_unit_test(a_hold_keeps_what_is_planned_and_answers_nothing),
        cmocka_unit_test(a_reset_in_motion_is_an_alarm_and_deafness),
        cmocka_unit_test(the_beam_that_stands_still_is_counted),
        cmocka_unit_test(every_error_has_its_number),
        cmocka_unit_test(an_error_of_grblHAL_stays_until_an_empty_line),
        cmocka_unit_test(a_dollar_line_begins_another_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
