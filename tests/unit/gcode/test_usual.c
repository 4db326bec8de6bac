/* SPDX-License-Identifier: Apache-2.0 */
/* The usual move is ruled on and measured by another way than the rest, for speed. There is one
 * policy and one report all the same. A program fed byte by byte goes the general way from end to
 * end, as no line can then be looked at beyond its end; fed whole, nearly every line goes the short
 * way. Both reports are the same to the bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "gcode/analyse.h"
#include "gcode/plain_move.h"
#include "gcode/usual.h"
#include "profiles.h"

static struct analysis analyse(const char *text, size_t n, size_t step,
                               const struct profile *profile)
{
    struct analyser *analyser;
    struct analysis analysis;

    assert_int_equal(analyser_begin(&analyser, profile), ERR_OK);
    for (size_t at = 0; at < n; at += step)
        analyser_feed(analyser, text + at, step < n - at ? step : n - at);
    assert_int_equal(analyser_end(analyser, &analysis), ERR_OK);
    return analysis;
}

/* Figures are compared as bytes: a NaN is the same as itself, -0 is not 0. */
static bool same(const struct analysis *a, const struct analysis *b)
{
    struct analysis x = *a, y = *b;

    if (a->finding_count != b->finding_count || a->thumbnail_size != b->thumbnail_size ||
        (a->finding_count > 0 &&
         memcmp(a->findings, b->findings, a->finding_count * sizeof *a->findings) != 0))
        return false;
    x.findings = y.findings = NULL;
    x.thumbnail = y.thumbnail = NULL;
    return memcmp(&x, &y, sizeof x) == 0;
}

static void compare(const char *text, size_t n, const struct profile *profile, const char *name)
{
    struct analysis whole = analyse(text, n, n, profile), bytes = analyse(text, n, 1, profile);

    if (!same(&whole, &bytes))
        fail_msg("%s for %s is analysed in two ways:\n%.*s", name, profile->id,
                 n < 4000 ? (int)n : 0, text);
    analysis_finish(&whole);
    analysis_finish(&bytes);
}

static void the_samples_are_analysed_in_one_way(void **state)
{
    enum { MOST = 60000 };
    char *text = malloc(MOST);

    (void)state;
    assert_non_null(text);
    for (unsigned i = 0; i < sample_count; i++) {
        FILE *file = fopen(samples[i].path, "r");

        assert_non_null(file);
        compare(text, fread(text, 1, MOST, file), samples[i].profile, samples[i].path);
        fclose(file);
    }
    free(text);
}

/* Moves, mostly inside, of any axes, and now and then what changes how they are read. */
static size_t put_line(char *out, struct random *r)
{
    static const char *const others[] = {"G90",
                                         "G91",
                                         "M82",
                                         "M83",
                                         "G92 E0",
                                         "G28",
                                         "G92 X5 Y5",
                                         "M220 S",
                                         "M204 P900",
                                         "G2 X50 Y50 I5 J5",
                                         "G1 S5",
                                         "T0",
                                         "M400",
                                         "G4 P10",
                                         "N7 G1 X5",
                                         "M203 X100",
                                         "; layer",
                                         "",
                                         "G0",
                                         "G1 X",
                                         "G1 X10 X20",
                                         "M106 S255",
                                         "G1 X-0 Y-0 E-0",
                                         "G1 X1e3",
                                         "G1Y0X10",
                                         "M600",
                                         "G1 F0",
                                         "G1 X10 Y10 Z0 E0 F1800",
                                         "G28 X"};
    static const char letters[] = "XYZEF";
    size_t n;

    if (draw(r, 12) == 0)
        return (size_t)sprintf(out, "%s\n", others[draw(r, sizeof others / sizeof others[0])]);
    n = (size_t)sprintf(out, "G%u", draw(r, 5) != 0);
    for (const char *letter = letters; *letter != '\0'; letter++) {
        if (draw(r, 5) > (*letter == 'Z' || *letter == 'F' ? 0u : 3u))
            continue;
        n += (size_t)sprintf(out + n, " %c%s%u.%u", *letter, draw(r, 20) == 0 ? "-" : "",
                             draw(r, *letter == 'Z'     ? 3
                                     : draw(r, 60) == 0 ? 999
                                                        : 150),
                             draw(r, 1000));
    }
    return n + (size_t)sprintf(out + n, draw(r, 10) == 0 ? "\r\n" : "\n");
}

static void random_programs_are_analysed_in_one_way(void **state)
{
    static const struct profile *const profiles[] = {&profile_mk3, &profile_ender3,
                                                     &profile_grbl_600x400, &profile_marlin_laser};
    char text[201 * 80];
    struct random r = {1937};

    (void)state;
    for (unsigned i = 0; i < 400; i++) {
        unsigned lines = 1 + draw(&r, 200);
        size_t n = (size_t)sprintf(text, "%s", i % 2 == 0 ? "G28\nG90\nG1 X10 Y10 Z1 F3000\n" : "");

        for (unsigned k = 0; k < lines; k++)
            n += put_line(text + n, &r);
        compare(text, n, profiles[i % 8 < 6 ? i % 2 : i % 4], "a random program");
    }
}

/* The short way is taken, by what it is meant for and by nothing else. */
static void only_usual_moves_go_the_short_way(void **state)
{
    static const struct {
        const char *line;
        bool usual;
    } rows[] = {
        {"G1 X20 Y20 E1.5", true}, {"G0 X30 F9000", true}, {"G1 E-.8 F2100", true}, {"G1 Z3", true},
        {"G1 X999 Y20", false},    {"G1 X20 I5", false},   {"G1 X20 S100", false},
    };
    struct policy_state policy;
    struct measure measure;
    struct usual usual;

    (void)state;
    policy_begin(&policy, &profile_mk3);
    measure_begin(&measure, &profile_mk3);
    policy.numbers = NUMBERS_NONE;
    usual_settle(&usual, &policy, &measure);
    assert_false(usual.may); /* where the tool is is not known */
    policy.known[AXIS_X] = policy.known[AXIS_Y] = policy.known[AXIS_Z] = true;
    usual_settle(&usual, &policy, &measure);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[PLAIN_MOVE_ROOM] = "";
        struct policy_state before = policy;
        struct policy_ruling ruling;
        struct plain_move move;
        struct gcode_line line;

        snprintf(text, sizeof text, "%s\n", rows[i].line);
        assert_non_null(plain_move_read(&move, text));
        gcode_line_parse(&line, rows[i].line, strlen(rows[i].line), GCODE_MARLIN);
        assert_int_equal(usual_move(&usual, &policy, &measure, &move), rows[i].usual);
        if (rows[i].usual)
            policy_check(&before, &line, &ruling);
        assert_memory_equal(&policy, &before, sizeof policy);
    }
    policy.numbers = NUMBERS_ALL;
    usual_settle(&usual, &policy, &measure);
    assert_false(usual.may);
    policy.numbers = NUMBERS_NONE;
    policy.relative = true;
    usual_settle(&usual, &policy, &measure);
    assert_false(usual.may);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_samples_are_analysed_in_one_way),
        cmocka_unit_test(random_programs_are_analysed_in_one_way),
        cmocka_unit_test(only_usual_moves_go_the_short_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
