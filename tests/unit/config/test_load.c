/* SPDX-License-Identifier: Apache-2.0 */
/* What a good config becomes, and that no bad one does harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config/load.h"

/* DESIGN.md section 11, to the letter, with the keys its last lines name. */
static const char design[] =
    "{\n"
    "  \"role\": \"standalone\",\n"
    "  \"listen\": [\"127.0.0.1:8750\"], \"public\": { \"listen\": [\"127.0.0.1:8760\"] }, "
    "\"socket\": \"/run/usine/usine.sock\", \"state\": \"/var/lib/usine\",\n"
    "  \"store\": \"sqlite:usine.db\",                      // or \"postgresql://…\"\n"
    "  \"timezone\": \"Europe/Paris\", \"language\": \"fr\",\n"
    "  \"sites\":    [ { \"id\": \"caen\", \"name\": \"Le Dôme\", \"town\": \"Caen\", \"lat\": "
    "49.18, "
    "\"lon\": -0.35, \"max_heating\": 4, \"hours\": \"Mo-Su 08:00-22:00\", \"assembly\": true } "
    "],\n"
    "  \"machines\": [ { \"id\": \"caen-p01\", \"site\": \"caen\", \"model\": \"prusa-mk3\", "
    "\"port\": \"/dev/serial/by-id/usb-…\", \"material\": \"PETG\" },\n"
    "                { \"id\": \"caen-l01\", \"site\": \"caen\", \"model\": \"grbl-600x400\", "
    "\"port\": \"tcp://10.0.0.9:8080\" } ],\n"
    "  \"products\": [ { \"id\": \"visiere\", \"name\": \"Visière\", \"parts\": { \"serre-tete\": "
    "1, "
    "\"ecran\": 1, \"elastique\": 1 } } ],  // parts may also be given in full\n"
    "  \"target_per_day\": 500,\n"
    "  \"tls\": { \"certificate\": \"cert.pem\", \"key\": \"/etc/key.pem\" }, \"proxy\": "
    "[\"127.0.0.1\"], \"smtp\": { \"url\": \"smtp://127.0.0.1:25\", \"from\": \"Usine "
    "<usine@example.org>\" }, \"map\": { \"tile_url\": null }\n"
    "}\n";

static struct config *parse(const char *name, const char *text)
{
    struct config_faults faults;
    struct config *config = NULL;

    config_parse(name, text, strlen(text), &config, &faults);
    if (config == NULL)
        fail_msg("%d:%d: %s", faults.items[0].line, faults.items[0].column, faults.items[0].text);
    config_faults_finish(&faults);
    return config;
}

/* It is refused; nothing else is promised of such texts, but that it is. */
static void refuse(const char *text, size_t n)
{
    struct config_faults faults;
    struct config *config = NULL;

    assert_int_equal(config_parse("hostile", text, n, &config, &faults), ERR_INVALID);
    assert_null(config);
    assert_true(faults.count > 0);
    for (size_t i = 0; i < faults.count; i++) {
        assert_true(faults.items[i].line >= 1 && faults.items[i].column >= 1);
        assert_true(strlen(faults.items[i].text) > 0);
    }
    config_faults_finish(&faults);
}

static void the_design_loads_to_the_letter(void **state)
{
    struct config *config = parse("/etc/usine/usine.json", design);
    const struct config_machine *printer = config_machine(config, "caen-p01");
    const struct config_machine *laser = config_machine(config, "caen-l01");

    (void)state;
    assert_int_equal(config->role, ROLE_STANDALONE);
    assert_string_equal(config->listen[0], "127.0.0.1:8750");
    assert_string_equal(config->open.listen[0], "127.0.0.1:8760");
    assert_string_equal(config->socket, "/run/usine/usine.sock");
    assert_string_equal(config->store, "sqlite:usine.db");
    assert_string_equal(config_site(config, "caen")->name, "Le Dôme");
    assert_int_equal(config_site(config, "caen")->max_heating, 4);
    assert_true(config_site(config, "caen")->assembly);
    assert_string_equal(printer->port, "/dev/serial/by-id/usb-…");
    assert_int_equal(printer->baud, 115200);
    assert_string_equal(printer->profile.dialect, "marlin");
    assert_true(printer->reset_on_connect);
    assert_string_equal(laser->profile.dialect, "grbl");
    assert_int_equal(config_product(config, "visiere")->bom_count, 3);
    assert_string_equal(config_part(config, "ecran")->name, "ecran");
    assert_int_equal(config->target_per_day, 500);
    assert_string_equal(config->tls.certificate, "/etc/usine/cert.pem");
    assert_string_equal(config->tls.key, "/etc/key.pem");
    assert_string_equal(config->proxy[0], "127.0.0.1");
    assert_string_equal(config->smtp.from, "Usine <usine@example.org>");
    assert_string_equal(config->map.tile_url, "");
    config_unref(config);
}

static void an_empty_object_is_all_defaults(void **state)
{
    struct config *config = parse("t", "{}");

    (void)state;
    assert_int_equal(config->role, ROLE_STANDALONE);
    assert_int_equal(config->listen_count, 1);
    assert_string_equal(config->listen[0], "127.0.0.1:8750");
    assert_string_equal(config->socket, "/run/usine/usine.sock");
    assert_string_equal(config->state, "/var/lib/usine");
    assert_string_equal(config->store, "sqlite:usine.db");
    assert_string_equal(config->timezone, "Europe/Paris");
    assert_string_equal(config->language, "fr");
    assert_true(config->watch);
    assert_int_equal(config->model_count, 9);
    config_unref(config);
}

static void a_site_works_for_a_hub(void **state)
{
    struct config *config =
        parse("conf/site.json", "{\"role\": \"site\", \"state\": \"here\", \"hub\":"
                                "{\"url\": \"https://h\", \"ca\": \"hub.pem\"}}");

    (void)state;
    assert_int_equal(config->role, ROLE_SITE);
    assert_string_equal(config->hub.ca, "conf/hub.pem");
    assert_string_equal(config->state, "conf/here");
    config_unref(config);
}

static void parts_may_be_given_in_full(void **state)
{
    struct config *config = parse(
        "t",
        "{\"products\": [{\"id\": \"a\", \"parts\": {\"ecran\": 2}}, {\"id\": \"b\", \"parts\":"
        "[{\"id\": \"ecran\", \"name\": \"Écran\", \"process\": \"laser\", \"seconds\": 90,"
        "\"qty\": 3}, {\"id\": \"clip\", \"process\": \"print\", \"grams\": 8, \"minutes\": "
        "32}]}]}");
    const struct config_product *a = config_product(config, "a"), *b = config_product(config, "b");

    (void)state;
    assert_int_equal(config->part_count, 2);
    assert_string_equal(config->parts[a->bom[0].part].name, "Écran");
    assert_int_equal(a->bom[0].quantity, 2);
    assert_int_equal(b->bom[0].quantity, 3);
    assert_int_equal(b->bom[1].quantity, 1);
    assert_int_equal(config_part(config, "ecran")->process, PART_LASER);
    assert_true(config_part(config, "ecran")->minutes == 1.5);
    assert_true(config_part(config, "clip")->grams == 8);
    config_unref(config);
}

static void a_product_may_hold_products(void **state)
{
    struct config *config =
        parse("t", "{\"products\": [{\"id\": \"box\", \"parts\": {\"shield\": 10, \"carton\": 1}},"
                   "{\"id\": \"shield\", \"parts\": {\"band\": 1, \"visor\": 2}}]}");
    const struct config_product *box = config_product(config, "box");

    (void)state;
    assert_int_equal(config->part_count, 3);
    assert_string_equal(config->products[box->bom[0].product].id, "shield");
    assert_true(box->bom[0].part == CONFIG_NONE && box->bom[1].product == CONFIG_NONE);
    assert_int_equal(box->bom[0].quantity, 10);
    assert_int_equal(box->level, 1);
    assert_int_equal(config_product(config, "shield")->level, 0);
    config_unref(config);
}

static void a_model_of_ones_own_extends_another(void **state)
{
    struct config *config = parse(
        "t",
        "{\"sites\": [{\"id\": \"s\"}], \"models\": [{\"id\": \"big\", \"extends\": \"ender-3\","
        "\"max_mm\": {\"x\": 400}, \"baud\": 250000, \"material\": \"ABS\"}, {\"id\": \"bigger\","
        "\"extends\": \"big\", \"max_mm\": {\"y\": 500}, \"bed_mm\": {\"x\": 390, \"y\": 490}}],"
        "\"machines\": [{\"id\": \"m\", \"site\": \"s\", \"model\": \"bigger\", \"port\":"
        "\"/dev/a\", \"profile\": {\"max_mm\": {\"z\": 111}}}]}");
    const struct config_machine *m = config_machine(config, "m");

    (void)state;
    assert_string_equal(m->profile.id, "bigger");
    assert_true(m->profile.max_mm[AXIS_X] == 400 && m->profile.max_mm[AXIS_Y] == 500);
    assert_true(m->profile.max_mm[AXIS_Z] == 111);
    assert_true(config_model(config, "bigger")->max_mm[AXIS_Z] == 250);
    assert_true(config_model(config, "ender-3")->max_mm[AXIS_X] == 235);
    assert_int_equal(m->baud, 250000);
    assert_string_equal(m->material, "ABS");
    config_unref(config);
}

static void a_model_changed_under_its_own_id_keeps_its_name(void **state)
{
    struct config *config = parse(
        "t", "{\"models\": [{\"id\": \"ender-3\", \"extends\": \"ender-3\", \"nozzle_mm\": 0.6},"
             "{\"id\": \"other\", \"extends\": \"ender-3\"}]}");

    (void)state;
    assert_string_equal(config_model(config, "ender-3")->name, "Creality Ender-3");
    assert_string_equal(config_model(config, "other")->name, "other");
    config_unref(config);
}

static void references_keep_a_config_alive(void **state)
{
    struct config *config = parse("t", "{}");

    (void)state;
    assert_ptr_equal(config_ref(config), config);
    config_unref(config);
    assert_string_equal(config->language, "fr");
    config_unref(config);
    config_unref(NULL);
}

static void deep_nesting_is_refused(void **state)
{
    char text[4000];

    (void)state;
    memset(text, '[', sizeof text);
    refuse(text, sizeof text);
}

static void a_huge_file_is_refused(void **state)
{
    size_t n = (8u << 20) + 1;
    char *text = malloc(n);

    (void)state;
    memset(text, ' ', n);
    refuse(text, n);
    refuse(text, n - 1);
    free(text);
}

static void more_faults_than_anybody_reads_are_cut(void **state)
{
    size_t n = 0, size = 200000;
    char *text = malloc(size);
    struct config_faults faults;
    struct config *config;

    (void)state;
    n += (size_t)sprintf(text, "{\"a\": 1");
    for (int i = 0; i < 10000; i++)
        n += (size_t)sprintf(text + n, ", \"a%d\": 1", i);
    n += (size_t)sprintf(text + n, "}");
    assert_int_equal(config_parse("t", text, n, &config, &faults), ERR_INVALID);
    assert_in_range(faults.count, 100, 500);
    config_faults_finish(&faults);
    free(text);
}

static void the_design_cut_anywhere_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof design - 3; n += 3)
        refuse(design, n);
}

static void the_design_with_any_byte_changed_does_no_harm(void **state)
{
    static const char bytes[] = {'\0', '"', '{', ']', '\\', '\x80', '\xff', '9'};
    char text[sizeof design];

    (void)state;
    for (size_t i = 0; i < sizeof design - 1; i += 2) {
        struct config_faults faults;
        struct config *config = NULL;

        memcpy(text, design, sizeof design);
        text[i] = bytes[i / 2 % sizeof bytes];
        assert_true((config_parse("t", text, sizeof design - 1, &config, &faults) == ERR_OK) ==
                    (config != NULL));
        config_faults_finish(&faults);
        config_unref(config);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_design_loads_to_the_letter),
        cmocka_unit_test(an_empty_object_is_all_defaults),
        cmocka_unit_test(a_site_works_for_a_hub),
        cmocka_unit_test(parts_may_be_given_in_full),
        cmocka_unit_test(a_product_may_hold_products),
        cmocka_unit_test(a_model_of_ones_own_extends_another),
        cmocka_unit_test(a_model_changed_under_its_own_id_keeps_its_name),
        cmocka_unit_test(references_keep_a_config_alive),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(a_huge_file_is_refused),
        cmocka_unit_test(more_faults_than_anybody_reads_are_cut),
        cmocka_unit_test(the_design_cut_anywhere_is_refused),
        cmocka_unit_test(the_design_with_any_byte_changed_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
