/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/dialects.h"
#include "drivers/scan.h"
#include "drivers/window.h"

static void each_is_found_by_its_name(void **state)
{
    static const char *const names[] = {"marlin", "marlin-laser", "grbl", "smoothie"};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_non_null(dialect_find(names[i]));
        assert_string_equal(dialect_find(names[i])->name, names[i]);
        assert_ptr_equal(dialect_at(i), dialect_find(names[i]));
    }
    assert_null(dialect_at(4));
    assert_null(dialect_find("klingon"));
    assert_null(dialect_find(""));
}

/* The lines of a list fit on the wire. */
static void check_list(const struct dialect *dialect, const char *const *list)
{
    char wire[WIRE_MAX];

    assert_non_null(list);
    for (; *list != NULL; list++)
        assert_true(dialect->encode(wire, sizeof wire, 4000000000u, *list, strlen(*list)) > 0);
}

static void each_fills_what_the_floor_needs(void **state)
{
    const struct dialect *d;

    (void)state;
    for (size_t i = 0; (d = dialect_at(i)) != NULL; i++) {
        assert_true(d->about[0] != '\0');
        assert_true(d->window_lines >= 1 && d->window_lines <= WINDOW_SLOTS);
        assert_true(d->line_max <= WIRE_MAX);
        assert_non_null(d->greet_raw);
        assert_non_null(d->stop_raw);
        assert_non_null(d->stop_raw[0]);
        check_list(d, d->hello);
        check_list(d, d->prologue);
        check_list(d, d->safe);
        assert_non_null(d->safe[0]);
        assert_true(d->motion_done != NULL || d->ask != NULL);
        assert_true(d->ok_timeout_ms > 0 || d->silence_ms > 0);
        assert_true(d->ask == NULL || d->ask_every_ms > 0);
    }
}

static void a_numbered_line_is_written_as_marlin_wants_it(void **state)
{
    char wire[WIRE_MAX + 1] = "";
    size_t n = dialect_marlin.encode(wire, WIRE_MAX, 1, "M105", 4);

    (void)state;
    wire[n] = '\0';
    assert_string_equal(wire, "N1 M105*38\n"); /* transcript lines-and-checksums */
    n = dialect_marlin.encode(wire, WIRE_MAX, 9, "G4 P1", 5);
    wire[n] = '\0';
    assert_string_equal(wire, "N9 G4 P1*101\n");
}

static void a_line_is_never_longer_than_the_firmware_takes(void **state)
{
    char wire[WIRE_MAX + 1], text[WIRE_MAX + 1];
    const struct dialect *d;

    (void)state;
    memset(text, 'X', sizeof text);
    for (size_t i = 0; (d = dialect_at(i)) != NULL; i++) {
        size_t longest = 0;

        for (size_t n = 1; n <= WIRE_MAX; n++) {
            size_t size = d->encode(wire, WIRE_MAX, 10000, text, n);

            assert_true(size <= d->line_max);
            assert_true(size == 0 || wire[size - 1] == '\n');
            assert_true(size == 0 || d->encode(wire, size, 10000, text, n) == size);
            assert_true(size == 0 || d->encode(wire, size - 1, 10000, text, n) == 0);
            longest = size > longest ? size : longest;
        }
        assert_in_range(longest, d->line_max - 1, d->line_max); /* *9 is shorter than *99 */
        assert_int_equal(d->encode(wire, 0, 10000, text, 1), 0);
    }
    assert_int_equal(dialect_marlin.line_max, 96); /* FAULTS.md section 1 rule 5 */
    assert_int_equal(dialect_grbl.line_max, 80);
}

static void grbl_lines_end_in_one_lf(void **state)
{
    char wire[WIRE_MAX];

    (void)state;
    assert_int_equal(dialect_grbl.encode(wire, sizeof wire, 7, "G0X1", 4), 5);
    assert_memory_equal(wire, "G0X1\n", 5);
}

static void numbers_are_plain_and_bounded(void **state)
{
    int64_t wide = 0;
    double value = 0, list[3];
    int narrow = 0;

    (void)state;
    assert_non_null(scan_integer("-12x", &wide));
    assert_int_equal(wide, -12);
    assert_non_null(scan_integer("99999999999999999999999999999999", &wide));
    assert_int_equal(wide, 1000000000000000);
    assert_null(scan_integer("", &wide));
    assert_null(scan_integer("-", &wide));
    assert_null(scan_integer("x1", &wide));
    assert_non_null(scan_int("-99999999999", &narrow));
    assert_int_equal(narrow, -1000000000);
    assert_non_null(scan_number("-1.516|", &value));
    assert_true(value == -1.516);
    assert_non_null(scan_number(".5", &value));
    assert_true(value == 0.5);
    assert_non_null(scan_number("0.1", &value));
    assert_true(value == 0.1);
    assert_null(scan_number("nan", &value));
    assert_null(scan_number("inf", &value));
    assert_null(scan_number(".", &value));
    assert_non_null(scan_number("1e9", &value)); /* an exponent is no part of it */
    assert_true(value == 1);
    assert_non_null(scan_number("0x10", &value));
    assert_true(value == 0);
    for (int digits = 2; digits < 60; digits++) { /* no overflow, whatever the length */
        char text[64];

        memset(text, '9', sizeof text);
        text[digits] = '\0';
        assert_non_null(scan_number(text, &value));
        text[0] = '.';
        text[1] = '9';
        assert_non_null(scan_number(text, &value));
        assert_true(value <= 1);
    }
    assert_int_equal(scan_numbers("1,2,3,4", list, 3), 3);
    assert_int_equal(scan_numbers("1,,3", list, 3), 1);
    assert_int_equal(scan_numbers("", list, 3), 0);
}

static void every_kind_has_its_own_name(void **state)
{
    (void)state;
    for (int a = REPLY_NOISE; a <= REPLY_SD_END; a++) {
        assert_string_not_equal(reply_kind_name((enum reply_kind)a), "?");
        for (int b = REPLY_NOISE; b < a; b++)
            assert_string_not_equal(reply_kind_name((enum reply_kind)a),
                                    reply_kind_name((enum reply_kind)b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_found_by_its_name),
        cmocka_unit_test(each_fills_what_the_floor_needs),
        cmocka_unit_test(a_numbered_line_is_written_as_marlin_wants_it),
        cmocka_unit_test(a_line_is_never_longer_than_the_firmware_takes),
        cmocka_unit_test(grbl_lines_end_in_one_lf),
        cmocka_unit_test(numbers_are_plain_and_bounded),
        cmocka_unit_test(every_kind_has_its_own_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
