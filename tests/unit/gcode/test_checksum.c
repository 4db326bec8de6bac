/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "gcode/checksum.h"

/* Sums that Marlin itself named or accepted: tests/golden/transcripts/marlin-*-lines-and-checksums.
 */
static void lines_are_numbered_as_marlin_accepts_them(void **state)
{
    char out[96];
    size_t n = gcode_number_line(out, sizeof out, 3, "T0", 2);

    (void)state;
    assert_int_equal(n, 9);
    assert_memory_equal(out, "N3 T0*57\n", 9);
    n = gcode_number_line(out, sizeof out, 4294967295U, "G1 X1", 5);
    assert_int_equal(gcode_checksum(out, strlen("N4294967295 G1 X1")),
                     'N' ^ '4' ^ '2' ^ '9' ^ '4' ^ '9' ^ '6' ^ '7' ^ '2' ^ '9' ^ '5' ^ ' ' ^ 'G' ^
                         '1' ^ ' ' ^ 'X' ^ '1');
    assert_memory_equal(out, "N4294967295 G1 X1*", 18);
    assert_int_equal(out[n - 1], '\n');
}

static void a_line_that_does_not_fit_is_not_written(void **state)
{
    char out[32];
    size_t whole = gcode_number_line(out, sizeof out, 10000, "M105", 4);

    (void)state;
    assert_true(whole > 0);
    for (size_t size = 0; size < whole; size++) {
        memset(out, '#', sizeof out);
        assert_int_equal(gcode_number_line(out, size, 10000, "M105", 4), 0);
        assert_int_equal(out[size], '#');
    }
    assert_int_equal(gcode_number_line(out, whole, 10000, "M105", 4), whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_numbered_as_marlin_accepts_them),
        cmocka_unit_test(a_line_that_does_not_fit_is_not_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
