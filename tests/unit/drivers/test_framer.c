/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/framer.h"

/* Feeds bytes and expects exactly these lines, joined by "|". */
static void expect_lines(struct framer *framer, const char *bytes, size_t n, const char *expect)
{
    char out[2048] = "";
    const char *line;
    size_t length;

    while ((line = framer_next(framer, &bytes, &n, &length)) != NULL) {
        assert_int_equal(strlen(line), length);
        strcat(strcat(out, line), "|");
    }
    assert_int_equal(n, 0);
    assert_string_equal(out, expect);
}

static void lines_end_at_cr_or_lf_and_empty_ones_are_skipped(void **state)
{
    struct framer framer;

    (void)state;
    framer_init(&framer);
    expect_lines(&framer, "ok\r\n\r\n\nwait\rstart\n", 18, "ok|wait|start|");
}

static void a_line_may_come_in_pieces(void **state)
{
    struct framer framer;

    (void)state;
    framer_init(&framer);
    expect_lines(&framer, "o", 1, "");
    expect_lines(&framer, "", 0, "");
    expect_lines(&framer, "k\r", 2, "ok|");
    expect_lines(&framer, "\nok\n", 4, "ok|");
}

static void nul_and_high_bytes_are_dropped(void **state)
{
    struct framer framer;

    (void)state;
    framer_init(&framer);
    expect_lines(&framer,
                 "\0st\xb0"
                 "art\n\xff\n\0\n",
                 12, "start|");
}

static void a_line_that_is_too_long_is_cut_and_the_next_is_whole(void **state)
{
    struct framer framer;
    char bytes[2 * FRAMER_LINE_MAX];
    char expect[FRAMER_LINE_MAX + 2];

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    memset(expect, 'x', FRAMER_LINE_MAX);
    strcpy(expect + FRAMER_LINE_MAX, "|");
    framer_init(&framer);
    expect_lines(&framer, bytes, sizeof bytes, "");
    expect_lines(&framer, bytes, sizeof bytes, "");
    expect_lines(&framer, "\n", 1, expect);
    expect_lines(&framer, "ok\n", 3, "ok|");
    expect_lines(&framer, bytes, FRAMER_LINE_MAX, "");
    expect_lines(&framer, "\n", 1, expect);
}

static void reset_forgets_a_half_line(void **state)
{
    struct framer framer;

    (void)state;
    framer_init(&framer);
    expect_lines(&framer, "Resend: 1", 9, "");
    framer_reset(&framer);
    expect_lines(&framer, "ok\n", 3, "ok|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_cr_or_lf_and_empty_ones_are_skipped),
        cmocka_unit_test(a_line_may_come_in_pieces),
        cmocka_unit_test(nul_and_high_bytes_are_dropped),
        cmocka_unit_test(a_line_that_is_too_long_is_cut_and_the_next_is_whole),
        cmocka_unit_test(reset_forgets_a_half_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
