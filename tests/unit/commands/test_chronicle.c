/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "commands/chronicle.h"

static void rows_are_found_by_number_until_the_ring_takes_them(void **state)
{
    struct chronicle chronicle;

    (void)state;
    chronicle_init(&chronicle, &clock_system);
    assert_null(chronicle_row(&chronicle, 0));
    assert_null(chronicle_row(&chronicle, 1));
    for (int i = 1; i <= CHRONICLE_ROWS + 5; i++)
        chronicle_add(&chronicle, "p01", "", "fact %d", i);
    assert_int_equal(chronicle.last, CHRONICLE_ROWS + 5);
    assert_null(chronicle_row(&chronicle, 5));
    assert_string_equal(chronicle_row(&chronicle, 6)->text, "fact 6");
    assert_string_equal(chronicle_row(&chronicle, chronicle.last)->text, "fact 1005");
    assert_null(chronicle_row(&chronicle, chronicle.last + 1));
    chronicle_finish(&chronicle);
}

static void words_of_machines_become_readable_utf8(void **state)
{
    struct chronicle chronicle;
    char words[600];

    (void)state;
    chronicle_init(&chronicle, &clock_system);
    chronicle_add(&chronicle, "p01", "", "%s", "a\033[2Jb\xff\xc3");
    assert_string_equal(chronicle_row(&chronicle, 1)->text, "a?[2Jb??");
    memset(words, 0, sizeof words);
    for (size_t i = 0; i + 2 < sizeof words; i += 2)
        memcpy(words + i, "é", 2);
    chronicle_add(&chronicle, "p01", "", "x%s", words); /* cut within a letter */
    assert_true(
        json_utf8(chronicle_row(&chronicle, 2)->text, strlen(chronicle_row(&chronicle, 2)->text)));
    chronicle_finish(&chronicle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_number_until_the_ring_takes_them),
        cmocka_unit_test(words_of_machines_become_readable_utf8),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
