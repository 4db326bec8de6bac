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
        "",          "M112",         "M0112",          "M 112",
        "M999",      "M110 N5",      "M111 S8",        "M104 S261",
        "M104S900",  "M0104 S900",   "M109 R300",      "M140 S101",
        "M190 R200", "m104 S900",    "M303 S300",      "M303 E-1 S150",
        "N5 M105",   "M105 ; hello", "M104 I1",        "M104 S200 B300 F1",
        "M140 I0",   "M141 S60",     " M105",          "M105 ",
        "M105*38",   "G28\nM112",    "M104 S200 S900", "M10\x08"};
    static const char *const on_grbl[] = {
        "M3",     "m3 s1000", "M4S10",     "G21 M3 S100", "G1 X10 S5 F100", "$X",
        "G0 X1!", "G0 X1~",   "?",         "\x18",        "M03 S1",         "$N0=M3 S1000",
        "$x",     "$ X",      "$ n0=m3s9", "$N1=G20",     "G0 G18 X1",      "[ESP900]"};
    static const char *const on_marlin_laser[] = {"M3 I",       "M106 S31", "M4 S10",
                                                  "G1 X10 S31", "M3.5",     "M106.1 S3"};

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

static void nothing_is_hidden_stored_or_forged(void **state)
{
    static const char *const lines[] = {
        "M28 a.g", "M43 T",         "M118 ok", "M810 M104 S300", "M810",   "M808",        "G18",
        "G19",     "D2 Ax0000 X12", "D2",      "PRUSA RESET",    "@pause", "M145 S0 H300"};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (by_hand_refusal(&printer, lines[i]) == NULL)
            fail_msg("printer took \"%s\"", lines[i]);
}

static void a_held_run_keeps_its_modes_and_its_place(void **state)
{
    static const char *const pass[] = {"G1 Z30 F600", "G0 X10", "M104 S200", "M105",
                                       "M106 S0",     "M702",   "M109 S180", "G4 S1"};
    static const char *const refused[] = {
        "G91",  "G90",  "G92 X0", "G92 E0",   "G20",     "G28",  "G28 Z", "G29",
        "G80",  "G54",  "M82",    "M83",      "T1",      "M84",  "M18",   "M206",
        "M428", "M501", "M211",   "G2 X1 I1", "M155 S0", "M600", "M0",    "M115.1 X\x01"};

    (void)state;
    for (size_t i = 0; i < sizeof pass / sizeof *pass; i++)
        assert_null(by_hand_refusal_held(&printer, pass[i]));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (by_hand_refusal_held(&printer, refused[i]) == NULL)
            fail_msg("a held printer took \"%s\"", refused[i]);
    assert_non_null(by_hand_refusal_held(&grbl, "G0 X10"));
    assert_non_null(by_hand_refusal_held(&grbl, "$$"));
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
        cmocka_unit_test(nothing_is_hidden_stored_or_forged),
        cmocka_unit_test(a_held_run_keeps_its_modes_and_its_place),
        cmocka_unit_test(only_bare_questions_leave_the_bed_clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
