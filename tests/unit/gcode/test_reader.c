/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gcode/reader.h"

/* All lines of text fed in pieces of `piece` bytes, as "number@offset:text|". */
static void read_in_pieces(const char *text, size_t n, size_t piece, char *out, size_t size)
{
    struct reader *reader = malloc(sizeof *reader);
    struct reader_line line;
    size_t used = 0;
    char *copy;

    assert_non_null(reader);
    reader_init(reader);
    for (size_t at = 0; at < n; at += piece) {
        size_t length = piece < n - at ? piece : n - at;

        copy = malloc(length); /* so that a sanitizer sees any look beyond it */
        assert_non_null(copy);
        memcpy(copy, text + at, length);
        reader_feed(reader, copy, length);
        while (reader_next(reader, &line))
            used += (size_t)snprintf(out + used, size - used, "%u@%llu:%.*s|", line.number,
                                     (unsigned long long)line.offset, (int)line.len, line.text);
        free(copy);
    }
    if (reader_rest(reader, &line))
        snprintf(out + used, size - used, "%u@%llu:%.*s|", line.number,
                 (unsigned long long)line.offset, (int)line.len, line.text);
    free(reader);
}

static void lines_are_the_same_whatever_the_pieces(void **state)
{
    static const char text[] = "\xef\xbb\xbfG21\n\nG90 ; x\r\nG1 X1\nlast";
    char out[512];

    (void)state;
    for (size_t piece = 1; piece < sizeof text; piece++) {
        read_in_pieces(text, sizeof text - 1, piece, out, sizeof out);
        assert_string_equal(out, "1@0:G21|2@7:|3@8:G90 ; x\r|4@17:G1 X1|5@23:last|");
    }
    read_in_pieces("G1\n", 3, 1, out, sizeof out);
    assert_string_equal(out, "1@0:G1|");
}

/* Faults of a line of `comment` bytes before and `n` bytes of filling after "G1 X1". */
static enum gcode_line_fault fault_of_long_line(const char *before, char filling, size_t n,
                                                size_t piece)
{
    struct reader *reader = malloc(sizeof *reader);
    struct reader_line line;
    struct gcode_line parsed;
    size_t length = strlen(before) + n;
    char *text = malloc(length + 6);
    bool got = false;

    assert_non_null(reader);
    assert_non_null(text);
    memcpy(text, before, strlen(before));
    memset(text + strlen(before), filling, n);
    memcpy(text + length, "G1 X9\n", 6);
    reader_init(reader);
    for (size_t at = 0; at < length + 6 && !got; at += piece) {
        reader_feed(reader, text + at, piece < length + 6 - at ? piece : length + 6 - at);
        got = reader_next(reader, &line);
    }
    assert_true(got);
    assert_true(line.len <= READER_LINE_MAX);
    reader_parse(&line, &parsed, GCODE_MARLIN);
    free(text);
    free(reader);
    return parsed.fault;
}

static void what_is_cut_off_is_never_taken_for_a_whole_line(void **state)
{
    (void)state;
    for (size_t piece = 1000; piece < 100000; piece *= 9) {
        assert_int_equal(fault_of_long_line("", ' ', 10000, piece), GCODE_LINE_TOO_LONG);
        assert_int_equal(fault_of_long_line("G1 X1", ' ', 10000, piece), GCODE_LINE_TOO_LONG);
        assert_int_equal(fault_of_long_line("G1 X1 ;", 'x', 10000, piece), GCODE_LINE_OK);
        assert_int_equal(fault_of_long_line(";", 'x', 10000, piece), GCODE_LINE_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_the_same_whatever_the_pieces),
        cmocka_unit_test(what_is_cut_off_is_never_taken_for_a_whole_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
