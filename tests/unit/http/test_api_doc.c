/* SPDX-License-Identifier: Apache-2.0 */
/* docs/api.md is what the command table says. USINE_WRITE_DOCS=1 writes it anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/command.h"
#include "http/api_doc.h"

static const char path[] = "docs/api.md";

static void the_document_is_current(void **state)
{
    char *made = NULL, *kept = NULL;
    size_t made_size, kept_size;
    FILE *out = open_memstream(&made, &made_size);
    FILE *file;

    (void)state;
    api_markdown(command_table, out);
    fclose(out);
    if (getenv("USINE_WRITE_DOCS") != NULL) {
        file = fopen(path, "w");
        assert_non_null(file);
        fwrite(made, 1, made_size, file);
        fclose(file);
    }
    file = fopen(path, "r");
    assert_non_null(file);
    out = open_memstream(&kept, &kept_size);
    for (int c; (c = fgetc(file)) != EOF;)
        fputc(c, out);
    fclose(out);
    fclose(file);
    assert_string_equal(kept, made);
    free(made);
    free(kept);
}

static void openapi_names_every_row_and_its_fields(void **state)
{
    cJSON *api = api_openapi(command_table);
    const cJSON *paths = cJSON_GetObjectItemCaseSensitive(api, "paths");
    int operations = 0, rows = 0;
    const cJSON *item, *add, *schema;

    (void)state;
    cJSON_ArrayForEach(item, paths) operations += cJSON_GetArraySize(item);
    while (command_table[rows] != NULL)
        rows++;
    assert_int_equal(operations, rows);
    add = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(paths, "/api/v1/jobs"),
                                           "post");
    schema = cJSON_GetObjectItemCaseSensitive(add, "requestBody");
    schema = cJSON_GetObjectItemCaseSensitive(schema, "content");
    schema = cJSON_GetObjectItemCaseSensitive(schema, "application/json");
    schema = cJSON_GetObjectItemCaseSensitive(schema, "schema");
    assert_non_null(cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(schema, "properties"), "quantity"));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(schema, "required")), 2);
    cJSON_Delete(api);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_is_current),
        cmocka_unit_test(openapi_names_every_row_and_its_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
