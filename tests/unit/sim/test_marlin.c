/* SPDX-License-Identifier: Apache-2.0 */
/* The emulated Marlin under a small host of the test's own, in virtual time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/marlin.h"

struct host {
    struct marlin m;
    char heard[65536]; /* all it said since the last forget() */
    size_t used;
    uint32_t number;
};

static void hear(struct host *h)
{
    size_t n;
    const char *bytes = buf_peek(&h->m.board.out, &n);

    if (h->used + n >= sizeof h->heard)
        h->used = 0;
    memcpy(h->heard + h->used, bytes, n);
    h->used += n;
    h->heard[h->used] = '\0';
    buf_drop(&h->m.board.out, n);
}

static void forget(struct host *h)
{
    h->used = 0;
    h->heard[0] = '\0';
}

static void pass(struct host *h, double seconds)
{
    board_advance(&h->m.board, h->m.board.now_us + (int64_t)(seconds * 1e6));
    hear(h);
}

static void send(struct host *h, const char *text)
{
    char bytes[4096];

    snprintf(bytes, sizeof bytes, "%s", text);
    board_receive(&h->m.board, bytes, strlen(bytes));
    hear(h);
}

static void send_numbered(struct host *h, uint32_t number, const char *text)
{
    char line[300];
    unsigned sum = 0;
    int n = snprintf(line, sizeof line, "N%u %s", number, text);

    for (int i = 0; i < n; i++)
        sum ^= (unsigned char)line[i];
    snprintf(line + n, sizeof line - (size_t)n, "*%u\n", sum);
    send(h, line);
}

static unsigned times(const struct host *h, const char *words)
{
    unsigned count = 0;

    for (const char *at = h->heard; (at = strstr(at, words)) != NULL; at += strlen(words))
        count++;
    return count;
}

static struct host *begin(const char *build)
{
    struct host *h = calloc(1, sizeof *h);

    marlin_init(&h->m, marlin_build(build), "test-p01", 1);
    h->m.board.ops->power_on(&h->m.board);
    hear(h);
    assert_non_null(strstr(h->heard, "start\n"));
    forget(h);
    return h;
}

static void end(struct host *h)
{
    tally_finish(&h->m.board.tally);
    free(h);
}

/* Ping-pong: one line, then time passes until its ok. */
static void send_and_wait(struct host *h, const char *text)
{
    forget(h);
    send_numbered(h, h->number, text);
    for (int i = 0; i < 100000 && strstr(h->heard, "ok") == NULL; i++) {
        int64_t due = board_due(&h->m.board);

        assert_true(due != INT64_MAX);
        board_advance(&h->m.board, due);
        hear(h);
    }
    h->number++;
}

/* A line of a real file without its comment and blanks; false: nothing to send. */
static bool strip(char *line)
{
    size_t n = strcspn(line, ";\r\n");

    while (n > 0 && line[n - 1] == ' ')
        n--;
    line[n] = '\0';
    return n > 0 && strncmp(line, "M109", 4) != 0 && strncmp(line, "M190", 4) != 0 &&
           strncmp(line, "M862", 4) != 0 && strncmp(line, "M117", 4) != 0;
}

/* The whole of a real program, in the time that the slicer says (7 min 54 s; homing apart). */
static void a_real_program_is_executed_line_by_line_in_its_time(void **state)
{
    struct host *h = begin(*state);
    FILE *file = fopen("tests/samples/impression/mk3_repere-lot_0.20.gcode", "r");
    char line[16384], expected[HASH_TEXT_SIZE];
    struct hash hash;
    uint64_t lines = 0;
    double seconds;

    assert_non_null(file);
    h->m.features |= MARLIN_LEVELLING;
    h->m.limits = (struct planner_limits){{200, 200, 12, 120}, 1250, 8};
    h->m.board.ops->power_on(&h->m.board);
    send(h, "M104 S240\n");
    pass(h, 300);
    assert_int_equal(hash_begin(&hash), ERR_OK);
    h->number = 9999;
    send_and_wait(h, "M110 N9999");
    while (fgets(line, sizeof line, file) != NULL) {
        if (!strip(line))
            continue;
        send_and_wait(h, line);
        hash_feed(&hash, line, strlen(line));
        hash_feed(&hash, "\n", 1);
        lines++;
    }
    fclose(file);
    send(h, "M400\n");
    seconds = (double)h->m.board.now_us * 1e-6 - 300;
    tally_run_end(&h->m.board.tally);
    hash_end(&hash, expected);
    assert_int_equal(h->m.board.tally.run_count, 1);
    assert_int_equal(h->m.board.tally.runs[0].lines, lines);
    assert_string_equal(h->m.board.tally.runs[0].sha256, expected);
    assert_int_equal(h->m.board.tally.resends, 0);
    assert_int_equal(h->m.board.tally.underruns, 0);
    assert_in_range((uint64_t)seconds, 450, 560);
    end(h);
}

static void free_blocks_fall_and_ok_is_paced_by_motion(void **state)
{
    struct host *h = begin("full");

    (void)state;
    send(h, "G91\n");
    forget(h);
    for (int i = 0; i < 15; i++)
        send(h, i % 2 == 0 ? "G1 X10 F600\n" : "G1 X-10 F600\n");
    assert_non_null(strstr(h->heard, "ok P14 B15\nok P13 B15\n"));
    assert_non_null(strstr(h->heard, "ok P0 B15\n"));
    forget(h);
    send(h, "G1 X10 F600\n");
    assert_string_equal(h->heard, "");
    pass(h, 1.2);
    assert_string_equal(h->heard, "ok P0 B15\n");
    end(h);
}

static void busy_comes_each_two_seconds_of_waiting(void **state)
{
    struct host *h = begin("plain");

    (void)state;
    send(h, "G4 S7\n");
    pass(h, 8);
    assert_string_equal(h->heard, "echo:busy: processing\necho:busy: processing\n"
                                  "echo:busy: processing\nok\n");
    end(h);
}

/* G4 blocks; 4 commands and 128 bytes fit, the rest is lost without a word. */
static void a_small_board_overruns_silently(void **state)
{
    struct host *h = begin("plain");

    (void)state;
    send(h, "G4 S2\n");
    for (int i = 0; i < 40; i++)
        send(h, "G1 X1 F6000\n");
    assert_int_equal(times(h, "ok"), 0);
    pass(h, 30);
    assert_int_equal(times(h, "ok"), 1 + 3 + 10); /* 128 / 12 = 10 whole lines */
    assert_true(h->m.board.tally.lost > 0 && h->m.board.tally.overflows > 0);
    end(h);
}

static void a_repeated_number_is_dropped_without_a_word(void **state)
{
    struct host *h = begin("full");

    (void)state;
    send_numbered(h, 9999, "M110 N9999");
    send_numbered(h, 10000, "G4 P0");
    forget(h);
    send_numbered(h, 10000, "G4 P0");
    assert_string_equal(h->heard, "");
    send_numbered(h, 5, "M105"); /* the probe of a host that has lost count */
    assert_string_equal(h->heard, "Error:Line Number is not Last Line Number+1, Last Line: 10000\n"
                                  "Resend: 10001\nok\n");
    tally_run_end(&h->m.board.tally);
    assert_int_equal(h->m.board.tally.runs[0].lines, 1);
    end(h);
}

static void the_fault_script_changes_its_manners(void **state)
{
    struct host *h = begin("plain");
    struct trouble *t = &h->m.board.trouble;

    (void)state;
    t->resend_short = t->resend_twice = t->resend_without_ok = true;
    send(h, "N7 G4 P1*0\n");
    assert_non_null(strstr(h->heard, "rs 1\nrs 1\n"));
    assert_null(strstr(h->heard, "ok"));
    t->swallow_ok = 1;
    forget(h);
    send(h, "G4 P0\n");
    assert_string_equal(h->heard, "");
    t->swallow_ok = 0;
    t->drop_line = 1;
    send(h, "M105\n");
    assert_string_equal(h->heard, "");
    end(h);
}

static void a_reset_forgets_position_number_and_run(void **state)
{
    struct host *h = begin("full");
    double now[2], target[2];

    (void)state;
    send_numbered(h, 9999, "M110 N9999");
    send_numbered(h, 10000, "M104 S200");
    send_numbered(h, 10001, "G1 X50 F3000");
    forget(h);
    assert_true(board_befall(&h->m.board, MISHAP_RESET, 0));
    hear(h);
    assert_non_null(strstr(h->heard, "start\n"));
    h->m.board.ops->heat(&h->m.board, now, target);
    assert_float_equal(target[0], 0, 0);
    assert_int_equal(h->m.planner.count, 0);
    assert_int_equal(h->m.board.tally.run_count, 1);
    forget(h);
    send_numbered(h, 10002, "M105");
    assert_non_null(strstr(h->heard, "Last Line: 0\nResend: 1\n"));
    end(h);
}

static void a_killed_board_says_nothing_more(void **state)
{
    struct host *h = begin("full");

    (void)state;
    send(h, "M155 S1\nG1 X100 F600\nM112\n");
    assert_non_null(strstr(h->heard, "Error:Printer halted. kill() called!\n"));
    forget(h);
    send(h, "M105\nM999\n");
    pass(h, 60);
    assert_string_equal(h->heard, "");
    end(h);
}

static void a_hung_board_is_deaf_and_then_goes_on(void **state)
{
    struct host *h = begin("plain");

    (void)state;
    send(h, "G4 S1\n");
    assert_true(board_befall(&h->m.board, MISHAP_HANG, 10));
    send(h, "M105\n");
    pass(h, 9);
    assert_string_equal(h->heard, "");
    pass(h, 2);
    assert_int_equal(times(h, "ok"), 1);
    end(h);
}

static void the_beam_of_a_fan_laser_that_stands_still_is_counted(void **state)
{
    struct host *h = begin("laser");

    (void)state;
    h->m.features |= MARLIN_FAN_BEAM;
    send(h, "G91\nM106 S255\nG1 X10 F600\n");
    pass(h, 0.5);
    assert_float_equal(h->m.board.tally.beam_still_ms, 0, 0.1);
    pass(h, 2);
    send(h, "M107\n");
    assert_float_equal(h->m.board.tally.beam_still_ms, 1480, 60);
    send(h, "M3 I\nG1 X5 S200 F600\n");
    pass(h, 5);
    send(h, "M5 I\n");
    assert_float_equal(h->m.board.tally.beam_still_ms, 1480, 60);
    end(h);
}

static void a_host_that_comes_late_makes_an_underrun(void **state)
{
    struct host *h = begin("plain");

    (void)state;
    send_numbered(h, 9999, "M110 N9999");
    send_numbered(h, 10000, "G1 X10 F6000");
    pass(h, 3);
    send_numbered(h, 10001, "G1 X20 F6000");
    assert_int_equal(h->m.board.tally.underruns, 1);
    assert_in_range((uint64_t)h->m.board.tally.dry_ms, 2500, 2999);
    send_numbered(h, 10002, "M400");
    pass(h, 3);
    send_numbered(h, 10003, "G1 X30 F6000");
    assert_int_equal(h->m.board.tally.underruns, 1);
    end(h);
}

/* The board's own M600: the line under way ends first, nobody is told ok for it. */
static void a_board_out_of_filament_waits_for_a_person(void **state)
{
    struct host *h = begin("full");

    (void)state;
    send(h, "G4 S1\n");
    assert_true(board_befall(&h->m.board, MISHAP_RUNOUT, 0));
    send(h, "M105\n");
    forget(h);
    pass(h, 30);
    assert_non_null(strstr(h->heard, "ok P15 B14\n//action:paused\n"));
    assert_non_null(strstr(h->heard, "//action:prompt_begin Nozzle Parked\n"));
    assert_non_null(strstr(h->heard, "echo:busy: paused for user\n"));
    assert_int_equal(times(h, "ok "), 1);
    send(h, "M108\n");
    pass(h, 30);
    send(h, "M876 S1\n");
    pass(h, 30);
    assert_non_null(strstr(h->heard, "//action:resumed\n"));
    assert_int_equal(times(h, "ok "), 4); /* G4, M105, M108, M876 */
    end(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_real_program_is_executed_line_by_line_in_its_time,
                                  (void *)"plain"),
        cmocka_unit_test_prestate(a_real_program_is_executed_line_by_line_in_its_time,
                                  (void *)"full"),
        cmocka_unit_test(free_blocks_fall_and_ok_is_paced_by_motion),
        cmocka_unit_test(busy_comes_each_two_seconds_of_waiting),
        cmocka_unit_test(a_small_board_overruns_silently),
        cmocka_unit_test(a_repeated_number_is_dropped_without_a_word),
        cmocka_unit_test(the_fault_script_changes_its_manners),
        cmocka_unit_test(a_reset_forgets_position_number_and_run),
        cmocka_unit_test(a_killed_board_says_nothing_more),
        cmocka_unit_test(a_hung_board_is_deaf_and_then_goes_on),
        cmocka_unit_test(the_beam_of_a_fan_laser_that_stands_still_is_counted),
        cmocka_unit_test(a_host_that_comes_late_makes_an_underrun),
        cmocka_unit_test(a_board_out_of_filament_waits_for_a_person),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
