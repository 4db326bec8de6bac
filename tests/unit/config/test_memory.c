/* SPDX-License-Identifier: Apache-2.0 */
/* The Nth allocation of cJSON fails, for every N: the call says so, and nothing is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "config/load.h"
#include "config/rewrite.h"
#include "config/schema.h"

static const char text[] =
    "{\"sites\": [{\"id\": \"s\"}], \"listen\": [\":1\"], \"products\": [{\"id\": \"p\", \"parts\":"
    "[{\"id\": \"a\"}]}], \"machines\": [{\"id\": \"m\", \"site\": \"s\", \"model\": \"ramps\","
    "\"port\": \"/dev/a\", \"profile\": {\"max_mm\": {\"x\": 300}}}]}";

/* Hooks of cJSON take no context: the countdown has to be reachable from nowhere. It stands in the
 * environment, where no variable of ours is needed. */
static void *failing_malloc(size_t size)
{
    char number[16];
    int left = atoi(getenv("ALLOCATIONS_LEFT"));

    if (left == 0)
        return NULL;
    snprintf(number, sizeof number, "%d", left - 1);
    setenv("ALLOCATIONS_LEFT", number, 1);
    return malloc(size);
}

static void fail_after(int n)
{
    char number[16];
    cJSON_Hooks hooks = {.malloc_fn = failing_malloc, .free_fn = free};

    snprintf(number, sizeof number, "%d", n);
    setenv("ALLOCATIONS_LEFT", number, 1);
    cJSON_InitHooks(&hooks);
}

static enum err load_with(int n)
{
    struct config_faults faults;
    struct config *config = NULL;
    enum err err;

    fail_after(n);
    err = config_parse("t", text, sizeof text - 1, &config, &faults);
    cJSON_InitHooks(NULL);
    assert_true((err == ERR_OK) == (config != NULL));
    assert_true(err == ERR_OK || faults.count == 1);
    config_faults_finish(&faults);
    config_unref(config);
    return err;
}

static enum err schema_with(int n)
{
    char *schema = NULL;
    enum err err;

    fail_after(n);
    err = config_schema(&schema);
    cJSON_InitHooks(NULL);
    assert_true((err == ERR_OK) == (schema != NULL));
    free(schema);
    return err;
}

static enum err rewrite_with(int n)
{
    struct config_rewrite changes = {.socket = "/a", .state = "/b", .listen = ":1"};
    char why[256];
    enum err err;

    fail_after(n);
    err = config_rewrite("config/examples/small.json", "/tmp/usine-memory.json", &changes, why,
                         sizeof why);
    cJSON_InitHooks(NULL);
    remove("/tmp/usine-memory.json");
    return err;
}

/* Grows n by `step` until the call succeeds; before that, each failure is told as such. */
static void survives(enum err (*call)(int n), int step)
{
    int n = 0;
    enum err err = call(n);

    assert_int_equal(err, ERR_NO_MEMORY);
    for (; err == ERR_NO_MEMORY; err = call(n))
        n += step;
    assert_int_equal(err, ERR_OK);
    assert_true(n > 20);
}

static void loading_survives_every_failed_allocation(void **state)
{
    (void)state;
    survives(load_with, 5);
}

static void the_schema_survives_every_failed_allocation(void **state)
{
    (void)state;
    survives(schema_with, 13);
}

static void rewriting_survives_every_failed_allocation(void **state)
{
    (void)state;
    survives(rewrite_with, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_survives_every_failed_allocation),
        cmocka_unit_test(the_schema_survives_every_failed_allocation),
        cmocka_unit_test(rewriting_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
