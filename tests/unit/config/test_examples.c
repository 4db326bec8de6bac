/* SPDX-License-Identifier: Apache-2.0 */
/* The examples that come with Usine load without a fault and say what they promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "config/load.h"

static struct config *load(const char *path)
{
    struct config_faults faults;
    struct config *config = NULL;
    enum err err = config_load(path, &config, &faults);

    for (size_t i = 0; i < faults.count; i++)
        print_message("%s:%d:%d: %s\n", faults.file, faults.items[i].line, faults.items[i].column,
                      faults.items[i].text);
    assert_int_equal(err, ERR_OK);
    assert_int_equal(faults.count, 0);
    config_faults_finish(&faults);
    return config;
}

static void normandy_is_the_whole_factory(void **state)
{
    struct config *config = load("config/examples/normandie.json");
    size_t printers = 0;

    (void)state;
    for (size_t i = 0; i < config->machine_count; i++)
        printers += config->machines[i].profile.kind == KIND_PRINTER;
    assert_int_equal(config->site_count, 15);
    assert_int_equal(config->machine_count, 80);
    assert_int_equal(printers, 70);
    assert_int_equal(config->target_per_day, 500);
    config_unref(config);
}

static void a_shield_is_a_kit_of_three_parts(void **state)
{
    struct config *config = load("config/examples/normandie.json");
    const struct config_product *shield = config_product(config, "visiere");
    const char *const parts[] = {"serre-tete", "ecran", "elastique"};
    const enum part_process processes[] = {PART_PRINT, PART_LASER, PART_BUY};

    (void)state;
    assert_non_null(shield);
    assert_int_equal(shield->bom_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(config->parts[shield->bom[i].part].id, parts[i]);
        assert_int_equal(config->parts[shield->bom[i].part].process, processes[i]);
        assert_int_equal(shield->bom[i].quantity, 1);
    }
    assert_non_null(config_part(config, "renfort-bas"));
    assert_non_null(config_part(config, "repere-lot"));
    config_unref(config);
}

static void a_machine_gets_its_model_and_its_own_changes(void **state)
{
    struct config *config = load("config/examples/normandie.json");
    const struct config_machine *laser = config_machine(config, "evreux-l01");
    const struct config_machine *printer = config_machine(config, "granville-p03");

    (void)state;
    assert_string_equal(laser->profile.id, "k40-grbl");
    assert_string_equal(laser->profile.dialect, "grbl");
    assert_true(laser->profile.max_mm[AXIS_X] == 320 && laser->profile.s_max == 1000);
    assert_string_equal(printer->profile.id, "ramps");
    assert_true(printer->profile.nozzle_mm == 0.5);
    assert_true(config_model(config, "ramps")->nozzle_mm == 0.4);
    assert_int_equal(printer->baud, 250000);
    assert_string_equal(printer->material, "PLA");
    config_unref(config);
}

static void the_small_example_is_one_printer_and_one_laser(void **state)
{
    struct config *config = load("config/examples/small.json");

    (void)state;
    assert_int_equal(config->machine_count, 2);
    assert_int_equal(config->machines[0].profile.kind, KIND_PRINTER);
    assert_int_equal(config->machines[1].profile.kind, KIND_LASER);
    assert_int_equal(config->machines[1].baud, 115200);
    config_unref(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normandy_is_the_whole_factory),
        cmocka_unit_test(a_shield_is_a_kit_of_three_parts),
        cmocka_unit_test(a_machine_gets_its_model_and_its_own_changes),
        cmocka_unit_test(the_small_example_is_one_printer_and_one_laser),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
