/* SPDX-License-Identifier: Apache-2.0 */
/* The schema is the options table: the committed copy is what the code generates. The examples are
 * validated against it by tests/unit/config/validate.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "config/schema.h"

#define COPY "config/config.schema.json"

static char *read_copy(void)
{
    char *text = calloc(1, 1 << 20);
    FILE *file = fopen(COPY, "r");

    if (file != NULL) {
        assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
        fclose(file);
    }
    return text;
}

static void the_committed_copy_is_the_generated_schema(void **state)
{
    char *made, *copy = read_copy();
    FILE *file;

    (void)state;
    assert_int_equal(config_schema(&made), ERR_OK);
    if (strcmp(made, copy) != 0 && getenv("USINE_BLESS") != NULL) {
        file = fopen(COPY, "w");
        assert_non_null(file);
        fputs(made, file);
        fclose(file);
    } else if (strcmp(made, copy) != 0) {
        fail_msg(COPY " is not what the options table says: run this test with USINE_BLESS=1, "
                      "look at the difference and commit it");
    }
    free(copy);
    free(made);
}

static void every_option_explains_itself(void **state)
{
    char *made;
    size_t at;
    cJSON *root, *option;

    (void)state;
    assert_int_equal(config_schema(&made), ERR_OK);
    root = json_parse(made, strlen(made), &at);
    assert_non_null(root);
    cJSON_ArrayForEach(option, cJSON_GetObjectItem(root, "properties"))
    {
        const char *help = cJSON_GetStringValue(cJSON_GetObjectItem(option, "description"));

        assert_non_null(help);
        assert_true(strlen(help) > 10);
    }
    cJSON_Delete(root);
    free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committed_copy_is_the_generated_schema),
        cmocka_unit_test(every_option_explains_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
