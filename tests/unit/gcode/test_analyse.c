/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gcode/analyse.h"
#include "gcode/reader.h"
#include "profiles.h"

static void analyse(const char *text, const struct profile *profile, struct analysis *analysis)
{
    struct analyser *analyser;

    assert_int_equal(analyser_begin(&analyser, profile), ERR_OK);
    analyser_feed(analyser, text, strlen(text));
    assert_int_equal(analyser_end(analyser, analysis), ERR_OK);
}

static void within(double value, double wanted, double tolerance)
{
    if (!(fabs(value - wanted) <= tolerance))
        fail_msg("%g, not %g", value, wanted);
}

/* What samples/README.md says of each file, and the slicer's own words in it. */
static const struct {
    const char *name;
    const struct profile *profile;
    uint64_t lines, bytes;
    double time_s, grams;
    uint32_t layers;
    double layer_mm;
    bool thumbnail;
} prints[] = {
    {"cr10_serre-tete_plateau2_0.28", &profile_cr10, 144638, 3630666, 14206, 62.01, 54, 0.28, true},
    {"ender3_renfort_pile4_0.28", &profile_ender3, 79968, 2080633, 6551, 30.92, 115, 0.28, false},
    {"ender3_repere-lot_0.28", &profile_ender3, 4668, 121031, 480, 1.49, 10, 0.28, false},
    {"ender3_serre-tete_pile4_0.28", &profile_ender3, 286504, 7100328, 28095, 128.99, 218, 0.28,
     true},
    {"ender3_serre-tete_x1_0.28", &profile_ender3, 72176, 1794391, 7229, 32.29, 54, 0.28, true},
    {"mk3_renfort_plateau4_0.20", &profile_mk3, 116126, 2902415, 7707, 32.77, 40, 0.2, true},
    {"mk3_repere-lot_0.20", &profile_mk3, 6640, 167757, 474, 1.59, 13, 0.2, true},
    {"mk3_serre-tete_pile4_0.30", &profile_mk3, 219461, 5376193, 17645, 132.16, 203, 0.3, true},
    {"mk3_serre-tete_x1_0.20", &profile_mk3, 85093, 2105015, 6690, 29.87, 75, 0.2, true},
    {"ramps_serre-tete_pile2_0.28", &profile_ramps, 145029, 3729551, 13828, 64.11, 108, 0.28,
     false},
};

static void samples_are_what_their_slicer_says(void **state)
{
    char path[128];
    struct analysis a;

    (void)state;
    for (size_t i = 0; i < sizeof prints / sizeof prints[0]; i++) {
        snprintf(path, sizeof path, "tests/samples/impression/%s.gcode", prints[i].name);
        assert_int_equal(analyse_file(path, prints[i].profile, &a, NULL), ERR_OK);
        assert_true(a.accepted && a.refused == 0);
        assert_int_equal(a.bytes, prints[i].bytes);
        assert_int_equal(a.lines, prints[i].lines);
        assert_int_equal(a.layers, prints[i].layers);
        within(a.layer_mm, prints[i].layer_mm, 1e-9);
        within(a.slicer_time_s, prints[i].time_s, 0.5);
        within(a.slicer_g, prints[i].grams, 0.005);
        within(a.time_s, a.slicer_time_s, 0.025 * a.slicer_time_s); /* docs/estimate.md */
        within(a.filament_g, a.slicer_g, 0.1); /* the purge line is not in the slicer's figure */
        assert_string_equal(a.slicer, "PrusaSlicer 2.5.0");
        assert_string_equal(a.material, "PETG");
        within(a.nozzle_mm, 0.4, 0);
        assert_int_equal(a.tools, 1);
        within(a.nozzle_max_c, 240, 0);
        assert_true((a.thumbnail != NULL) == prints[i].thumbnail);
        if (a.thumbnail != NULL) {
            assert_memory_equal(a.thumbnail, "\x89PNG\r\n\x1a\n", 8);
            assert_memory_equal(a.thumbnail + a.thumbnail_size - 8,
                                "IEND\xae"
                                "B`\x82",
                                8);
            assert_string_equal(a.thumbnail_type, "image/png");
        }
        analysis_finish(&a);
    }
}

static void a_laser_program_is_measured(void **state)
{
    struct analysis a;

    (void)state;
    assert_int_equal(
        analyse_file("tests/samples/laser/grbl_ecran_x1.nc", &profile_grbl_600x400, &a, NULL),
        ERR_OK);
    assert_true(a.accepted);
    within(a.cut_mm, 1185, 1.5); /* its own comment: trait 1185 mm */
    within(a.min_mm[0], 7.94, 1e-6);
    within(a.max_mm[0], 288.06, 1e-6);
    within(a.max_mm[1], 248.06, 1e-6);
    assert_true(isnan(a.min_mm[2]));
    within(a.travel_min_mm[0], 0, 0);
    assert_int_equal(a.layers, 0);
    assert_true(a.time_s > 55 && a.time_s < 66); /* 55 s at full speed throughout */
    analysis_finish(&a);
}

static void bounds_take_in_the_bulge_of_arcs(void **state)
{
    struct analysis a;

    (void)state;
    analyse("G21\nG90\nM4 S0\nG0 X100 Y100\nG2 X120 Y100 I10 J0 S500 F600\nM5\n",
            &profile_grbl_600x400, &a);
    within(a.max_mm[1], 110, 1e-9);
    within(a.min_mm[1], 100, 1e-9);
    within(a.cut_mm, 31.4159265, 1e-6);
    analysis_finish(&a);
}

static void refusals_come_first_with_their_lines(void **state)
{
    struct analysis a;

    (void)state;
    analyse("M117 hello\nG1 X5\nM500\nG1 X5\nM500\nM104 S999\nM105\nG1 X9999\n", &profile_mk3, &a);
    assert_false(a.accepted);
    assert_int_equal(a.refused, 4);
    assert_int_equal(a.dropped, 1);
    assert_int_equal(a.actions, 1);
    assert_int_equal(a.prepared_lines, 2);
    assert_int_equal(a.finding_count, 5);
    assert_int_equal(a.findings[0].kind, FINDING_REFUSED);
    assert_int_equal(a.findings[0].line, 3);
    assert_int_equal(a.findings[0].count, 2);
    assert_string_equal(a.findings[0].text, "M500");
    assert_int_equal(a.findings[1].line, 6);
    assert_int_equal(a.findings[2].line, 8);
    assert_int_equal(a.findings[3].kind, FINDING_ACTION);
    assert_int_equal(a.findings[4].kind, FINDING_DROPPED);
    analysis_finish(&a);
    analysis_finish(&a); /* harmless */
}

static void a_finding_shows_only_printable_characters(void **state)
{
    struct analysis a;

    (void)state;
    analyse("G1 X1\x1b[31m\n", &profile_mk3, &a);
    assert_string_equal(a.findings[0].text, "G1 X1?");
    analysis_finish(&a);
    analyse("<script>alert(1)</script>", &profile_mk3, &a); /* the last line needs no line end */
    assert_string_equal(a.findings[0].text, "<");
    assert_int_equal(a.lines, 1);
    analysis_finish(&a);
}

static void findings_are_bounded_and_refusals_are_not_crowded_out(void **state)
{
    struct analyser *analyser;
    struct analysis a;
    char line[32];

    (void)state;
    assert_int_equal(analyser_begin(&analyser, &profile_mk3), ERR_OK);
    analyser_feed(analyser, "M105\nM114\n", 10);
    for (int i = 1000; i < 1300; i++) {
        snprintf(line, sizeof line, "M%d\n", i);
        analyser_feed(analyser, line, strlen(line));
    }
    assert_int_equal(analyser_end(analyser, &a), ERR_OK);
    assert_int_equal(a.refused, 300);
    assert_int_equal(a.finding_count, ANALYSIS_FINDINGS_MAX);
    for (size_t i = 0; i < a.finding_count; i++)
        assert_int_equal(a.findings[i].kind, FINDING_REFUSED);
    analysis_finish(&a);
}

static char *read_file(const char *path, size_t *n)
{
    FILE *file = fopen(path, "r");
    char *text = malloc(1 << 20);

    assert_non_null(file);
    assert_non_null(text);
    *n = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

static void the_report_does_not_depend_on_the_chunks(void **state)
{
    static const size_t sizes[] = {1, 7, 100, 4096};
    struct analysis whole, pieces;
    size_t n;
    char *text = read_file("tests/samples/impression/mk3_repere-lot_0.20.gcode", &n);

    (void)state;
    assert_int_equal(analyse_file("tests/samples/impression/mk3_repere-lot_0.20.gcode",
                                  &profile_mk3, &whole, NULL),
                     ERR_OK);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct analyser *analyser;

        assert_int_equal(analyser_begin(&analyser, &profile_mk3), ERR_OK);
        for (size_t at = 0; at < n; at += sizes[i])
            analyser_feed(analyser, text + at, sizes[i] < n - at ? sizes[i] : n - at);
        assert_int_equal(analyser_end(analyser, &pieces), ERR_OK);
        assert_string_equal(pieces.sha256, whole.sha256);
        assert_int_equal(pieces.thumbnail_size, whole.thumbnail_size);
        assert_memory_equal(pieces.thumbnail, whole.thumbnail, whole.thumbnail_size);
        assert_int_equal(pieces.finding_count, whole.finding_count);
        assert_memory_equal(pieces.findings, whole.findings,
                            whole.finding_count * sizeof whole.findings[0]);
        assert_true(pieces.time_s == whole.time_s && pieces.lines == whole.lines &&
                    pieces.filament_mm == whole.filament_mm);
        analysis_finish(&pieces);
    }
    analysis_finish(&whole);
    free(text);
}

static void progress_counts_bytes_and_missing_files_say_so(void **state)
{
    _Atomic uint64_t progress = 0;
    struct analysis a;
    struct analyser *analyser;

    (void)state;
    assert_int_equal(analyse_file("tests/samples/impression/mk3_repere-lot_0.20.gcode",
                                  &profile_mk3, &a, &progress),
                     ERR_OK);
    assert_int_equal(progress, a.bytes);
    analysis_finish(&a);
    assert_int_equal(analyse_file("/nonexistent", &profile_mk3, &a, NULL), ERR_NOT_FOUND);
    assert_int_equal(analyse_file("/tmp", &profile_mk3, &a, NULL), ERR_DISK);
    assert_int_equal(analyser_begin(&analyser, &profile_mk3), ERR_OK);
    assert_int_equal(analyser_end(analyser, NULL), ERR_OK);
}

/* What each slicer writes of itself. */
static void metadata_of_every_slicer_is_read(void **state)
{
    static const struct {
        const char *text, *slicer, *material;
        double time_s, grams;
    } files[] = {
        {"; generated by PrusaSlicer 2.6.0+win64 on 2023-07-01 at 10:00:00 UTC\n"
         "; filament used [g] = 12.34\n; estimated printing time (normal mode) = 1d 2h 3m 4s\n"
         "; estimated printing time (silent mode) = 3d\n; filament_type = PLA\n",
         "PrusaSlicer 2.6.0+win64", "PLA", 93784, 12.34},
        {";FLAVOR:Marlin\n;TIME:4523\n;Filament used: 1.5m\n;Generated with Cura_SteamEngine "
         "5.2.1\n",
         "Cura_SteamEngine 5.2.1", "", 4523, 0},
        {";TIME:6666\n;Generated with Cura_SteamEngine 4.13.0\n;TIME_ELAPSED:10.5\n"
         ";TIME_ELAPSED:468.9\n",
         "Cura_SteamEngine 4.13.0", "", 468.9, 0},
        {"; generated by OrcaSlicer 2.1.1 on 2024-07-12 at 10:33:11\n"
         "; model printing time: 5m 34s; total estimated time: 12m 13s\n",
         "OrcaSlicer 2.1.1", "", 733, 0},
        {"; generated by Slic3r 1.3.0 on 2026-11-22 at 01:24:16\n; filament used = 466.9mm "
         "(2.0cm3)\n",
         "Slic3r 1.3.0", "", 0, 0},
        {";   Build time: 1 hours 22 minutes\n", "", "", 4920, 0},
        {"; LightBurn 1.4.00\n", "LightBurn 1.4.00", "", 0, 0},
        {"; generated by \x01\xff"
         "Evil<b> on 1\n; filament_type = PETG;PLA\n",
         "Evil<b>", "PETG", 0, 0},
    };
    struct analysis a;

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        analyse(files[i].text, &profile_mk3, &a);
        assert_string_equal(a.slicer, files[i].slicer);
        assert_string_equal(a.material, files[i].material);
        within(a.slicer_time_s, files[i].time_s, 0.01);
        within(a.slicer_g, files[i].grams, 0.001);
        analysis_finish(&a);
    }
}

static void the_nozzle_is_read_where_a_slicer_says_it(void **state)
{
    struct analysis a;

    (void)state;
    analyse("; nozzle_diameter = 0.6,0.4\n", &profile_mk3, &a); /* the first tool's */
    within(a.nozzle_mm, 0.6, 0);
    analysis_finish(&a);
    analyse(";   extruderDiameter,0.35,0.4\n", &profile_mk3, &a);
    within(a.nozzle_mm, 0.35, 0);
    analysis_finish(&a);
    analyse("; nozzle_diameter = {else}\nG1 X10\n", &profile_mk3, &a);
    within(a.nozzle_mm, 0, 0);
    analysis_finish(&a);
}

static void weight_goes_by_the_materials_density(void **state)
{
    struct analysis a;
    double cm3 = 1000 * 3.14159265 * 0.875 * 0.875 / 1000;

    (void)state;
    analyse("M83\nG1 X10 Y10 E1000 F600\nG1 E-5\n", &profile_mk3, &a);
    within(a.filament_mm, 1000, 1e-9); /* the last retraction is not taken off */
    within(a.filament_cm3, cm3, 1e-5);
    within(a.filament_g, cm3 * 1.24, 1e-5);
    analysis_finish(&a);
    analyse("; filament_type = ABS\nM83\nG1 X10 Y10 E1000 F600\n", &profile_mk3, &a);
    within(a.filament_g, cm3 * 1.04, 1e-5);
    analysis_finish(&a);
    analyse("; filament_density = 2\nM83\nG1 X10 Y10 E1000 F600\n", &profile_mk3, &a);
    within(a.filament_g, cm3 * 2, 1e-5);
    analysis_finish(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_what_their_slicer_says),
        cmocka_unit_test(a_laser_program_is_measured),
        cmocka_unit_test(bounds_take_in_the_bulge_of_arcs),
        cmocka_unit_test(refusals_come_first_with_their_lines),
        cmocka_unit_test(a_finding_shows_only_printable_characters),
        cmocka_unit_test(findings_are_bounded_and_refusals_are_not_crowded_out),
        cmocka_unit_test(the_report_does_not_depend_on_the_chunks),
        cmocka_unit_test(progress_counts_bytes_and_missing_files_say_so),
        cmocka_unit_test(metadata_of_every_slicer_is_read),
        cmocka_unit_test(the_nozzle_is_read_where_a_slicer_says_it),
        cmocka_unit_test(weight_goes_by_the_materials_density),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
