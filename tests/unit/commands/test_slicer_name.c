/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "commands/slicer_name.h"

static struct config_part parts[] = {
    {.id = "serre-tete", .name = "Serre-tête"},
    {.id = "ecran", .name = "Écran"},
    {.id = "ecran-long", .name = "Écran long"},
    {.id = "mousse", .name = "泡沫"},
};
static struct profile models[] = {{.id = "prusa-mk3"}, {.id = "ender-3"}, {.id = "cr-10"}};
static struct config_machine two_kinds[] = {{.id = "p01", .model = "prusa-mk3"},
                                            {.id = "p02", .model = "ender-3"},
                                            {.id = "p03", .model = "ender-3"}};
static struct config_machine one_kind[] = {{.id = "p02", .model = "ender-3"},
                                           {.id = "p03", .model = "ender-3"}};
static const struct config config = {.parts = parts,
                                     .part_count = 4,
                                     .models = models,
                                     .model_count = 3,
                                     .machines = two_kinds,
                                     .machine_count = 3};
static const struct config uniform = {
    .models = models, .model_count = 3, .machines = one_kind, .machine_count = 2};

/* The yields as text: "serre-tete=4 ecran=2"; or the refusal. */
static const char *told(const char *name, char told[400])
{
    struct program_request request = {.path = NULL};
    char text[400];
    size_t used = 0;

    if (slicer_yields(&config, name, &request, text, sizeof text) != ERR_OK)
        return strcpy(told, text);
    *told = '\0';
    for (size_t i = 0; i < request.yield_count; i++)
        used += (size_t)snprintf(told + used, 400 - used, "%s%s=%d", i > 0 ? " " : "",
                                 request.yields[i].part, (int)request.yields[i].pieces);
    return told;
}

static void a_name_says_part_and_pieces(void **state)
{
    static const char *const names[][2] = {
        {"serre-tete x4.gcode", "serre-tete=4"},
        {"Serre-Tete_X4_0.2mm_PETG_MK3S_3h12m.gcode", "serre-tete=4"},
        {"[4x] serre-tete.gcode", "serre-tete=4"},
        {"4x serre tete.gcode", "serre-tete=4"},
        {"serre-tete=12.gcode", "serre-tete=12"},
        {"Serre-tête ×4.gcode", "serre-tete=4"},
        {"Serre-te\xcc\x82te x4.gcode", "serre-tete=4"}, /* as macOS writes it */
        {"serre-tete 0.2mm PETG x4.gcode", "serre-tete=4"},
        {"serre-tete.gcode", "serre-tete=1"},
        {"ÉCRAN x2", "ecran=2"},
    };
    char text[400];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(told(names[i][0], text), names[i][1]);
}

static void a_plate_may_hold_several_parts(void **state)
{
    char text[400];

    (void)state;
    assert_string_equal(told("serre-tete x4 ecran x2.gcode", text), "serre-tete=4 ecran=2");
    assert_string_equal(told("2x ecran 4x serre-tete.gcode", text), "ecran=2 serre-tete=4");
    assert_string_equal(told("ecran serre-tete x3.gcode", text), "ecran=1 serre-tete=3");
}

static void the_longer_name_is_meant(void **state)
{
    char text[400];

    (void)state;
    assert_string_equal(told("ecran-long x3.gcode", text), "ecran-long=3");
    assert_string_equal(told("ecran x3.gcode", text), "ecran=3");
}

static void what_cannot_be_told_is_refused_with_what_to_write(void **state)
{
    char text[400];
    char longest[2000];

    (void)state;
    assert_string_equal(told("plaque 3.gcode", text),
                        "no part in the name: name the file after part and pieces, as in "
                        "\"serre-tete x4.gcode\" (parts: serre-tete, ecran, ecran-long, mousse)");
    assert_non_null(strstr(told("serre-tetes x4.gcode", text), "no part in the name"));
    assert_non_null(strstr(told("", text), "no part in the name"));
    assert_non_null(strstr(told("\xff\xc3", text), "no part in the name"));
    assert_non_null(strstr(told("serre-tete v2 x4 x2.gcode", text), "several numbers"));
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_non_null(strstr(told(longest, text), "no part in the name"));
}

static void folders_and_control_bytes_are_no_part_of_a_name(void **state)
{
    static const char *const names[][2] = {
        {"serre-tete x4.gcode", "serre-tete x4.gcode"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\a\\ecran.gcode", "ecran.gcode"},
        {"/", ""},
        {"..", ""},
        {"a\r\nSet-Cookie: b.gcode", "aSet-Cookie: b.gcode"},
        {"\xff.gcode", ""},
        {"éééé.gcode", "éééé.gcode"},
    };
    char name[32];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        slicer_file(names[i][0], name, sizeof name);
        assert_string_equal(name, names[i][1]);
    }
    slicer_file("ééé.gcode", name, 6);
    assert_string_equal(name, "éé");
}

static void the_model_stands_in_the_address_or_in_the_folder(void **state)
{
    char text[400];

    (void)state;
    assert_ptr_equal(slicer_model(&config, "cr-10", "", text, sizeof text), &models[2]);
    assert_ptr_equal(slicer_model(&config, "cr-10", "avril/", text, sizeof text), &models[2]);
    assert_ptr_equal(slicer_model(&config, "", "ender-3/a.gcode", text, sizeof text), &models[1]);
    assert_ptr_equal(slicer_model(&config, "", "/ender-3", text, sizeof text), &models[1]);
    assert_ptr_equal(slicer_model(&uniform, "", "a.gcode", text, sizeof text), &models[1]);
}

static void a_model_nobody_named_is_asked_for(void **state)
{
    char text[400];

    (void)state;
    assert_null(slicer_model(&config, "", "a.gcode", text, sizeof text));
    assert_string_equal(text, "for which model? End the slicer's address in /slicer/MODEL "
                              "(prusa-mk3, ender-3)");
    assert_null(slicer_model(&config, "mk9", "", text, sizeof text));
    assert_non_null(strstr(text, "no model \"mk9\""));
    assert_null(slicer_model(&config, "cr-10", "ender-3/", text, sizeof text));
    assert_non_null(strstr(text, "this address is for cr-10"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_says_part_and_pieces),
        cmocka_unit_test(a_plate_may_hold_several_parts),
        cmocka_unit_test(the_longer_name_is_meant),
        cmocka_unit_test(what_cannot_be_told_is_refused_with_what_to_write),
        cmocka_unit_test(folders_and_control_bytes_are_no_part_of_a_name),
        cmocka_unit_test(the_model_stands_in_the_address_or_in_the_folder),
        cmocka_unit_test(a_model_nobody_named_is_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
