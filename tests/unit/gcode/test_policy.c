/* SPDX-License-Identifier: Apache-2.0 */
/* FAULTS.md section 8, line by line. A program is text with '\n'; its last line is what is judged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "gcode/policy.h"
#include "gcode/reader.h"
#include "profiles.h"

/* The ruling on the last line; the lines before it must pass. */
static void judge(const struct profile *profile, const char *text, struct policy_ruling *ruling)
{
    struct policy_state state;
    struct gcode_line line;
    const char *end;

    policy_begin(&state, profile);
    for (;; text = end + 1) {
        end = strchr(text, '\n');
        gcode_line_parse(&line, text, end != NULL ? (size_t)(end - text) : strlen(text),
                         profile->flavour);
        policy_check(&state, &line, ruling);
        if (end == NULL)
            return;
        if (ruling->verdict == POLICY_REFUSE)
            fail_msg("\"%.*s\" refused: %s", (int)(end - text), text, ruling->why);
    }
}

#define NAMES(verdict) ((const char *[]){"send", "drop", "act", "refuse"})[verdict]

static void expect(const struct profile *profile, enum policy_verdict verdict,
                   const char *const *programs, size_t n)
{
    struct policy_ruling ruling;

    for (size_t i = 0; i < n; i++) {
        judge(profile, programs[i], &ruling);
        if (ruling.verdict != verdict)
            fail_msg("\"%s\" for %s: %s, not %s (%s)", programs[i], profile->id,
                     NAMES(ruling.verdict), NAMES(verdict), ruling.why);
        if ((verdict == POLICY_REFUSE || verdict == POLICY_DROP) && strlen(ruling.why) < 10)
            fail_msg("\"%s\": no reason given", programs[i]);
    }
}

#define EXPECT(profile, verdict, ...)                                                              \
    do {                                                                                           \
        static const char *const programs[] = {__VA_ARGS__};                                       \
        expect(profile, verdict, programs, sizeof programs / sizeof programs[0]);                  \
    } while (0)

static void prints_may_move_heat_and_set_their_limits(void **state)
{
    (void)state;
    EXPECT(&profile_mk3, POLICY_SEND, "G0 X1", "G1 X250 Y210 Z210 E1 F9000", "G1 Y-4", "G01X1",
           "G1X10Y20", "G1X10Y20 E5", "G1 E-2 F2400", "G1 F1200", "G4", "G4 S10", "G4 P500", "G10",
           "G11", "G10 S1", "G17", "G21", "G28", "G28 W", "G28 X0 Y0", "G29", "G29 P1", "G80",
           "M420 S1", "G90", "G91", "G92 E0", "M17", "M18", "M84", "M84 X Y E", "M82", "M83",
           "M104 S300", "M104 S215 T0", "M104 S0", "M140 S120", "M106", "M106 S255", "M106 P1 S3",
           "M107", "M201 X1000 Y1000 Z200 E5000", "M203 X200 Y200 Z12 E120",
           "M204 P1250 R1250 T1250", "M204 S800", "M205 X8.00 Y8.00 Z0.40 E4.50", "M205 S0 T0",
           "M205 X20 Y20", "M220 S100", "M221 S95", "M900 K0.08", "M900 K45", "M572 S0.04", "M400",
           "T0", "G1 X10 Y10 E5\nG28 X", "G1 X10 Y10 E5\nG28 X0 Y0", "G91\nG1 Z5 F600",
           "G28\nG1 X10 Y10\nG92 X0\nG1 X240", "N1 G21*27");
}

static void the_host_waits_pauses_and_shows(void **state)
{
    static const struct {
        const char *line;
        enum host_action action;
        const char *rewritten;
    } lines[] = {
        {"M0", ACTION_PAUSE, NULL},
        {"M1 Turn the sheet", ACTION_PAUSE, NULL},
        {"M25", ACTION_PAUSE, NULL},
        {"M226", ACTION_PAUSE, NULL},
        {"M600", ACTION_PAUSE, NULL},
        {"M600 B1 X10", ACTION_PAUSE, NULL},
        {"M117 Hello", ACTION_MESSAGE, NULL},
        {"M73 P10 R5", ACTION_PROGRESS, NULL},
        {"M109 S210", ACTION_WAIT_NOZZLE, "M104"},
        {"M109 R180 T0", ACTION_WAIT_NOZZLE, "M104"},
        {"M190 S60", ACTION_WAIT_BED, "M140"},
    };
    struct policy_ruling ruling;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        judge(&profile_mk3, lines[i].line, &ruling);
        assert_int_equal(ruling.verdict, POLICY_ACT);
        assert_int_equal(ruling.action, lines[i].action);
        if (lines[i].rewritten == NULL)
            assert_null(ruling.rewritten);
        else
            assert_string_equal(ruling.rewritten, lines[i].rewritten);
    }
}

static void harmless_commands_are_dropped(void **state)
{
    (void)state;
    EXPECT(&profile_mk3, POLICY_DROP, "M105", "M110 N0", "M114", "M115 U3.11.0", "M155 S1",
           "M862.1 P0.4", "M862.3 P \"MK3S\"", "M862.5 P2", "M73 Q10 S5", "M907 E538",
           "M300 S440 P200", "M486 S0", "M109", "M190");
    EXPECT(&profile_grbl_600x400, POLICY_DROP, "G54", "G40", "G40 G54");
    EXPECT(&profile_marlin_laser, POLICY_DROP, "M105", "M30", "M2");
}

static void targets_and_limits_above_the_profile_are_refused(void **state)
{
    (void)state;
    EXPECT(&profile_ender3, POLICY_REFUSE, "M104 S256", "M109 S300", "M109 R300", "M140 S111",
           "M190 S200", "M104 S-1", "M104 S", "M104 S200 T1", "M104 T0.5 S200", "T1", "T0 X1",
           "M201 X501", "M203 Z11", "M204 S5001", "M205 X50", "M205 E20", "M220 S151", "M220 S49",
           "M221 S200", "M106 S256", "M106 S-1", "M900 K1000", "M572 S9", "G4 S99999",
           "G10 P0 S200", "G10 L2 P1 X0");
}

static void what_endangers_a_print_or_the_board_is_refused(void **state)
{
    (void)state;
    EXPECT(&profile_mk3, POLICY_REFUSE, "G20", "M92 E100", "M206 X1", "M428", "M500", "M501",
           "M502", "M503", "M504", "M851 Z-1", "M665 L1", "M666 X1", "M301 P1", "M303 S200",
           "M304 P1", "M302", "M302 P1", "M302 S0", "M211 S0", "M111 S8", "M997", "M575 B115200",
           "M20", "M21", "M22", "M23 a.gco", "M24", "M26 S0", "M27", "M28 x.g", "M29", "M30 x.g",
           "M31", "M32 x.g", "M33 x.g", "M524", "M928 x.g", "M42 P4 S255", "M80", "M81", "M85 S0",
           "M86", "M413 S1", "M108", "M112", "M410", "M876 S0", "M999", "M118 ok",
           "M118 E1 Resend: 3", "M510", "M511 P1", "M512", "M906 X800", "M911", "M914 X1", "M918",
           "M808 L5", "M810 G1 X1", "M819", "D3 Ax0000 C16", "D-1", "D0", "PRUSA RESET",
           "PRUSA Fir", "@pause", "@OCTOLAPSE", "$H", "[ESP900]", "M7", "M3 S100", "M4 S1", "M5",
           "G53", "G54", "G92.1", "G30", "G38.2 Z-5", "G5 X1", "G12", "G27", "G34", "M48", "M600.1",
           "M104.1 S1", "Q1", "X10", "M", "G", "T", "T?", "M9999", "M605 S2", "M150.5", "G29 S1",
           "G28 E", "G28 L");
}

static void homing_with_a_part_on_the_bed_is_refused(void **state)
{
    (void)state;
    EXPECT(&profile_mk3, POLICY_REFUSE, "G1 X10 E1\nG28", "G1 X10 E1\nG28 Z", "G1 X10 E1\nG28 X Z0",
           "G1 X10 E1\nG28 W", "G1 X10 E1\nG29", "G1 X10 E1\nG80", "G1 X10 E1\nM420 S1",
           "M83\nG92 E0\nG1 Y1 E0.01\nG28 Z0", "G1 X50 Y50\nG2 X60 Y50 I5 E1\nG28",
           "G1 X50 Y50\nG2 I5 E1\nG28", "G92 E9\nM83\nG90\nG1 X10 E5\nG28");
    EXPECT(&profile_mk3, POLICY_SEND, "G1 E5\nG28", "M83\nG1 X10 E-1\nG28",
           "M83\nM82\nG92 E9\nG1 X10 E5\nG28");
}

static void coordinates_outside_the_work_area_are_refused(void **state)
{
    (void)state;
    EXPECT(&profile_mk3, POLICY_REFUSE, "G1 X250.01", "G1 X-0.01", "G1 Y-4.1", "G1 Z210.1",
           "G1 Z-0.1", "G1 X999999999999", "G1 X10\nG91\nG1 X245", "G91\nG1 X60",
           "G91\nG1 Z30\nG1 Z30", "G28\nG1 X10 Y10 Z1\nG92 X100\nG1 X5", "G1 X100\nG92 X0\nG1 X151",
           "G92 X0", "G28\nG92 Z5", "G92", "G1 Z10\nG92 Z0\nG80", "G1 X9\nG92 X0\nG29",
           "G1 X240 Y100\nG2 X240 Y120 R15\nG1 X0\nG1 X240 Y120\nG3 X240 Y100 I0 J-10\nG1 X245 "
           "Y100\nG3 X245 Y120 I0 J10",
           "G1 X5 Y100\nG3 X5 Y90 I0 J-5\nG1 X2 Y100\nG3 X2 Y80 I0 J-10", "G2 X10 Y10 I5",
           "G1 X50 Y50\nG2 X60 Y60 I1 J1", "G1 X50 Y50\nG2 X60 Y60 R1", "G1 X50 Y50\nG2 X50 Y50 R5",
           "G1 X5 Y5\nG2 X5 Y5 I-5 J0");
    EXPECT(&profile_mk3, POLICY_SEND, "G1 X240 Y100\nG3 X240 Y120 I0 J10",
           "G1 X50 Y50\nG2 X50 Y50 I5 J5", "G1 X50 Y50\nG2 X60 Y60 R7.1");
    EXPECT(&profile_grbl_600x400, POLICY_REFUSE, "G0 X600.01", "G0 Y-1", "G91\nG1 X1 F100",
           "G91\nG0 X1", "G0X590Y10\nG2X590Y30I0J10F9\nG0X595Y10\nG3X595Y30I0J10F9",
           "G0 X590 Y5\nG91\nG1 X11 F100", "G0X5\nG2 X10 R5 F9", "G1 Z1 F100", "G0 X1 Z0");
}

static void bytes_and_forms_that_firmware_misreads_are_refused(void **state)
{
    (void)state;
    EXPECT(&profile_mk3, POLICY_REFUSE, "G1 X1\b2", "G1 X1\x01", "G1 X1 \x7f", "G1 X1\xc2\xa0",
           "M117 caf\xc3\xa9", "G1 X1\\nM112", "(G1) G1 X1", "G1 X1 (note)", "G1 X1*99", "g1 x1",
           "G1 x1", "M117 a*b", "G1 X1.2.3", "G1 X", "G1 X1 X2", "G1 X1 S5", "G1 X1 M104 S300",
           "G1 X0x10", "G1 Y0X10", "G1 X10E5", "G92 X1E3", "M201 X10E-5", "G1\rM112", "G80PRUSA",
           "G80 PRUSA M28", "G29 PRUSA", "G29 M117", "N1 G21*26", "G21\nN2 G90*18",
           "N1 G21*27\nG90",
           "G1 X1                                                                                "
           "        Y1");
    EXPECT(&profile_grbl_600x400, POLICY_REFUSE, "G1 X1!", "?", "~", "G1 X1 F100 \x18", "G1 X1\x85",
           "$H", "$X", "$$", "$32=0", "[ESP]", "G0 X", "/G0 X1", "%", "G1 X1*3");
}

static void lasers_may_cut_and_engrave(void **state)
{
    (void)state;
    EXPECT(&profile_grbl_600x400, POLICY_SEND, "G21", "G90", "G17", "G94", "M5", "G0 X1 Y1",
           "M4 S120", "M4 S1000", "M4\nG1 X1 S500 F100", "g1x10y10s0f1000", "G00 G17 G40 G21 G54",
           "G0X1Y1\nG2X5Y1I2J0F100", "G0X1Y1\nG2X5Y1R2F100", "M7", "M8", "M9", "M2", "M30", "G4 P1",
           "G1 S0", "F3000", "M4 S0\nG4 P0.5", "G0 X5\nG91\nG1 X5 F100", "G0X0\nX5", "N10 G0 X1");
    EXPECT(&profile_marlin_laser, POLICY_SEND, "G21", "M5", "M3 I", "M4 I", "M3 I\nG1 X1 S255 F100",
           "M106 S31", "M106 S31\nG1 X1", "M106 S31\nG1 X1\nM400", "M107", "M5 I", "M400", "M84",
           "G0 X0", "G4 P5", "G1 X1 S0", "M3 S0");
    EXPECT(&profile_grbl_600x400, POLICY_ACT, "M0", "M1", "M5\nM0");
}

static void lasers_never_burn_while_still(void **state)
{
    struct profile open = profile_grbl_600x400;
    struct policy_ruling ruling;

    (void)state;
    EXPECT(&profile_grbl_600x400, POLICY_REFUSE, "M3 S0", "M3", "M3 S100", "S500", "M4\nS500",
           "M4 S0\nG1 S500 F100", "M4 S5\nG4 P1", "M4 S5\nM0", "S1001", "M4 S1001",
           "M4\nG1 X1 S1000.1", "M4 S-1", "G10 L20 P1 X0", "G20", "G28", "G28.1", "G30", "G38.2 X5",
           "G43.1 Z1", "G53 G0 X1", "G55", "G56", "G57", "G58", "G59", "G59.1", "G92 X0", "G18",
           "G93", "G1 X1 A5", "T1", "M6", "M104 S200", "G5", "M117 hi", "M3 M4", "G0 G1 X1",
           "G90 G91", "M0 G1 X1", "G4 P1 X5", "G4", "G1 X1 S5", "G1 X1 F0", "G1 X1 F-5", "P5",
           "G1 X1 F9 I5", "I5", "G0X1Y1\nG2X5Y1I2R2F9", "G0X1Y1\nG2I2F9", "M4.5", "G1.5 X1");
    EXPECT(&profile_marlin_laser, POLICY_REFUSE, "M3 S100", "M3", "M4", "M3 I S50",
           "M106 S31\nM400", "M106 S31\nG4 P1", "M106 S31\nG1 X1\nG4 P1", "M106\nM400", "M106 S256",
           "M3 I\nG1 X1 S256", "M3 I\nG1 S20", "G1 Z1", "G28", "G92 X0", "M104 S200", "M42 P1 S1",
           "M500", "G20", "G1 X1 E1", "M3 I\nG1 X1 S20\nG4 P1", "M106 S3\nM0", "G29", "G54",
           "M107 P1", "M106 P1 S3");
    open.m3_allowed = true;
    judge(&open, "M3 S0\nG1 X5 S10 F100", &ruling);
    assert_int_equal(ruling.verdict, POLICY_SEND);
    judge(&open, "M3 S10", &ruling);
    assert_int_equal(ruling.verdict, POLICY_REFUSE);
    judge(&open, "S0\nG1 X1 S5 F100\nM3", &ruling);
    assert_int_equal(ruling.verdict, POLICY_REFUSE);
}

static enum policy_verdict end_of(const struct profile *profile, const char *text)
{
    struct policy_state state;
    struct policy_ruling ruling;
    struct gcode_line line;

    policy_begin(&state, profile);
    for (const char *at = text; *at != '\0'; at += strcspn(at, "\n") + 1) {
        gcode_line_parse(&line, at, strcspn(at, "\n"), profile->flavour);
        policy_check(&state, &line, &ruling);
        assert_int_not_equal(ruling.verdict, POLICY_REFUSE);
    }
    policy_end(&state, &ruling);
    return ruling.verdict;
}

static void a_laser_file_must_end_with_its_beam_off(void **state)
{
    (void)state;
    assert_int_equal(end_of(&profile_grbl_600x400, "M4 S0\nG1 X1 S5 F9\nM5\nG0 X0\nM2\n"),
                     POLICY_SEND);
    assert_int_equal(end_of(&profile_grbl_600x400, "M4 S0\nG1 X1 S5 F9\n"), POLICY_REFUSE);
    assert_int_equal(end_of(&profile_grbl_600x400, "M5\nM4 S0\nG1 X1 S5 F9\nM2\n"), POLICY_REFUSE);
    assert_int_equal(end_of(&profile_grbl_600x400, "G0 X1\n"), POLICY_REFUSE);
    assert_int_equal(end_of(&profile_marlin_laser, "M106 S5\nG1 X1 F9\nM107\n"), POLICY_SEND);
    assert_int_equal(end_of(&profile_marlin_laser, "M106 S5\nG1 X1 F9\nM5\n"), POLICY_REFUSE);
    assert_int_equal(end_of(&profile_marlin_laser, "M3 I\nG1 X1 S5 F9\nM107\n"), POLICY_REFUSE);
    assert_int_equal(end_of(&profile_marlin_laser, "M3 I\nG1 X1 S5 F9\nM5 I\n"), POLICY_SEND);
    assert_int_equal(end_of(&profile_mk3, "G28\n"), POLICY_SEND);
    assert_int_equal(end_of(&profile_mk3, "; nothing\rG28\rG1 X5\r\n"), POLICY_REFUSE);
    assert_int_equal(end_of(&profile_mk3, ""), POLICY_REFUSE);
}

static void files_for_another_printer_are_refused(void **state)
{
    struct profile own = profile_mk3;

    (void)state;
    EXPECT(&profile_mk3, POLICY_REFUSE, "M862.1 P0.6", "M862.3 P \"MINI\"", "M862.3 P\"MK4\"");
    EXPECT(&profile_ender3, POLICY_REFUSE, "M862.3 P \"MK3S\"", "M862.3 P MK3");
    EXPECT(&profile_mk3, POLICY_DROP, "M862.3 P \"MK3\"", "M862.3 P\"mk3s\"");
    snprintf(own.id, sizeof own.id, "our-printer");
    expect(&own, POLICY_DROP, (const char *const[]){"M862.3 P \"MK3S\""}, 1);
    snprintf(own.name, sizeof own.name, "Printer");
    expect(&own, POLICY_REFUSE, (const char *const[]){"M862.3 P \"MK3S\""}, 1);
}

static void a_profile_widens_the_list_by_name_only(void **state)
{
    struct profile wide = profile_mk3;
    struct policy_ruling ruling;

    (void)state;
    snprintf(wide.allow, sizeof wide.allow, "M907 M42 G12.1");
    judge(&wide, "M42 P4 S255", &ruling);
    assert_int_equal(ruling.verdict, POLICY_SEND);
    judge(&wide, "M907 E538", &ruling);
    assert_int_equal(ruling.verdict, POLICY_SEND);
    judge(&wide, "G12.1 X1", &ruling);
    assert_int_equal(ruling.verdict, POLICY_SEND);
    expect(&wide, POLICY_REFUSE,
           (const char *const[]){"M4", "M90", "M9", "G12", "M42.1", "M42 P4\xff", "M500", "M2"}, 8);
}

static void length_limits_are_those_of_the_machines_buffers(void **state)
{
    struct policy_ruling ruling;
    char text[128];

    (void)state;
    memset(text, ' ', sizeof text);
    memcpy(text, "G1 X1", 5);
    memcpy(text + 79, "Y1", 3);
    judge(&profile_mk3, text, &ruling);
    assert_int_equal(ruling.verdict, POLICY_SEND); /* 81 */
    memcpy(text + 79, " Y1", 4);
    judge(&profile_mk3, text, &ruling);
    assert_int_equal(ruling.verdict, POLICY_REFUSE);
    text[1] = '0'; /* a rapid needs no feed */
    memcpy(text + 77, "Y1", 3);
    judge(&profile_grbl_600x400, text, &ruling);
    assert_int_equal(ruling.verdict, POLICY_SEND); /* 79 */
    memcpy(text + 77, " Y1", 4);
    judge(&profile_grbl_600x400, text, &ruling);
    assert_int_equal(ruling.verdict, POLICY_REFUSE);
}

/* Unmodified files of every slicer, for the profile they were made for; and on a smaller machine
 * not. */
static void every_sample_passes_for_its_profile(void **state)
{
    char text[READER_LINE_MAX];
    struct policy_state policy;
    struct policy_ruling ruling;
    struct gcode_line line;

    (void)state;
    for (unsigned i = 0; i < sample_count; i++) {
        FILE *file = fopen(samples[i].path, "r");

        assert_non_null(file);
        policy_begin(&policy, samples[i].profile);
        while (fgets(text, sizeof text, file) != NULL) {
            gcode_line_parse(&line, text, strlen(text), samples[i].profile->flavour);
            policy_check(&policy, &line, &ruling);
            if (ruling.verdict == POLICY_REFUSE)
                fail_msg("%s: %s: %s", samples[i].path, text, ruling.why);
        }
        policy_end(&policy, &ruling);
        assert_int_equal(ruling.verdict, POLICY_SEND);
        fclose(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_may_move_heat_and_set_their_limits),
        cmocka_unit_test(the_host_waits_pauses_and_shows),
        cmocka_unit_test(harmless_commands_are_dropped),
        cmocka_unit_test(targets_and_limits_above_the_profile_are_refused),
        cmocka_unit_test(what_endangers_a_print_or_the_board_is_refused),
        cmocka_unit_test(homing_with_a_part_on_the_bed_is_refused),
        cmocka_unit_test(coordinates_outside_the_work_area_are_refused),
        cmocka_unit_test(bytes_and_forms_that_firmware_misreads_are_refused),
        cmocka_unit_test(lasers_may_cut_and_engrave),
        cmocka_unit_test(lasers_never_burn_while_still),
        cmocka_unit_test(a_laser_file_must_end_with_its_beam_off),
        cmocka_unit_test(files_for_another_printer_are_refused),
        cmocka_unit_test(a_profile_widens_the_list_by_name_only),
        cmocka_unit_test(length_limits_are_those_of_the_machines_buffers),
        cmocka_unit_test(every_sample_passes_for_its_profile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
