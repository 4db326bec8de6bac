/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "commands/remember.h"

static const struct command add = {.name = "add", .route = "POST /a", .creates = true};
static const struct command other = {.name = "other", .route = "POST /b", .creates = true};

static void on_done(struct answer *answer)
{
    (void)answer;
}

struct bench {
    struct remember remember;
    cJSON *fields;
    struct asking asking;
    struct answer answer;
};

static void begin(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    remember_init(&bench->remember);
    bench->fields = cJSON_Parse("{\"n\": 1}");
    bench->asking = (struct asking){.by = "marie", .id = "", .fields = bench->fields, .key = "k"};
    bench->answer.on_done = on_done;
}

static void end(struct bench *bench)
{
    answer_finish(&bench->answer);
    cJSON_Delete(bench->fields);
    remember_finish(&bench->remember);
}

static bool ask(struct bench *bench, const struct command *command, int64_t now)
{
    answer_finish(&bench->answer);
    bench->answer = (struct answer){.on_done = on_done};
    return remember_begin(&bench->remember, command, &bench->asking, now, &bench->answer);
}

static void the_same_key_gets_the_same_answer(void **state)
{
    struct bench b;

    (void)state;
    begin(&b);
    assert_false(ask(&b, &add, 0));
    answer_created(&b.answer, cJSON_Parse("{\"id\": 7}"));
    assert_true(ask(&b, &add, 1000));
    assert_int_equal(b.answer.status, 201);
    assert_string_equal(b.answer.text, "{\"id\":7}");
    end(&b);
}

static void a_key_belongs_to_one_command_and_one_asker(void **state)
{
    struct bench b;

    (void)state;
    begin(&b);
    assert_false(ask(&b, &add, 0));
    answer_created(&b.answer, cJSON_Parse("{}"));
    assert_false(ask(&b, &other, 0));
    answer_created(&b.answer, cJSON_Parse("{}"));
    b.asking.by = "paul";
    assert_false(ask(&b, &add, 0));
    answer_created(&b.answer, cJSON_Parse("{}"));
    end(&b);
}

static void other_fields_under_the_same_key_are_refused(void **state)
{
    struct bench b;

    (void)state;
    begin(&b);
    assert_false(ask(&b, &add, 0));
    answer_created(&b.answer, cJSON_Parse("{}"));
    cJSON_AddNumberToObject(b.fields, "m", 2);
    assert_true(ask(&b, &add, 0));
    assert_int_equal(b.answer.status, 422);
    end(&b);
}

static void a_call_under_way_is_not_started_again(void **state)
{
    struct bench b;
    struct answer second = {.on_done = on_done};

    (void)state;
    begin(&b);
    assert_false(ask(&b, &add, 0));
    assert_true(remember_begin(&b.remember, &add, &b.asking, 0, &second));
    assert_int_equal(second.status, 503);
    answer_finish(&second);
    answer_created(&b.answer, cJSON_Parse("{}"));
    end(&b);
}

static void a_failure_of_ours_may_be_tried_again(void **state)
{
    struct bench b;

    (void)state;
    begin(&b);
    assert_false(ask(&b, &add, 0));
    answer_fail(&b.answer, ERR_DISK, "full");
    assert_false(ask(&b, &add, 0));
    answer_fail(&b.answer, ERR_REFUSED, "no");
    assert_true(ask(&b, &add, 0));
    assert_int_equal(b.answer.status, 409);
    end(&b);
}

static void it_is_bounded_in_number_and_time(void **state)
{
    struct bench b;
    char key[32];

    (void)state;
    begin(&b);
    b.asking.key = key;
    for (int i = 0; i < REMEMBER_MAX + 10; i++) {
        snprintf(key, sizeof key, "k%d", i);
        assert_false(ask(&b, &add, 0));
        answer_created(&b.answer, cJSON_Parse("{}"));
    }
    assert_true(b.remember.count <= REMEMBER_MAX);
    assert_true(ask(&b, &add, REMEMBER_MS - 1));
    assert_false(ask(&b, &add, REMEMBER_MS));
    answer_created(&b.answer, cJSON_Parse("{}"));
    assert_int_equal(b.remember.count, 1);
    end(&b);
}

static void keys_have_a_sane_length(void **state)
{
    struct bench b;
    char key[REMEMBER_KEY_MAX + 2];

    (void)state;
    begin(&b);
    b.asking.key = "";
    assert_true(ask(&b, &add, 0));
    assert_int_equal(b.answer.status, 400);
    memset(key, 'x', sizeof key);
    key[sizeof key - 1] = '\0';
    b.asking.key = key;
    assert_true(ask(&b, &add, 0));
    assert_int_equal(b.answer.status, 400);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_key_gets_the_same_answer),
        cmocka_unit_test(a_key_belongs_to_one_command_and_one_asker),
        cmocka_unit_test(other_fields_under_the_same_key_are_refused),
        cmocka_unit_test(a_call_under_way_is_not_started_again),
        cmocka_unit_test(a_failure_of_ours_may_be_tried_again),
        cmocka_unit_test(it_is_bounded_in_number_and_time),
        cmocka_unit_test(keys_have_a_sane_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
