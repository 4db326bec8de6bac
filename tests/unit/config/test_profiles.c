/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped profiles: complete, and wide enough for the programs people make for those machines.
 * The samples are read here by a few sscanf, not by gcode/: what reads them wrongly there would
 * otherwise agree with itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config/load.h"

static struct config *defaults(void)
{
    struct config_faults faults;
    struct config *config = NULL;

    assert_int_equal(config_parse("t", "{}", 2, &config, &faults), ERR_OK);
    config_faults_finish(&faults);
    return config;
}

/* The number after `letter` in a command, comments cut off before; false if it is not there. */
static bool word(const char *line, char letter, double *value)
{
    const char *at = strchr(line + 1, letter);

    return at != NULL && sscanf(at + 1, "%lf", value) == 1;
}

static void within(const char *what, double value, double low, double high, const char *line)
{
    if (value < low || value > high)
        fail_msg("%s %g is not from %g to %g: %s", what, value, low, high, line);
}

static void check_axes(const char *line, const double *limits)
{
    double value;

    for (int axis = 0; axis < AXES; axis++)
        if (word(line, "XYZE"[axis], &value))
            within("limit", value, 0, limits[axis], line);
}

/* absolute: whether a G91 does not stand before it. */
static void check_line(const char *line, const struct profile *profile, bool absolute)
{
    double value;
    int code;

    if (strncmp(line, "G0 ", 3) == 0 || strncmp(line, "G1 ", 3) == 0) {
        for (int axis = 0; axis < 3 && absolute; axis++)
            if (word(line, "XYZ"[axis], &value))
                within("position", value, profile->min_mm[axis], profile->max_mm[axis], line);
    } else if (sscanf(line, "M%d", &code) == 1) {
        if ((code == 104 || code == 109) && word(line, 'S', &value))
            within("nozzle", value, 0, profile->nozzle_max_c, line);
        if ((code == 140 || code == 190) && word(line, 'S', &value))
            within("bed", value, 0, profile->bed_max_c, line);
        if (code == 201)
            check_axes(line, profile->max_accel_mm_s2);
        if (code == 203)
            check_axes(line, profile->max_feed_mm_s);
        if (code == 205)
            check_axes(line, profile->jerk_mm_s);
        if (code == 204 && (word(line, 'S', &value) || word(line, 'P', &value)))
            within("acceleration", value, 0, profile->accel_mm_s2, line);
        if (code == 204 && word(line, 'T', &value))
            within("acceleration", value, 0, profile->travel_accel_mm_s2, line);
    }
}

static void check_sample(const struct config *config, const char *model, const char *path)
{
    const struct profile *profile = config_model(config, model);
    FILE *file = fopen(path, "r");
    char line[4096];
    bool absolute = true;

    assert_non_null(profile);
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, ";(\n")] = '\0';
        if (strncmp(line, "G90", 3) == 0 || strncmp(line, "G91", 3) == 0)
            absolute = line[2] == '0';
        if (line[0] != '\0')
            check_line(line, profile, absolute);
    }
    fclose(file);
}

static void every_sample_keeps_within_its_machine(void **state)
{
    struct config *config = defaults();

    (void)state;
    check_sample(config, "prusa-mk3", "tests/samples/impression/mk3_serre-tete_x1_0.20.gcode");
    check_sample(config, "prusa-mk3", "tests/samples/impression/mk3_serre-tete_pile4_0.30.gcode");
    check_sample(config, "prusa-mk3", "tests/samples/impression/mk3_renfort_plateau4_0.20.gcode");
    check_sample(config, "prusa-mk3", "tests/samples/impression/mk3_repere-lot_0.20.gcode");
    check_sample(config, "ender-3", "tests/samples/impression/ender3_serre-tete_x1_0.28.gcode");
    check_sample(config, "ender-3", "tests/samples/impression/ender3_serre-tete_pile4_0.28.gcode");
    check_sample(config, "ender-3", "tests/samples/impression/ender3_renfort_pile4_0.28.gcode");
    check_sample(config, "ender-3", "tests/samples/impression/ender3_repere-lot_0.28.gcode");
    check_sample(config, "cr-10", "tests/samples/impression/cr10_serre-tete_plateau2_0.28.gcode");
    check_sample(config, "ramps", "tests/samples/impression/ramps_serre-tete_pile2_0.28.gcode");
    check_sample(config, "ultimaker-2",
                 "tests/samples/impression/ultimaker2_serre-tete_x1_0.28.gcode");
    check_sample(config, "ultimaker-2",
                 "tests/samples/impression/ultimaker2_repere-lot_0.28.gcode");
    check_sample(config, "ender-3", "tests/samples/slicers/curaengine-4.13_repere-lot.gcode");
    check_sample(config, "ender-3", "tests/samples/slicers/slic3r-1.3_repere-lot.gcode");
    check_sample(config, "grbl-600x400", "tests/samples/laser/grbl_ecran_x1.nc");
    check_sample(config, "grbl-600x400", "tests/samples/laser/grbl_ecran_2x1_600x400.nc");
    check_sample(config, "grbl-900x600", "tests/samples/laser/grbl_ecran_3x2_900x600.nc");
    check_sample(config, "grbl-600x400", "tests/samples/laser/grbl_gravure_60x24.nc");
    check_sample(config, "marlin-laser",
                 "tests/samples/laser/marlin_inline_ecran_2x1_600x400.gcode");
    check_sample(config, "marlin-laser", "tests/samples/laser/marlin_m106_ecran_x1.gcode");
    config_unref(config);
}

static void every_shipped_profile_is_complete(void **state)
{
    static const struct {
        const char *id;
        enum machine_kind kind;
        const char *dialect;
        int baud;
        double x, y, z;
    } shipped[] = {
        {"prusa-mk3", KIND_PRINTER, "marlin", 115200, 250, 210, 210},
        {"ender-3", KIND_PRINTER, "marlin", 115200, 220, 220, 250},
        {"cr-10", KIND_PRINTER, "marlin", 115200, 300, 300, 400},
        {"ultimaker-2", KIND_PRINTER, "marlin", 250000, 223, 223, 205},
        {"ramps", KIND_PRINTER, "marlin", 250000, 200, 200, 180},
        {"grbl-600x400", KIND_LASER, "grbl", 115200, 600, 400, 0},
        {"grbl-900x600", KIND_LASER, "grbl", 115200, 900, 600, 0},
        {"marlin-laser", KIND_LASER, "marlin-laser", 250000, 600, 400, 0},
        {"smoothie-laser", KIND_LASER, "smoothie", 115200, 600, 400, 0},
    };
    struct config *config = defaults();

    (void)state;
    assert_int_equal(config->model_count, sizeof shipped / sizeof *shipped);
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        const struct profile *profile = config_model(config, shipped[i].id);

        assert_non_null(profile);
        assert_int_equal(profile->kind, shipped[i].kind);
        assert_string_equal(profile->dialect, shipped[i].dialect);
        assert_int_equal(profile->baud, shipped[i].baud);
        assert_true(profile->bed_mm[AXIS_X] == shipped[i].x);
        assert_true(profile->bed_mm[AXIS_Y] == shipped[i].y);
        assert_true(profile->max_mm[AXIS_Z] == shipped[i].z);
        assert_true(strlen(profile->name) > 0 && strlen(profile->material) > 0);
        assert_true(profile->preheat_max_min >= 1 && profile->attend_max_min >= 1);
        assert_false(profile->unattended && profile->kind == KIND_LASER);
    }
    assert_true(config_model(config, "ultimaker-2")->filament_mm == 2.85);
    assert_true(config_model(config, "prusa-mk3")->min_mm[AXIS_Y] == -4);
    config_unref(config);
}

static void a_broken_profile_is_told_with_its_own_place(void **state)
{
    char folder[] = "/tmp/usine-profiles-XXXXXX", path[64], wanted[128];
    struct config_faults faults;
    struct config *config = NULL;
    FILE *file;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/mine.json", folder);
    file = fopen(path, "w");
    fputs("{\n  \"id\": \"mine\", \"king\": \"printer\"\n}", file);
    fclose(file);
    setenv("USINE_PROFILES", folder, 1);
    assert_int_equal(config_parse("t", "{}", 2, &config, &faults), ERR_INVALID);
    unsetenv("USINE_PROFILES");
    remove(path);
    remove(folder);
    snprintf(wanted, sizeof wanted, "profile %s:2:17: unknown key \"king\": did you mean \"kind\"?",
             path);
    for (size_t i = 0; i < faults.count; i++)
        if (strcmp(faults.items[i].text, wanted) == 0)
            wanted[0] = '\0';
    assert_string_equal(wanted, "");
    config_faults_finish(&faults);
}

static void without_profiles_a_machine_is_told_where_they_were_sought(void **state)
{
    static const char text[] =
        "{\"sites\": [{\"id\": \"s\"}], \"machines\": [{\"id\": \"m\", \"site\": "
        "\"s\", \"model\": \"ramps\", \"port\": \"/dev/a\"}]}";
    struct config_faults faults;
    struct config *config = NULL;

    (void)state;
    setenv("USINE_PROFILES", "/nowhere", 1);
    assert_int_equal(config_parse("t", text, strlen(text), &config, &faults), ERR_INVALID);
    unsetenv("USINE_PROFILES");
    assert_string_equal(faults.items[0].text, "unknown model \"ramps\": no profiles were found in "
                                              "/nowhere (set $USINE_PROFILES)");
    config_faults_finish(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_keeps_within_its_machine),
        cmocka_unit_test(every_shipped_profile_is_complete),
        cmocka_unit_test(a_broken_profile_is_told_with_its_own_place),
        cmocka_unit_test(without_profiles_a_machine_is_told_where_they_were_sought),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
