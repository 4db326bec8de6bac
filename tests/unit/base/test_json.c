/* SPDX-License-Identifier: Apache-2.0 */
/* Promise: whatever JSON comes, a field table fills a struct or says which field is wrong and why.
 */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct order {
    char part[8];
    int64_t quantity;
    double ratio;
    bool hold;
    const cJSON *any;
};

static const struct json_field fields[] = {
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct order, part),
     .size = 8,
     .required = true,
     .min = 1},
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct order, quantity),
     .min = 1,
     .max = 1000,
     .preset = "5"},
    {.name = "ratio", .type = JSON_NUMBER, .offset = offsetof(struct order, ratio)},
    {.name = "hold",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct order, hold),
     .preset = "true"},
    {.name = "any", .type = JSON_ANY, .offset = offsetof(struct order, any)},
};

static const struct json_table table = {fields, sizeof fields / sizeof fields[0],
                                        sizeof(struct order)};

static enum err read_text(const char *text, struct order *order, struct json_fault *fault)
{
    size_t at;
    cJSON *json = json_parse(text, strlen(text), &at);
    enum err err;

    assert_non_null(json);
    err = json_read(json, &table, order, fault);
    order->any = NULL; /* the document goes */
    cJSON_Delete(json);
    return err;
}

static void good_object_fills_the_struct_and_its_defaults(void **state)
{
    struct order order;
    struct json_fault fault;

    (void)state;
    assert_int_equal(read_text("{\"part\":\"visor\",\"ratio\":0.5}", &order, &fault), ERR_OK);
    assert_string_equal(order.part, "visor");
    assert_int_equal(order.quantity, 5);
    assert_true(order.hold);
    assert_float_equal(order.ratio, 0.5, 0);
    assert_int_equal(read_text("{\"part\":\"v\",\"quantity\":null,\"hold\":false}", &order, &fault),
                     ERR_OK);
    assert_int_equal(order.quantity, 5);
    assert_false(order.hold);
}

static void each_wrong_member_is_named(void **state)
{
    static const struct {
        const char *text, *field, *says;
    } cases[] = {
        {"[]", NULL, "must be a JSON object"},
        {"{}", "part", "missing"},
        {"{\"part\":null}", "part", "text"},
        {"{\"part\":3}", "part", "text"},
        {"{\"part\":\"\"}", "part", "empty"},
        {"{\"part\":\"12345678\"}", "part", "longer"},
        {"{\"part\":\"a\\nb\"}", "part", "control"},
        {"{\"part\":\"a\",\"part\":\"b\"}", "part", "twice"},
        {"{\"part\":\"a\",\"Part\":\"b\"}", NULL, "unknown field \"Part\""},
        {"{\"part\":\"a\",\"quantity\":0}", "quantity", "from 1 to 1000"},
        {"{\"part\":\"a\",\"quantity\":1.5}", "quantity", "whole"},
        {"{\"part\":\"a\",\"quantity\":\"7\"}", "quantity", "number"},
        {"{\"part\":\"a\",\"ratio\":1e400}", "ratio", "number"},
        {"{\"part\":\"a\",\"hold\":1}", "hold", "true or false"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct order order;
        struct json_fault fault;

        assert_int_equal(read_text(cases[i].text, &order, &fault), ERR_INVALID);
        if (cases[i].field == NULL)
            assert_null(fault.field);
        else
            assert_string_equal(fault.field, cases[i].field);
        assert_non_null(strstr(fault.text, cases[i].says));
    }
}

static void syntax_faults_say_where(void **state)
{
    static const struct {
        const char *text;
        size_t at;
    } cases[] = {{"{\"a\":1,}", 7}, {"{\"a\" 1}", 5}, {"{} x", 3}};
    size_t at;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_null(json_parse(cases[i].text, strlen(cases[i].text), &at));
        assert_in_range(at, cases[i].at, cases[i].at + 1); /* cJSON points at or just after it */
    }
    assert_null(json_parse("\"\xff\"", 3, &at));
    assert_null(json_parse("", 0, &at));
}

static void a_text_is_never_cut_at_an_escaped_nul(void **state)
{
    static const char cut[] = "{\"a\": \"x\\u0000y\"}", name[] = "{\"a\\u0000\": 1}";
    static const char plain[] = "{\"a\": \"x\\\\u0000 \\u00e9\"}"; /* a backslash, then letters */
    cJSON *value;
    size_t at;

    (void)state;
    assert_null(json_parse(cut, strlen(cut), &at));
    assert_int_equal(at, 8);
    assert_null(json_parse(name, strlen(name), &at));
    assert_int_equal(at, 3);
    value = json_parse(plain, strlen(plain), &at);
    assert_string_equal(cJSON_GetObjectItem(value, "a")->valuestring, "x\\u0000 \303\251");
    cJSON_Delete(value);
}

static void utf8_is_checked_to_the_letter(void **state)
{
    (void)state;
    assert_true(
        json_utf8("Hérouville — \xf0\x9f\x8f\xad", strlen("Hérouville — \xf0\x9f\x8f\xad")));
    assert_false(json_utf8("\xc0\x80", 2));         /* overlong */
    assert_false(json_utf8("\xed\xa0\x80", 3));     /* surrogate */
    assert_false(json_utf8("\xf4\x90\x80\x80", 4)); /* beyond U+10FFFF */
    assert_false(json_utf8("\xe2\x82", 2));         /* cut */
    assert_false(json_utf8("a\0b", 3));             /* NUL */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_object_fills_the_struct_and_its_defaults),
        cmocka_unit_test(each_wrong_member_is_named),
        cmocka_unit_test(syntax_faults_say_where),
        cmocka_unit_test(a_text_is_never_cut_at_an_escaped_nul),
        cmocka_unit_test(utf8_is_checked_to_the_letter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
