/* SPDX-License-Identifier: Apache-2.0 */
/* A rewritten config loads, has the new ports and paths, and keeps all else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/diff.h"
#include "config/rewrite.h"

struct ports {
    char text[128];
    const char *keep; /* this machine keeps its port */
};

static const char *port_of(void *context, const char *machine)
{
    struct ports *ports = context;

    if (ports->keep != NULL && strcmp(machine, ports->keep) == 0)
        return NULL;
    snprintf(ports->text, sizeof ports->text, "/tmp/sim/%s", machine);
    return ports->text;
}

static int make_folder(void **state)
{
    char *folder = strdup("/tmp/usine-rewrite-XXXXXX");

    *state = mkdtemp(folder);
    return *state == NULL;
}

static int remove_folder(void **state)
{
    char path[128];

    snprintf(path, sizeof path, "%s/config.json", (char *)*state);
    unlink(path);
    rmdir(*state);
    free(*state);
    return 0;
}

static struct config *load(const char *path)
{
    struct config_faults faults;
    struct config *config = NULL;

    assert_int_equal(config_load(path, &config, &faults), ERR_OK);
    config_faults_finish(&faults);
    return config;
}

static void every_machine_gets_its_new_port(void **state)
{
    const char *source = "config/examples/normandie.json";
    struct ports ports = {.keep = "caen-l01"};
    struct config_rewrite changes = {.port = port_of,
                                     .context = &ports,
                                     .socket = "/tmp/sim/usine.sock",
                                     .state = "/tmp/sim/state",
                                     .listen = "127.0.0.1:9999"};
    char target[128], why[256];
    struct config *before = load(source), *after;

    snprintf(target, sizeof target, "%s/config.json", (char *)*state);
    assert_int_equal(config_rewrite(source, target, &changes, why, sizeof why), ERR_OK);
    after = load(target);
    assert_int_equal(after->machine_count, 80);
    assert_string_equal(config_machine(after, "caen-p01")->port, "/tmp/sim/caen-p01");
    assert_string_equal(config_machine(after, "caen-l01")->port,
                        config_machine(before, "caen-l01")->port);
    assert_string_equal(after->socket, "/tmp/sim/usine.sock");
    assert_string_equal(after->state, "/tmp/sim/state");
    assert_int_equal(after->listen_count, 1);
    assert_string_equal(after->listen[0], "127.0.0.1:9999");
    config_diff_words(before, after, why, sizeof why);
    assert_non_null(strstr(why, "79 machines changed"));
    assert_non_null(strstr(why, "; listen, socket, state need a restart"));
    assert_null(strstr(why, "sites"));
    config_unref(before);
    config_unref(after);
}

static void what_is_not_given_stays_and_relative_paths_still_lead_there(void **state)
{
    struct config_rewrite changes = {.listen = ""};
    char source[128], target[128], why[256], wanted[160];
    struct config *after;
    FILE *file;

    snprintf(source, sizeof source, "%s/source.json", (char *)*state);
    snprintf(target, sizeof target, "%s/config.json", (char *)*state);
    file = fopen(source, "w");
    fputs("{ // a comment\n \"state\": \"here\", \"hub\": {\"url\": \"https://h\", \"ca\": "
          "\"ca.pem\"},"
          " \"role\": \"site\", \"socket\": \"/run/s\" }\n",
          file);
    fclose(file);
    assert_int_equal(config_rewrite(source, target, &changes, why, sizeof why), ERR_OK);
    unlink(source);
    after = load(target);
    snprintf(wanted, sizeof wanted, "%s/here", (char *)*state);
    assert_string_equal(after->state, wanted);
    snprintf(wanted, sizeof wanted, "%s/ca.pem", (char *)*state);
    assert_string_equal(after->hub.ca, wanted);
    assert_string_equal(after->socket, "/run/s");
    assert_int_equal(after->listen_count, 0);
    config_unref(after);
}

static void what_goes_wrong_is_told_with_its_place(void **state)
{
    struct config_rewrite changes = {.port = NULL};
    char source[128], why[256], wanted[256];
    FILE *file;

    assert_int_equal(config_rewrite("/nowhere/a.json", "/tmp/b", &changes, why, sizeof why),
                     ERR_NOT_FOUND);
    assert_string_equal(why, "/nowhere/a.json: cannot be read: No such file or directory");
    assert_int_equal(
        config_rewrite("config/examples/small.json", "/nowhere/b.json", &changes, why, sizeof why),
        ERR_DISK);
    assert_non_null(strstr(why, "/nowhere/b.json: cannot be written"));
    snprintf(source, sizeof source, "%s/bad.json", (char *)*state);
    file = fopen(source, "w");
    fputs("{\n  \"sites\" [] }", file);
    fclose(file);
    assert_int_equal(config_rewrite(source, "/tmp/b", &changes, why, sizeof why), ERR_INVALID);
    unlink(source);
    snprintf(wanted, sizeof wanted, "%s:2:11: expected a colon after the name", source);
    assert_non_null(strstr(why, wanted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_machine_gets_its_new_port),
        cmocka_unit_test(what_is_not_given_stays_and_relative_paths_still_lead_there),
        cmocka_unit_test(what_goes_wrong_is_told_with_its_place),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
