/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/tally.h"

static void hash_of(const char *text, char sha256[HASH_TEXT_SIZE])
{
    struct hash hash;

    assert_int_equal(hash_begin(&hash), ERR_OK);
    hash_feed(&hash, text, strlen(text));
    hash_end(&hash, sha256);
}

static void a_run_is_hashed_as_its_lines_with_newlines(void **state)
{
    struct tally t = {.lines = 0};
    char expected[HASH_TEXT_SIZE];

    (void)state;
    hash_of("G1 X1\nG1 X2\n", expected);
    tally_run_begin(&t, 10000);
    tally_line(&t, 10000, "G1 X1", 5);
    tally_line(&t, 10001, "G1 X2", 5);
    tally_run_end(&t);
    assert_int_equal(t.run_count, 1);
    assert_string_equal(t.runs[0].sha256, expected);
    assert_int_equal(t.runs[0].lines, 2);
    assert_int_equal(t.runs[0].skipped + t.runs[0].repeated, 0);
}

static void what_was_executed_can_be_read_afterwards(void **state)
{
    char *text = NULL;
    size_t n = 0;
    struct tally t = {.book = open_memstream(&text, &n)};

    (void)state;
    assert_non_null(t.book);
    tally_command(&t, "M105", 4);
    tally_run_begin(&t, 10000);
    tally_line(&t, 10000, "G1 X1", 5);
    tally_finish(&t);
    assert_string_equal(text, "- M105\nrun\n10000 G1 X1\n");
    assert_int_equal(t.commands, 1);
    free(text);
}

static void a_long_run_is_hashed_in_pieces_without_a_difference(void **state)
{
    struct tally t = {.lines = 0};
    char expected[HASH_TEXT_SIZE], line[400];
    struct hash hash;

    (void)state;
    assert_int_equal(hash_begin(&hash), ERR_OK);
    tally_run_begin(&t, 0);
    for (unsigned i = 0; i < 5000; i++) {
        size_t n = i % 97 == 0 ? 390 : i % 50;

        memset(line, 'a' + (int)(i % 26), n);
        tally_line(&t, i, line, n);
        line[n] = '\n';
        hash_feed(&hash, line, n + 1);
    }
    hash_end(&hash, expected);
    tally_run_end(&t);
    assert_string_equal(t.runs[0].sha256, expected);
}

static void a_gap_and_a_repeat_show(void **state)
{
    struct tally t = {.lines = 0};

    (void)state;
    tally_run_begin(&t, 10000);
    tally_line(&t, 10000, "a", 1);
    tally_line(&t, 10003, "b", 1);
    tally_line(&t, 10003, "b", 1);
    tally_run_end(&t);
    assert_int_equal(t.runs[0].skipped, 2);
    assert_int_equal(t.runs[0].repeated, 1);
}

static void the_run_under_way_can_be_looked_at(void **state)
{
    struct tally t = {.lines = 0};
    struct tally_run now;
    char expected[HASH_TEXT_SIZE];

    (void)state;
    assert_false(tally_run_now(&t, &now));
    tally_run_begin(&t, 1);
    tally_line(&t, 1, "a", 1);
    hash_of("a\n", expected);
    assert_true(tally_run_now(&t, &now));
    assert_string_equal(now.sha256, expected);
    tally_line(&t, 2, "b", 1);
    hash_of("a\nb\n", expected);
    tally_run_end(&t);
    assert_string_equal(t.runs[0].sha256, expected);
}

static void runs_without_lines_are_forgotten_and_old_ones_make_room(void **state)
{
    struct tally t = {.lines = 0};

    (void)state;
    for (unsigned i = 0; i < TALLY_RUNS + 5; i++) {
        tally_run_begin(&t, 0);
        tally_run_begin(&t, 0);
        tally_line(&t, 0, "x", 1);
    }
    assert_int_equal(t.run_count, TALLY_RUNS + 4);
    tally_finish(&t);
}

static void turnaround_runs_from_the_first_unanswered_ok(void **state)
{
    struct tally t = {.lines = 0};

    (void)state;
    tally_run_begin(&t, 0);
    tally_line_read(&t, 500);
    assert_int_equal(t.turnaround.count, 0);
    tally_ok_written(&t, 1000);
    tally_ok_written(&t, 2000);
    tally_line_read(&t, 101000);
    tally_line_read(&t, 102000);
    assert_int_equal(t.turnaround.count, 1);
    assert_int_equal(t.turnaround.max_ns, 100000);
    tally_finish(&t);
}

static void percentiles_are_right_within_six_percent(void **state)
{
    struct histogram h = {.count = 0};

    (void)state;
    for (uint64_t us = 1; us <= 1000; us++)
        histogram_add(&h, us * 1000);
    assert_in_range(histogram_at(&h, 0.5), 500000, 535000);
    assert_in_range(histogram_at(&h, 0.99), 985000, 1000000);
    assert_int_equal(h.max_ns, 1000000);
    histogram_add(&h, UINT64_MAX);
    assert_true(histogram_at(&h, 1) == UINT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_hashed_as_its_lines_with_newlines),
        cmocka_unit_test(what_was_executed_can_be_read_afterwards),
        cmocka_unit_test(a_long_run_is_hashed_in_pieces_without_a_difference),
        cmocka_unit_test(a_gap_and_a_repeat_show),
        cmocka_unit_test(the_run_under_way_can_be_looked_at),
        cmocka_unit_test(runs_without_lines_are_forgotten_and_old_ones_make_room),
        cmocka_unit_test(turnaround_runs_from_the_first_unanswered_ok),
        cmocka_unit_test(percentiles_are_right_within_six_percent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
