/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "gcode/line.h"

static void parse(struct gcode_line *line, const char *text, enum gcode_flavour flavour)
{
    memset(line, 0xa5, sizeof *line); /* nothing may be read that was not written */
    gcode_line_parse(line, text, strlen(text), flavour);
}

/* One line, in short: "G1.0|X=10,W|text". */
static const char *show(const char *text, enum gcode_flavour flavour, char out[512])
{
    struct gcode_line line;
    size_t n;

    parse(&line, text, flavour);
    if (line.fault != GCODE_LINE_OK) {
        snprintf(out, 512, "fault %d at %d", (int)line.fault, (int)line.fault_at);
        return out;
    }
    n = (size_t)snprintf(out, 512, "%c%d.%d|", line.letter ? line.letter : '-', line.number,
                         line.sub);
    for (unsigned i = 0; i < line.count; i++) {
        const struct gcode_word *w = &line.words[i];

        n += (size_t)snprintf(out + n, 512 - n, w->has_value ? "%c=%.10g " : "%c ", w->letter,
                              w->value);
    }
    snprintf(out + n, 512 - n, "|%.*s", (int)line.len, line.text);
    return out;
}

struct example {
    const char *text, *shown;
};

static void check(const struct example *examples, size_t n, enum gcode_flavour flavour)
{
    char out[512];

    for (size_t i = 0; i < n; i++)
        assert_string_equal(show(examples[i].text, flavour, out), examples[i].shown);
}

#define CHECK(examples, flavour) check(examples, sizeof examples / sizeof examples[0], flavour)

static void words_are_read_as_marlin_reads_them(void **state)
{
    static const struct example examples[] = {
        {"G1 X10 Y-2.5", "G1.0|G=1 X=10 Y=-2.5 |G1 X10 Y-2.5"},
        {"G1X10Y20", "G1.0|G=1 X=10 Y=20 |G1X10Y20"},
        {"G01 X+3", "G1.0|G=1 X=3 |G01 X+3"},
        {"  G1 X.5 Y5.  ; move", "G1.0|G=1 X=0.5 Y=5 |G1 X.5 Y5."},
        {"G 28 W", "G28.0|G=28 W |G 28 W"},
        {"G1X1 E5", "G1.0|G=1 X=1 E=5 |G1X1 E5"},
        {"G1 X1E5", "fault 3 at 3"}, /* a hundred thousand, where strtod() reads it */
        {"G1 X -.25\r\n", "G1.0|G=1 X=-0.25 |G1 X -.25"},
        {"G1\tX1\t", "G1.0|G=1 X=1 |G1 X1"},
        {"G92.1", "G92.1|G=92.1 |G92.1"},
        {"G1.01", "G1.1|G=1.01 |G1.01"},
        {"T1", "T1.0|T=1 |T1"},
        {"M117 Layer 3 of 9 ; note", "M117.0|M=117 |M117 Layer 3 of 9"},
        {"M0 Change the sheet", "M0.0|M=0 |M0 Change the sheet"},
        {"M862.3 P \"MK3S\" ; printer model check", "M862.3|M=862.3 P |M862.3 P \"MK3S\""},
        {"M862.1 P0.4", "M862.1|M=862.1 P=0.4 |M862.1 P0.4"},
        {"; G1 X1", "--1.0||"},
        {"", "--1.0||"},
        {"   \r\n", "--1.0||"},
        {";TYPE:Périmètre \x01", "--1.0||"},
        {"G1 X1 ; d\xc3\xa9part (\\)", "G1.0|G=1 X=1 |G1 X1"},
        {"@pause now", "@-1.0||@pause now"},
        {"D3 Ax0", "fault 4 at 4"},
        {"G1 X123456.123456789", "G1.0|G=1 X=123456.1235 |G1 X123456.123456789"},
    };

    (void)state;
    CHECK(examples, GCODE_MARLIN);
}

static void words_are_read_as_grbl_reads_them(void **state)
{
    static const struct example examples[] = {
        {"g1x10s0", "G1.0|G=1 X=10 S=0 |g1x10s0"},
        {"G0X0.00Y0.00", "G0.0|G=0 X=0 Y=0 |G0X0.00Y0.00"},
        {"G21 G90 G54", "G21.0|G=21 G=90 G=54 |G21 G90 G54"},
        {"X10 F100", "-"
                     "-1.0|X=10 F=100 |X10 F100"},
        {"G1 (go) X1 (there", "G1.0|G=1 X=1 |G1   X1"},
        {"(header; text)", "--1.0||"},
        {"(a) G0 X1 ; b", "G0.0|G=0 X=1 |G0 X1"},
        {"$H", "$-1.0||$H"},
        {"[ESP]", "[-1.0||[ESP]"},
        {"N20 G0 X1", "G0.0|G=0 X=1 |G0 X1"},
        {"G43.1 Z1", "G43.1|G=43.1 Z=1 |G43.1 Z1"},
    };

    (void)state;
    CHECK(examples, GCODE_GRBL);
}

static void what_firmwares_would_read_differently_is_a_fault(void **state)
{
    static const struct {
        const char *text;
        enum gcode_flavour flavour;
        enum gcode_line_fault fault;
        int at;
    } lines[] = {
        {"g1 x10", GCODE_MARLIN, GCODE_LINE_BAD_FORM, 0},
        {"G1 x10", GCODE_MARLIN, GCODE_LINE_BAD_FORM, 3},
        {"G1 X1 0", GCODE_MARLIN, GCODE_LINE_BAD_FORM, 6},
        {"G1 X1 0", GCODE_GRBL, GCODE_LINE_BAD_FORM, 6},
        {"G1 X1(a)0", GCODE_GRBL, GCODE_LINE_BAD_FORM, 6},
        {"G1 X1.2.3", GCODE_MARLIN, GCODE_LINE_BAD_NUMBER, 7},
        {"G1 X-", GCODE_MARLIN, GCODE_LINE_BAD_NUMBER, 3},
        {"G1 X.", GCODE_MARLIN, GCODE_LINE_BAD_NUMBER, 3},
        {"G1 X--1", GCODE_MARLIN, GCODE_LINE_BAD_NUMBER, 3},
        {"G1 X1234567890123456", GCODE_MARLIN, GCODE_LINE_BAD_NUMBER, 3},
        {"G28 X", GCODE_GRBL, GCODE_LINE_BAD_NUMBER, 4},
        {"G1 X1 X2", GCODE_MARLIN, GCODE_LINE_REPEATED, 6},
        {"G1 X1 X2", GCODE_GRBL, GCODE_LINE_REPEATED, 6},
        {"G1 X1 (two", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 6},
        {"G1 X1\\nM112", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 5},
        {"G1 X1\b2", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 5},
        {"G1 X1\x80", GCODE_GRBL, GCODE_LINE_BAD_BYTE, 5},
        {"G1 X1 !", GCODE_GRBL, GCODE_LINE_BAD_BYTE, 6},
        {"G1 X1 ?", GCODE_GRBL, GCODE_LINE_BAD_BYTE, 6},
        {"G1 X1\rM112", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 5},
        {"G1 X1*12", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 5},
        {"M117 Caf\xc3\xa9", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 8},
        {"M117 a\bb", GCODE_MARLIN, GCODE_LINE_BAD_BYTE, 6},
        {"/G1 X1", GCODE_GRBL, GCODE_LINE_BAD_FORM, 0},
        {"%", GCODE_GRBL, GCODE_LINE_BAD_FORM, 0},
        {"G1 X1)", GCODE_GRBL, GCODE_LINE_BAD_FORM, 5},
        {"M862.3 P \"MK3S", GCODE_MARLIN, GCODE_LINE_BAD_FORM, 9},
        {"G1 P \"x\"", GCODE_MARLIN, GCODE_LINE_BAD_FORM, 5},
    };
    struct gcode_line line;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        parse(&line, lines[i].text, lines[i].flavour);
        if (line.fault != lines[i].fault || line.fault_at != lines[i].at)
            fail_msg("\"%s\": fault %d at %d", lines[i].text, (int)line.fault, (int)line.fault_at);
    }
}

static void line_numbers_and_checksums_are_checked_and_stripped(void **state)
{
    struct gcode_line line;

    (void)state;
    parse(&line, "N3 T0*57 ; tool", GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_OK);
    assert_true(line.has_n && line.has_sum);
    assert_int_equal(line.n, 3);
    assert_true(gcode_line_is(&line, 'T', 0));
    assert_int_equal(line.len, 2);
    assert_memory_equal(line.text, "T0", 2);
    parse(&line, "N3 T0*58", GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_BAD_CHECKSUM);
    parse(&line, "N3 T0*57x", GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_BAD_CHECKSUM);
    parse(&line, "N-3 T0", GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_BAD_NUMBER);
    parse(&line, "N12 G28", GCODE_MARLIN);
    assert_true(line.has_n && !line.has_sum);
    assert_true(gcode_line_is(&line, 'G', 28));
    parse(&line, "G28", GCODE_MARLIN);
    assert_false(line.has_n);
}

static void values_are_found_by_letter(void **state)
{
    struct gcode_line line;
    double value = -1;

    (void)state;
    parse(&line, "M104 S215.5 T0 W", GCODE_MARLIN);
    assert_true(gcode_line_value(&line, 'S', &value) && value == 215.5);
    assert_true(gcode_line_has(&line, 'W'));
    assert_false(gcode_line_value(&line, 'W', &value));
    assert_false(gcode_line_has(&line, 'M'));
    assert_false(gcode_line_value(&line, 'X', &value));
    assert_true(value == 215.5);
    parse(&line, "X7", GCODE_GRBL);
    assert_true(gcode_line_value(&line, 'X', &value) && value == 7);
}

static void length_and_word_limits_are_faults_not_overflows(void **state)
{
    char text[70000];
    struct gcode_line line;

    (void)state;
    memset(text, ' ', sizeof text);
    memcpy(text, "G1", 2);
    text[sizeof text - 1] = '1';
    text[sizeof text - 2] = 'X';
    gcode_line_parse(&line, text, sizeof text, GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_TOO_LONG);
    text[1000] = '\t';
    gcode_line_parse(&line, text, sizeof text, GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_TOO_LONG);
    memset(text, 'x', sizeof text);
    memcpy(text, "M117 ", 5);
    gcode_line_parse(&line, text, 256, GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_OK);
    assert_int_equal(line.len, 256);
    gcode_line_parse(&line, text, 257, GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_TOO_LONG);
    for (size_t i = 0; i < 33; i++)
        memcpy(text + 3 * i, "G1 ", 3);
    gcode_line_parse(&line, text, 96, GCODE_GRBL);
    assert_int_equal(line.fault, GCODE_LINE_OK);
    assert_int_equal(line.count, 32);
    gcode_line_parse(&line, text, 99, GCODE_GRBL);
    assert_int_equal(line.fault, GCODE_LINE_TOO_MANY_WORDS);
    memset(text, ';', sizeof text); /* a long comment is no fault */
    memcpy(text, "G1 X1 ", 6);
    gcode_line_parse(&line, text, sizeof text, GCODE_MARLIN);
    assert_int_equal(line.fault, GCODE_LINE_OK);
}

static void every_fault_has_words(void **state)
{
    (void)state;
    for (int fault = GCODE_LINE_OK; fault <= GCODE_LINE_REPEATED; fault++)
        assert_true(strlen(gcode_fault_words((enum gcode_line_fault)fault)) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read_as_marlin_reads_them),
        cmocka_unit_test(words_are_read_as_grbl_reads_them),
        cmocka_unit_test(what_firmwares_would_read_differently_is_a_fault),
        cmocka_unit_test(line_numbers_and_checksums_are_checked_and_stripped),
        cmocka_unit_test(values_are_found_by_letter),
        cmocka_unit_test(length_and_word_limits_are_faults_not_overflows),
        cmocka_unit_test(every_fault_has_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
