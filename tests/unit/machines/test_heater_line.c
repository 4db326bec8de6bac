/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machines/heater_line.h"

struct row {
    const char *text;
    enum item_kind kind;
    float value;
};

static void test_reads_targets_of_the_first_tool_only(void **state)
{
    static const struct row rows[] = {
        {"M104 S210", ITEM_NOZZLE, 210},  {"M104 S0", ITEM_NOZZLE, 0},
        {"M140 S60.5", ITEM_BED, 60.5F},  {"M104 T0 S215", ITEM_NOZZLE, 215},
        {"M104 T1 S215", ITEM_SEND, -1},  {"M104 S215 T1", ITEM_SEND, -1},
        {"M104", ITEM_SEND, -1},          {"M106 S255", ITEM_SEND, -1},
        {"G1 X10", ITEM_SEND, -1},        {"M14", ITEM_SEND, -1},
        {"M104S200", ITEM_NOZZLE, 200},   {"M1040 S1", ITEM_SEND, -1},
        {"M104 S", ITEM_SEND, -1},        {"M104 S 210", ITEM_NOZZLE, 210},
        {"M0104 S210", ITEM_NOZZLE, 210}, {"M 140 S+60", ITEM_BED, 60},
        {"M104 T 0 S9", ITEM_NOZZLE, 9},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        float value = -1;

        assert_int_equal(heater_line(rows[i].text, strlen(rows[i].text), &value), rows[i].kind);
        assert_float_equal(value, rows[i].value, 0.001);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_targets_of_the_first_tool_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
