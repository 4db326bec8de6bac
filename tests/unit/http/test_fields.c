/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "http/fields.h"

static const struct json_field rows[] = {
    {.name = "name", .type = JSON_STRING, .size = 16},
    {.name = "limit", .type = JSON_INTEGER},
    {.name = "all", .type = JSON_BOOLEAN},
    {.name = "model", .type = JSON_ANY},
};
static const struct command command = {
    .name = "x", .route = "GET /x", .fields = rows, .field_count = 4};

static void query_members_become_what_the_row_says(void **state)
{
    cJSON *object = cJSON_CreateObject();
    char *text;

    (void)state;
    assert_int_equal(fields_add_query(object, &command, "name", "12"), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "limit", "12"), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "all", NULL), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "model", "a"), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "model", "b"), ERR_OK);
    text = cJSON_PrintUnformatted(object);
    assert_string_equal(text,
                        "{\"name\":\"12\",\"limit\":12,\"all\":true,\"model\":[\"a\",\"b\"]}");
    cJSON_free(text);
    cJSON_Delete(object);
}

static void what_is_no_number_stays_text_so_that_it_is_refused(void **state)
{
    static const char *const values[] = {"", "x", "1x", "0x10", "nan", "inf", "1 "};

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        cJSON *object = cJSON_CreateObject();

        assert_int_equal(fields_add_query(object, &command, "limit", values[i]), ERR_OK);
        assert_true(cJSON_IsString(cJSON_GetObjectItem(object, "limit")));
        cJSON_Delete(object);
    }
}

static void unknown_members_are_kept_and_bad_bytes_and_floods_refused(void **state)
{
    cJSON *object = cJSON_CreateObject();

    (void)state;
    assert_int_equal(fields_add_query(object, &command, "colour", "red"), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "name", "\xff"), ERR_BAD_REQUEST);
    assert_int_equal(fields_add_query(object, &command, "\xc0", "a"), ERR_BAD_REQUEST);
    for (int i = 0; i < FIELDS_QUERY_MAX; i++)
        assert_int_equal(fields_add_query(object, &command, "model", "m"), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "model", "m"), ERR_BAD_REQUEST);
    while (cJSON_GetArraySize(object) < FIELDS_QUERY_MAX)
        assert_int_equal(fields_add_query(object, &command, "x", "1"), ERR_OK);
    assert_int_equal(fields_add_query(object, &command, "x", "1"), ERR_BAD_REQUEST);
    cJSON_Delete(object);
}

static void a_body_is_an_object_or_says_where_it_goes_wrong(void **state)
{
    cJSON *object;
    char text[200];

    (void)state;
    assert_int_equal(fields_read_body(NULL, 0, &object, text, sizeof text), ERR_OK);
    assert_int_equal(cJSON_GetArraySize(object), 0);
    cJSON_Delete(object);
    assert_int_equal(fields_read_body("{\"a\": }", 7, &object, text, sizeof text), ERR_BAD_REQUEST);
    assert_non_null(strstr(text, "byte 7"));
    assert_int_equal(fields_read_body("[1]", 3, &object, text, sizeof text), ERR_BAD_REQUEST);
    assert_non_null(strstr(text, "object"));
}

static void members_that_a_row_does_not_have_can_be_left_out(void **state)
{
    cJSON *object = cJSON_Parse("{\"select\": 1, \"name\": \"a\", \"userdata\": {}, \"x\": 2}");

    (void)state;
    fields_keep_known(object, &command);
    assert_int_equal(cJSON_GetArraySize(object), 1);
    assert_true(cJSON_HasObjectItem(object, "name"));
    fields_keep_known(object, &command);
    assert_int_equal(cJSON_GetArraySize(object), 1);
    cJSON_Delete(object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(query_members_become_what_the_row_says),
        cmocka_unit_test(what_is_no_number_stays_text_so_that_it_is_refused),
        cmocka_unit_test(unknown_members_are_kept_and_bad_bytes_and_floods_refused),
        cmocka_unit_test(a_body_is_an_object_or_says_where_it_goes_wrong),
        cmocka_unit_test(members_that_a_row_does_not_have_can_be_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
