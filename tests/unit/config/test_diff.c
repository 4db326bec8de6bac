/* SPDX-License-Identifier: Apache-2.0 */
/* A reload touches the machines that changed, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "config/diff.h"

#define SITES "\"sites\": [{\"id\": \"caen\"}], "
#define P01 "{\"id\": \"p01\", \"site\": \"caen\", \"model\": \"ender-3\", \"port\": \"/dev/a\"}"
#define P02 "{\"id\": \"p02\", \"site\": \"caen\", \"model\": \"ender-3\", \"port\": \"/dev/b\"}"

static struct config *parse(const char *text)
{
    struct config_faults faults;
    struct config *config = NULL;
    enum err err = config_parse("test", text, strlen(text), &config, &faults);

    if (faults.count > 0)
        print_message("%d:%d: %s\n", faults.items[0].line, faults.items[0].column,
                      faults.items[0].text);
    assert_int_equal(err, ERR_OK);
    config_faults_finish(&faults);
    return config;
}

/* Asserts what the words say of the way from one text to the other. */
static void says(const char *before, const char *after, const char *wanted)
{
    char text[512];
    struct config *from = parse(before), *to = parse(after);

    config_diff_words(from, to, text, sizeof text);
    assert_string_equal(text, wanted);
    config_unref(from);
    config_unref(to);
}

static void only_the_swapped_machine_has_changed(void **state)
{
    struct config *from = parse("{" SITES "\"machines\": [" P01 ", " P02 "]}");
    struct config *to =
        parse("{" SITES "\"machines\": [" P01 ", {\"id\": \"p02\", \"site\": \"caen\","
              "\"model\": \"cr-10\", \"port\": \"/dev/b\"}, {\"id\": \"p03\", \"site\": \"caen\","
              "\"model\": \"ramps\", \"port\": \"/dev/c\"}]}");

    (void)state;
    assert_int_equal(config_diff_machine(from, to, "p01"), CONFIG_SAME);
    assert_int_equal(config_diff_machine(from, to, "p02"), CONFIG_CHANGED);
    assert_int_equal(config_diff_machine(from, to, "p03"), CONFIG_ADDED);
    assert_int_equal(config_diff_machine(to, from, "p03"), CONFIG_REMOVED);
    assert_int_equal(config_diff_machine(NULL, to, "p01"), CONFIG_ADDED);
    assert_int_equal(config_diff_machine(from, NULL, "p01"), CONFIG_REMOVED);
    assert_int_equal(config_diff_machine(from, to, "p99"), CONFIG_SAME);
    config_unref(from);
    config_unref(to);
}

static void a_changed_model_changes_its_machines(void **state)
{
    const char *before = "{" SITES "\"machines\": [" P01 "]}";
    const char *after = "{" SITES "\"machines\": [" P01 "], \"models\": [{\"id\": \"ender-3\","
                        "\"extends\": \"ender-3\", \"nozzle_mm\": 0.6}]}";

    (void)state;
    says(before, after, "1 machine changed (p01)");
}

static void order_and_comments_change_nothing(void **state)
{
    (void)state;
    says("{" SITES "\"machines\": [" P01 ", " P02 "]}",
         "{ /* swapped */ \"machines\": [" P02 ", " P01 "], " SITES " \"watch\": true}",
         "nothing changed");
}

static void the_words_name_machines_options_and_restarts(void **state)
{
    (void)state;
    says("{" SITES "\"machines\": [" P01 "]}",
         "{" SITES "\"machines\": [" P02 "], \"target_per_day\": 5, \"listen\": [],"
         "\"store\": \"sqlite:b.db\"}",
         "1 machine added (p02), 1 machine removed (p01); target_per_day changed; listen, store "
         "need a restart");
    says("{}", "{\"socket\": \"/tmp/s\"}", "socket needs a restart");
    says("{\"products\": [{\"id\": \"a\", \"parts\": {\"x\": 1}}]}",
         "{\"products\": [{\"id\": \"a\", \"parts\": {\"x\": 2}}]}", "products changed");
    says("{\"sites\": [{\"id\": \"a\", \"hours\": \"24/7\"}]}",
         "{\"sites\": [{\"id\": \"a\", \"hours\": \"08:00-20:00\"}]}", "sites changed");
}

static void words_end_where_the_room_ends(void **state)
{
    struct config *from = parse("{}");
    struct config *to = parse("{" SITES "\"machines\": [" P01 ", " P02 "]}");
    char text[64];

    (void)state;
    for (size_t size = 0; size < sizeof text; size++) {
        memset(text, '#', sizeof text);
        config_diff_words(from, to, text, size);
        assert_true(size == 0 || memchr(text, '\0', size) != NULL);
        assert_int_equal(text[size], '#');
    }
    config_unref(from);
    config_unref(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_swapped_machine_has_changed),
        cmocka_unit_test(a_changed_model_changes_its_machines),
        cmocka_unit_test(order_and_comments_change_nothing),
        cmocka_unit_test(the_words_name_machines_options_and_restarts),
        cmocka_unit_test(words_end_where_the_room_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
