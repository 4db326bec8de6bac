/* SPDX-License-Identifier: Apache-2.0 */
/* Every fault of a config is told at its place, with a hint, and all of them in one pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/load.h"

#define SITE "\"sites\": [{\"id\": \"caen\"}],\n"
#define MACHINE(more) "{" SITE "\"machines\": [{\"id\": \"p1\", \"site\": \"caen\",\n" more "}]}"
#define PRINTER(more) MACHINE("\"model\": \"ender-3\", \"port\": \"/dev/a\",\n" more)
#define MODEL(more) "{\"models\": [{\"id\": \"own\", \"extends\": \"ender-3\",\n" more "}]}"

struct sample {
    const char *text;
    int line, column;
    const char *fault;
};

/* clang-format off */
static const struct sample grammar[] = {
    {"", 1, 1, "the file ends here, but a value was expected"},
    {"// nothing", 1, 11, "the file ends here, but a value was expected"},
    {"{\n \"role\" \"hub\"}", 2, 9, "expected a colon after the name, found \": is a comma missing before it?"},
    {"{\n \"role\": \"hub\"\n \"socket\": \"/a\"}", 3, 2, "expected a comma or }, found \": is a comma missing before it?"},
    {"{\"role\" = \"hub\"}", 1, 9, "expected a colon after the name, found =: a colon stands between name and value"},
    {"{role: \"hub\"}", 1, 2, "expected a name in double quotes, found role"},
    {"{'role': 'hub'}", 1, 2, "expected a name in double quotes, found 'role': texts stand in double quotes"},
    {"{\"watch\": True}", 1, 11, "expected a value, found True"},
    {"{\"watch\": NaN}", 1, 11, "expected a value, found NaN"},
    {"{\"target_per_day\": 010}", 1, 20, "expected a value, found 010"},
    {"{\"target_per_day\": +1}", 1, 20, "expected a value, found +1"},
    {"{\"target_per_day\": 1.}", 1, 20, "expected a value, found 1."},
    {"{\"listen\": [,]}", 1, 13, "expected a value, found ,: is there a comma too many?"},
    {"{\"role\": \"hub\",\n}", 1, 15, "a comma before }: remove it"},
    {"{\"listen\": [\":1\", // one\n ]}", 1, 17, "a comma before ]: remove it"},
    {"{\"role\": \"hub}\n", 1, 10, "this text has no closing quote on its line"},
    {"{\"role\": \"hub", 1, 10, "this text has no closing quote on its line"},
    {"{\"role\": \"h\\ub\"}", 1, 12, "a bad escape in a text: write \\\\ for a backslash, \\u00e9 for a character by its number"},
    {"{\"role\": \"\\u0000\"}", 1, 11, "a bad escape in a text: write \\\\ for a backslash, \\u00e9 for a character by its number"},
    {"{\"role\": \"\\ud800x\"}", 1, 11, "a bad escape in a text: write \\\\ for a backslash, \\u00e9 for a character by its number"},
    {"{\"role\": \"a\tb\"}", 1, 12, "a control byte (0x09) in a text: remove it"},
    {"{} x", 1, 4, "expected nothing after the closing bracket, found x"},
    {"{\n# a\n}", 2, 1, "expected a name in double quotes, found #: comments begin with //"},
    {"{ /* never closed\n}", 1, 3, "this comment never ends: close it with */"},
    {"{\"language\": \"\xc3\xa9t\xe9\"}", 1, 17, "byte 0xe9 is not UTF-8 text: save the file as UTF-8"},
    {"[]", 1, 1, "this must be an object { }, not a list"},
};

static const struct sample options[] = {
    {"{\n  \"rol\": \"hub\"}", 2, 3, "unknown key \"rol\": did you mean \"role\"?"},
    {"{\"url\": \"https://usine.example.org/\"}", 1, 2, "\"url\" is written without the last \"/\""},
    {"{\"x\": 1}", 1, 2, "unknown key \"x\": known here are $schema, role, listen, url, public, socket, state, store, timezone, language, watch, target_per_day ..."},
    {"{\"state\": \"/\xc3\xa9\", \"wach\": 1}", 1, 17, "unknown key \"wach\": did you mean \"watch\"?"},
    {"{\"role\": \"hub\",\n \"role\": \"hub\"}", 2, 2, "\"role\" is given twice: it stands in line 1 already"},
    {"{\"role\": \"bos\"}", 1, 10, "\"role\": \"bos\" is none of: standalone hub site"},
    {"{\"role\": 5}", 1, 10, "\"role\" must be a text, not a number: put it in quotes"},
    {"{\"watch\": \"true\"}", 1, 11, "\"watch\" must be true or false, not a text: remove the quotes"},
    {"{\"target_per_day\": \"5\"}", 1, 20, "\"target_per_day\" must be a whole number, not a text: remove the quotes"},
    {"{\"target_per_day\": -1}", 1, 20, "\"target_per_day\" is -1, but must be from 0 to 10000000"},
    {"{\"target_per_day\": 1e400}", 1, 20, "\"target_per_day\" is inf, but must be from 0 to 10000000"},
    {"{\"target_per_day\": 2.5}", 1, 20, "\"target_per_day\" must be a whole number, not 2.5"},
    {"{\"listen\": \":1\"}", 1, 12, "\"listen\" must be a list of texts, not a text: put it in [ ]"},
    {"{\"listen\": [1]}", 1, 13, "this must be a text, not a number: put it in quotes"},
    {"{\"listen\": [\"8750\"]}", 1, 13, "\"listen\": \"8750\" is no address to listen on: write \"127.0.0.1:8750\", \"[::]:8750\" or \":8750\" (all addresses)"},
    {"{\"listen\": [\"127.0.0.1:99999\"]}", 1, 13, "\"listen\": \"127.0.0.1:99999\" is no address to listen on: write \"127.0.0.1:8750\", \"[::]:8750\" or \":8750\" (all addresses)"},
    {"{\"timezone\": \"Europe/Pari\"}", 1, 14, "\"timezone\": \"Europe/Pari\" is not a known time zone: did you mean \"Europe/Paris\"?"},
    {"{\"timezone\": \"../passwd\"}", 1, 14, "\"timezone\": \"../passwd\" is not a known time zone: write a name like \"Europe/Paris\" or \"UTC\""},
    {"{\"language\": \"de\"}", 1, 14, "\"language\": \"de\" is none of: fr en"},
    {"{\"store\": \"usine.db\"}", 1, 11, "\"store\": \"usine.db\" must begin with sqlite: or postgresql:// and hold no blanks"},
    {"{\"socket\": \"\"}", 1, 12, "\"socket\": \"\" must not be empty"},
    {"{\"state\": \"a\\nb\"}", 1, 11, "\"state\": \"a?b\" holds a control character: remove it"},
    {"{\"parts\": [{\"id\": \"a\", \"steps\": [{\"id\": \"w\"},\n{\"id\": \"w\"}]}]}", 2, 8, "step \"w\" stands in line 1 already: each needs its own"},
    {"{\"products\": [{\"id\": \"k\", \"steps\": [{\"id\": \"w\"},\n{\"id\": \"w\"}],\n\"parts\": {\"a\": 1}}]}", 2, 8, "step \"w\" stands in line 1 already: each needs its own"},
    {"{\"products\": [{\"id\": \"k\", \"parts\": [{\"id\": \"a\", \"steps\": [{\"id\": \"w\"},\n{\"id\": \"w\"}]}]}]}", 2, 8, "step \"w\" stands in line 1 already: each needs its own"},
    {"{\"parts\": [{\"id\": \"a\", \"steps\": [{\"id\": \"w\",\n\"kind\": \"polish\"}]}]}", 2, 9, "\"kind\": \"polish\" is none of: deburr wash rest inspect pack other"},
    {"{\"parts\": [{\"id\": \"a\", \"steps\": [\n{\"gate\": true}]}]}", 2, 1, "\"id\" is missing"},
    {"{\"tls\": {\"certificate\": \"a\"}}", 1, 9, "\"key\" is missing"},
    {"{\"role\": \"site\"}", 1, 1, "role \"site\" needs \"hub\": {\"url\": \"https://...\"}"},
    {"{\"hub\": {\"url\": \"https://h\"}}", 1, 2, "\"hub\" is for role \"site\" only"},
    {"{\"smtp\": {\"url\": \"http://h\", \"from\": \"a@b.c\"}}", 1, 18, "\"url\": \"http://h\" must begin with smtp:// or smtps:// and hold no blanks"},
    {"{\"smtp\": {\"url\": \"smtp://h\", \"from\": \"usine\"}}", 1, 38, "\"from\": \"usine\" is no mail address: write \"usine@example.org\""},
    {"{\"proxy\": [\"10.0.0.0/99\"]}", 1, 12, "\"proxy\": \"10.0.0.0/99\" is no address: write \"127.0.0.1\", \"::1\" or \"10.0.0.0/8\""},
    {"{\"map\": {\"tile_url\": \"tiles\"}}", 1, 22, "\"tile_url\": \"tiles\" must begin with https:// or http:// and hold no blanks"},
    {"{\"sites\": {}}", 1, 11, "\"sites\" must be a list, not an object"},
    {"{\"sites\": [5]}", 1, 12, "this must be an object { }, not a number"},
    {"{\"sites\": [{\"name\": \"x\"}]}", 1, 12, "\"id\" is missing"},
    {"{\"sites\": [{\"id\": \"Caen 1\"}]}", 1, 19, "\"id\": \"Caen 1\" may hold a-z 0-9 - _ . only: write \"caen-1\""},
    {"{\"sites\": [{\"id\": \"-\"}]}", 1, 19, "\"id\": \"-\" may hold a-z 0-9 - _ . only, and begins with a letter or digit"},
    {"{\"sites\": [{\"id\": \"a\"},\n{\"id\": \"a\"}]}", 2, 8, "site \"a\" stands in line 1 already: each needs its own"},
    {"{\"sites\": [{\"id\": \"a\", \"lat\": 91}]}", 1, 31, "\"lat\" is 91, but must be from -90 to 90"},
    {"{\"sites\": [{\"id\": \"a\", \"hours\": \"8-20\"}]}", 1, 33, "\"hours\": \"8-20\" is not understood near \"8-20\": a time is written 08:00, from 00:00 to 24:00"},
};

static const struct sample machines[] = {
    {MACHINE("\"model\": \"ender-3\""), 2, 14, "\"port\" is missing (machine \"p1\")"},
    {MACHINE("\"model\": \"ender3\", \"port\": \"/dev/a\""), 3, 10, "unknown model \"ender3\": did you mean \"ender-3\"?"},
    {MACHINE("\"model\": \"xyz\", \"port\": \"/dev/a\""), 3, 10, "unknown model \"xyz\": there are cr-10, ender-3, grbl-600x400, grbl-900x600, marlin-laser, prusa-mk3, ramps, smoothie-laser, ultimaker-2"},
    {"{" SITE "\"machines\": [{\"id\": \"p1\", \"site\": \"can\", \"model\": \"ramps\", \"port\": \"/dev/a\"}]}", 2, 35, "unknown site \"can\": did you mean \"caen\"?"},
    {"{\"machines\": [{\"id\": \"p1\", \"site\": \"can\", \"model\": \"ramps\", \"port\": \"/dev/a\"}]}", 1, 36, "unknown site \"can\": add it to \"sites\""},
    {PRINTER("\"baud\": 11520"), 4, 9, "\"baud\" 11520 is not a rate serial ports use: did you mean \"115200\"?"},
    {PRINTER("\"baud\": 300"), 4, 9, "\"baud\" is 300, but must be from 1200 to 2000000"},
    {PRINTER("\"bauds\": 115200"), 4, 1, "unknown key \"bauds\": did you mean \"baud\"?"},
    {PRINTER("\"profile\": {\"bed_max\": 3}"), 4, 13, "unknown key \"bed_max\": did you mean \"bed_max_c\"?"},
    {PRINTER("\"profile\": {\"id\": \"x\"}"), 4, 13, "unknown key \"id\": known here are dialect, flavour, baud, min_mm, max_mm, bed_mm, nozzle_mm, filament_mm, tools, nozzle_max_c, bed_max_c ..."},
    {PRINTER("\"profile\": {\"nozzle_max_c\": 900}"), 4, 29, "\"nozzle_max_c\" is 900, but must be from 0 to 500"},
    {PRINTER("\"profile\": {\"min_mm\": {\"x\": 300}}"), 4, 12, "\"max_mm\" must lie above \"min_mm\" on axis x (300 to 235)"},
    {PRINTER("\"profile\": {\"dialect\": \"grbl\"}"), 4, 24, "\"dialect\": a printer cannot speak \"grbl\": did you mean \"marlin\"?"},
    {PRINTER("\"profile\": {\"allow\": \"M42\"}"), 4, 22, "\"allow\" needs \"allow_why\": who allows these commands, and why"},
    {PRINTER("\"profile\": {\"allow\": \"42\", \"allow_why\": \"x\"}"), 4, 22, "\"allow\": \"42\" must be commands with blanks between: \"M907 M42\""},
    {MACHINE("\"model\": \"ramps\", \"port\": \"ttyUSB0\""), 3, 27, "\"port\": \"ttyUSB0\" is no path: write \"/dev/ttyUSB0\""},
    {MACHINE("\"model\": \"ramps\", \"port\": \"COM3\""), 3, 27, "\"port\": \"COM3\" is no port: write a path (/dev/serial/by-id/...), \"usb:VID:PID\" or \"tcp://HOST:PORT\" (usine ports shows them)"},
    {MACHINE("\"model\": \"ramps\", \"port\": \"usb:2c99\""), 3, 27, "\"port\": \"usb:2c99\" is no USB identity: write \"usb:2c99:0002\" or \"usb:2c99:0002:SERIAL\" (usine ports shows them)"},
    {MACHINE("\"model\": \"ramps\", \"port\": \"tcp://host\""), 3, 27, "\"port\": \"tcp://host\" is no network port: write \"tcp://10.0.0.9:8080\""},
    {MACHINE("\"model\": \"ramps\", \"port\": \"/dev/a\"},\n{\"id\": \"p2\", \"site\": \"caen\", \"model\": \"ramps\", \"port\": \"/dev/a\""), 4, 56, "port \"/dev/a\" stands in line 3 already: each needs its own"},
    {MACHINE("\"model\": \"ramps\", \"port\": \"usb:2c99:0002\"},\n{\"id\": \"p2\", \"site\": \"caen\", \"model\": \"ramps\", \"port\": \"usb:2C99:0002\""), 4, 56, "port \"usb:2C99:0002\" stands in line 3 already: each needs its own"},
    {MACHINE("\"model\": \"ramps\", \"port\": \"/dev/a\"},\n{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"ramps\", \"port\": \"/dev/b\""), 4, 8, "machine \"p1\" stands in line 2 already: each needs its own"},
    {"{\"role\": \"hub\", " SITE "\"machines\": [{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"ramps\", \"port\": \"/dev/a\"}]}", 2, 1, "role \"hub\" has no machines: use \"standalone\", or give them to sites"},
    {MODEL("\"extends\": \"ender-3\""), 2, 1, "\"extends\" is given twice: it stands in line 1 already"},
    {MODEL("\"kind\": \"laser\", \"s_max\": 255"), 1, 13, "\"dialect\": a laser cannot speak \"marlin\": did you mean \"marlin-laser\"?"},
    {"{\"models\": [{\"extends\": \"ender-3\"}]}", 1, 13, "\"id\" is missing"},
    {"{\"models\": [{\"id\": \"a\", \"extends\": \"b\"}]}", 1, 36, "unknown model \"b\": there are cr-10, ender-3, grbl-600x400, grbl-900x600, marlin-laser, prusa-mk3, ramps, smoothie-laser, ultimaker-2"},
    {"{\"models\": [{\"id\": \"a\", \"extends\": \"ramps\"},\n{\"id\": \"a\", \"extends\": \"ramps\"}]}", 2, 8, "this model id stands in line 1 already"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": {\"a\": 0}}]}", 1, 42, "a kit takes 1 to 10000 pieces of a part, whole ones"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": {\"A\": 1}}]}", 1, 37, "a part's id may hold a-z 0-9 - _ . only, 63 at most"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": {\"a\": 1, \"a\": 1}}]}", 1, 45, "part \"a\" is given twice"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": {\"w\": 1}}, {\"id\": \"w\", \"parts\": {\"v\": 2, \"a\": 1}}]}", 1, 27, "product \"v\" holds itself, through the products in it"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": {\"v\": 1}}]}", 1, 27, "product \"v\" holds itself, through the products in it"},
    {"{\"products\": [{\"id\": \"u\", \"parts\": {\"a\": 10000}}, {\"id\": \"v\", \"parts\": {\"u\": 101}}]}", 1, 63, "a kit of \"v\" would hold more than a million pieces"},
    {"{\"parts\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"products\": [{\"id\": \"a\", \"parts\": {\"b\": 1}}]}", 1, 59, "\"a\" is a part already: a product needs an id of its own"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": {}}]}", 1, 36, "a product has 1 to 64 parts"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": 5}]}", 1, 36, "\"parts\" must be an object or a list, not a number"},
    {"{\"parts\": [{\"id\": \"ecran\"}], \"products\": [{\"id\": \"v\", \"parts\": {\"ecrans\": 1}}]}", 1, 65, "unknown part \"ecrans\": did you mean \"ecran\"?"},
    {"{\"products\": [{\"id\": \"v\", \"parts\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}]}", 1, 57, "part \"a\" is described twice: describe it once, and name it in the other product as {\"a\": 1}"},
};
/* clang-format on */

/* Each text has this one fault, at this place, in these words. */
static void check(const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct config_faults faults;
        struct config *config = NULL;
        const struct config_fault *first;

        assert_int_equal(
            config_parse("t.json", samples[i].text, strlen(samples[i].text), &config, &faults),
            ERR_INVALID);
        assert_null(config);
        first = &faults.items[0];
        if (faults.count != 1 || first->line != samples[i].line ||
            first->column != samples[i].column || strcmp(first->text, samples[i].fault) != 0) {
            for (size_t k = 0; k < faults.count; k++)
                print_error("%d:%d: %s\n", faults.items[k].line, faults.items[k].column,
                            faults.items[k].text);
            fail_msg("wanted %d:%d: %s\nfor %s", samples[i].line, samples[i].column,
                     samples[i].fault, samples[i].text);
        }
        config_faults_finish(&faults);
    }
}

static void slips_of_grammar_are_told_where_they_stand(void **state)
{
    (void)state;
    check(grammar, sizeof grammar / sizeof *grammar);
}

static void every_option_is_checked_with_a_hint(void **state)
{
    (void)state;
    check(options, sizeof options / sizeof *options);
}

static void machines_models_and_products_must_fit_together(void **state)
{
    (void)state;
    check(machines, sizeof machines / sizeof *machines);
}

static void all_faults_come_in_one_pass_in_order_of_place(void **state)
{
    static const char text[] = "{\n \"rol\": 1,\n \"sites\": [{\"id\": \"A\"}],\n \"watch\": 3,\n}";
    struct config_faults faults;
    struct config *config;

    (void)state;
    assert_int_equal(config_parse("t", text, strlen(text), &config, &faults), ERR_INVALID);
    assert_int_equal(faults.count, 4);
    for (int i = 0; i < 3; i++)
        assert_int_equal(faults.items[i].line, i + 2);
    assert_int_equal(faults.items[3].column, 12);
    config_faults_finish(&faults);
}

/* As /dev/serial/by-id/… and /dev/serial/by-path/… of one adapter. */
static void one_port_under_two_names_is_told(void **state)
{
    static const char form[] = MACHINE("\"model\": \"ramps\", \"port\": \"%s/by-id\"},\n"
                                       "{\"id\": \"p2\", \"site\": \"caen\","
                                       " \"model\": \"ramps\", \"port\": \"%s/by-path\"");
    char folder[] = "/tmp/usine-ports-XXXXXX", path[2][64], text[400];
    struct config_faults faults;
    struct config *config;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path[0], sizeof path[0], "%s/by-id", folder);
    snprintf(path[1], sizeof path[1], "%s/by-path", folder);
    assert_int_equal(symlink("/dev/null", path[0]), 0);
    assert_int_equal(symlink("/dev/null", path[1]), 0);
    snprintf(text, sizeof text, form, folder, folder);
    assert_int_equal(config_parse("t", text, strlen(text), &config, &faults), ERR_INVALID);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.items[0].line, 4);
    assert_non_null(strstr(faults.items[0].text, "is that of line 3 under another name"));
    assert_non_null(strstr(faults.items[0].text, "(both are /dev/null)"));
    config_faults_finish(&faults);
    unlink(path[1]); /* not plugged in: nothing can be told */
    assert_int_equal(config_parse("t", text, strlen(text), &config, &faults), ERR_OK);
    config_faults_finish(&faults);
    config_unref(config);
    unlink(path[0]);
    rmdir(folder);
}

static void a_missing_file_and_a_folder_are_told_plainly(void **state)
{
    struct config_faults faults;
    struct config *config;

    (void)state;
    assert_int_equal(config_load("/nowhere/x.json", &config, &faults), ERR_NOT_FOUND);
    assert_string_equal(faults.file, "/nowhere/x.json");
    assert_string_equal(faults.items[0].text, "cannot be read: No such file or directory");
    config_faults_finish(&faults);
    assert_int_equal(config_load("/tmp", &config, &faults), ERR_DISK);
    assert_string_equal(faults.items[0].text, "cannot be read: it is a folder");
    config_faults_finish(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_grammar_are_told_where_they_stand),
        cmocka_unit_test(every_option_is_checked_with_a_hint),
        cmocka_unit_test(machines_models_and_products_must_fit_together),
        cmocka_unit_test(all_faults_come_in_one_pass_in_order_of_place),
        cmocka_unit_test(one_port_under_two_names_is_told),
        cmocka_unit_test(a_missing_file_and_a_folder_are_told_plainly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
