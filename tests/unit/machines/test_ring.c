/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "machines/ring.h"

static void test_keeps_lines_with_their_time_and_way(void **state)
{
    struct ring ring;
    char *text;

    (void)state;
    memset(&ring, 0, sizeof ring);
    ring_add(&ring, 1000, RING_SENT, "N10000 G28*19\n", 14);
    ring_add(&ring, 1500, RING_HEARD, "ok\r\n", 4);
    text = ring_text(&ring, 2000);
    assert_string_equal(text, "    -1.000 > N10000 G28*19\n    -0.500 < ok\n");
    free(text);
}

static void test_escapes_what_is_not_printable(void **state)
{
    struct ring ring;
    char *text;

    (void)state;
    memset(&ring, 0, sizeof ring);
    ring_add(&ring, 0, RING_SENT, "\x18\\\xff", 3);
    text = ring_text(&ring, 0);
    assert_string_equal(text, "    -0.000 > \\x18\\x5c\\xff\n");
    free(text);
}

static unsigned lines_of(const char *text)
{
    unsigned lines = 0;

    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void test_forgets_the_oldest_first(void **state)
{
    struct ring ring;
    char line[32];
    unsigned kept;
    char *text;

    (void)state;
    memset(&ring, 0, sizeof ring);
    for (int i = 0; i < 3000; i++) {
        int n = snprintf(line, sizeof line, "line %04d", i);

        ring_add(&ring, i, RING_SENT, line, (size_t)n);
    }
    text = ring_text(&ring, 3000);
    kept = lines_of(text);
    assert_in_range(kept, 400, 2000);
    snprintf(line, sizeof line, "> line %04u\n", 3000 - kept);
    assert_non_null(strstr(text, line));
    assert_ptr_equal(strstr(text, "line 2999\n"), text + strlen(text) - strlen("line 2999\n"));
    free(text);
}

static void test_holds_two_hundred_job_lines_and_their_answers(void **state)
{
    struct ring ring;
    char *text;

    (void)state;
    memset(&ring, 0, sizeof ring);
    for (int i = 0; i < 200; i++) {
        ring_add(&ring, i, RING_SENT, "N123456 G1 X123.456 Y123.456 E1.23456*123\n", 42);
        ring_add(&ring, i, RING_HEARD, "ok N123456 P15 B15\n", 19);
    }
    text = ring_text(&ring, 200);
    assert_int_equal(lines_of(text), 400);
    free(text);
}

static void test_long_and_random_lines_never_overrun(void **state)
{
    struct ring ring;
    char line[600];
    uint32_t random = 1;
    char *text;

    (void)state;
    memset(&ring, 0, sizeof ring);
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 5000; i++) {
        random = random * 1664525u + 1013904223u;
        ring_add(&ring, i, RING_HEARD, line, (random >> 8) % sizeof line);
        assert_true(ring.used <= RING_BYTES);
    }
    text = ring_text(&ring, 5000);
    assert_true(lines_of(text) > RING_BYTES / 600);
    free(text);
}

static void test_an_empty_ring_is_an_empty_text(void **state)
{
    struct ring ring;
    char *text;

    (void)state;
    memset(&ring, 0, sizeof ring);
    text = ring_text(&ring, 0);
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_lines_with_their_time_and_way),
        cmocka_unit_test(test_escapes_what_is_not_printable),
        cmocka_unit_test(test_forgets_the_oldest_first),
        cmocka_unit_test(test_holds_two_hundred_job_lines_and_their_answers),
        cmocka_unit_test(test_long_and_random_lines_never_overrun),
        cmocka_unit_test(test_an_empty_ring_is_an_empty_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
