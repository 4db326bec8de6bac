/* SPDX-License-Identifier: Apache-2.0 */
/* Promise: however it is written, a line by hand neither stops, unlocks, overheats nor lights. */
#include "machines/by_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct profile printer = {
    .kind = KIND_PRINTER, .flavour = GCODE_MARLIN, .nozzle_max_c = 260, .bed_max_c = 100};
static const struct profile grbl = {.kind = KIND_LASER, .flavour = GCODE_GRBL, .s_max = 1000};
static const struct profile marlin_laser = {
    .kind = KIND_LASER, .flavour = GCODE_MARLIN, .s_max = 255};

static void plain_lines_pass(void **state)
{
    static const char *const lines[] = {"G28",      "M105",      "M104 S200",   "M109 R180",
                                        "M140 S60", "M503",      "G1 X10 F600", "M84",
                                        "M104 S0",  "M106 S255", "M303 S240",   "M303 E-1 S90"};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_null(by_hand_refusal(&printer, lines[i]));
    assert_null(by_hand_refusal(&grbl, "$$"));
    assert_null(by_hand_refusal(&grbl, "$H"));
    assert_null(by_hand_refusal(&grbl, "$30=1000"));
    assert_null(by_hand_refusal(&grbl, "G0X10Y10"));
    assert_null(by_hand_refusal(&marlin_laser, "M5"));
}

static void what_could_harm_is_refused_however_it_is_spelt(void **state)
{
    static const char *const on_printer[] = {
        "",          "M112",      "M0112",     "M 112",         "M999",           "M110 N5",
        "M111 S8",   "M104 S261", "M104S900",  "M0104 S900",    "M109 R300",      "M140 S101",
        "M190 R200", "m104 S900", "M303 S300", "M303 E-1 S150", "N5 M105",        "M105 ; hello",
        " M105",     "M105 ",     "M105*38",   "G28\nM112",     "M104 S200 S900", "M10\x08"};
    static const char *const on_grbl[] = {
        "M3",     "m3 s1000", "M4S10", "G21 M3 S100", "G1 X10 S5 F100", "$X",
        "G0 X1!", "G0 X1~",   "?",     "\x18",        "M03 S1"};
    static const char *const on_marlin_laser[] = {"M3 I", "M106 S31", "M4 S10", "G1 X10 S31"};

    (void)state;
    for (size_t i = 0; i < sizeof on_printer / sizeof *on_printer; i++)
        if (by_hand_refusal(&printer, on_printer[i]) == NULL)
            fail_msg("printer took \"%s\"", on_printer[i]);
    for (size_t i = 0; i < sizeof on_grbl / sizeof *on_grbl; i++)
        if (by_hand_refusal(&grbl, on_grbl[i]) == NULL)
            fail_msg("grbl took \"%s\"", on_grbl[i]);
    for (size_t i = 0; i < sizeof on_marlin_laser / sizeof *on_marlin_laser; i++)
        if (by_hand_refusal(&marlin_laser, on_marlin_laser[i]) == NULL)
            fail_msg("marlin laser took \"%s\"", on_marlin_laser[i]);
}

static void only_bare_questions_leave_the_bed_clear(void **state)
{
    (void)state;
    assert_true(by_hand_is_question(&printer, "M105"));
    assert_true(by_hand_is_question(&grbl, "$$"));
    assert_true(by_hand_is_question(&grbl, "$G"));
    assert_false(by_hand_is_question(&printer, "M27 S5"));
    assert_false(by_hand_is_question(&printer, "G28"));
    assert_false(by_hand_is_question(&grbl, "$H"));
    assert_false(by_hand_is_question(&grbl, "$J=X10F100"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_lines_pass),
        cmocka_unit_test(what_could_harm_is_refused_however_it_is_spelt),
        cmocka_unit_test(only_bare_questions_leave_the_bed_clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
