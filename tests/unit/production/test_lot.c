/* SPDX-License-Identifier: Apache-2.0 */
/* Lots are called the same whoever asks, and different lots differently. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "production/lot.h"

#define NOON 1586260800000 /* 2020-04-07 12:00 UTC, 14:00 in Paris */

static void a_lot_is_one_machine_one_day_one_program_one_spool(void **state)
{
    char lot[LOT_SIZE], same[LOT_SIZE], other[4][LOT_SIZE];

    (void)state;
    lot_made(lot, 20200407, "caen-p01", "abcd", "PETG-17");
    lot_made(same, 20200407, "caen-p01", "abcd", "PETG-17");
    assert_string_equal(lot, same);
    assert_int_equal(strncmp(lot, "L200407-", 8), 0);
    assert_int_equal(strlen(lot), 14);
    lot_made(other[0], 20200408, "caen-p01", "abcd", "PETG-17");
    lot_made(other[1], 20200407, "caen-p02", "abcd", "PETG-17");
    lot_made(other[2], 20200407, "caen-p01", "abce", "PETG-17");
    lot_made(other[3], 20200407, "caen-p01", "abcd", "");
    for (int i = 0; i < 4; i++)
        assert_string_not_equal(lot, other[i]);
}

static void what_stands_between_two_words_counts(void **state)
{
    char a[LOT_SIZE], b[LOT_SIZE];

    (void)state;
    lot_made(a, 20200407, "caen", "p01abc", "");
    lot_made(b, 20200407, "caenp01", "abc", "");
    assert_string_not_equal(a, b);
}

static void kits_of_one_minute_at_one_site_are_one_lot(void **state)
{
    char a[LOT_SIZE], b[LOT_SIZE], c[LOT_SIZE], d[LOT_SIZE];

    (void)state;
    lot_assembled(a, NOON + 1000, "caen", "visiere");
    lot_assembled(b, NOON + 59000, "caen", "visiere");
    lot_assembled(c, NOON + 61000, "caen", "visiere");
    lot_assembled(d, NOON + 1000, "rouen", "visiere");
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d);
    assert_int_equal(strncmp(a, "K200407-1400-", 13), 0);
}

static void what_a_maker_declares_is_a_lot_of_its_own(void **state)
{
    char a[LOT_SIZE], b[LOT_SIZE], c[LOT_SIZE];

    (void)state;
    lot_declared(a, 20200407, 3, NOON);
    lot_declared(b, 20200407, 3, NOON + 1);
    lot_declared(c, 20200407, 4, NOON);
    assert_int_equal(strncmp(a, "D200407-", 8), 0);
    assert_int_equal(strlen(a), 14);
    assert_string_not_equal(a, b);
    assert_string_not_equal(a, c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lot_is_one_machine_one_day_one_program_one_spool),
        cmocka_unit_test(what_stands_between_two_words_counts),
        cmocka_unit_test(kits_of_one_minute_at_one_site_are_one_lot),
        cmocka_unit_test(what_a_maker_declares_is_a_lot_of_its_own),
    };

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
