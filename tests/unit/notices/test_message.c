/* SPDX-License-Identifier: Apache-2.0 */
/* What people read: the catalogue is whole, texts are plain, whatever machines say stays text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "notices/message.h"

static const struct message_reader french = {"fr", "https://usine.example.org"};
static const struct message_reader english = {"en", ""};

static struct notice_item item(const char *machine, enum notice_what what, const char *detail)
{
    struct notice_item one = {.what = what, .since_ms = INT64_C(1586259128250), .quantity = 500};

    snprintf(one.subject, sizeof one.subject, "%s", machine);
    snprintf(one.site, sizeof one.site, "caen");
    snprintf(one.place, sizeof one.place, "Le D\xc3\xb4me, Caen");
    snprintf(one.detail, sizeof one.detail, "%s", detail);
    return one;
}

static int holds(const char *text, const char *part)
{
    int count = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

static void every_text_is_there_in_both_languages_with_the_same_places(void **state)
{
    (void)state;
    for (int i = 0; i < WORDS_COUNT; i++) {
        const char *fr = words_of((enum words)i, "fr"), *en = words_of((enum words)i, "en");

        assert_true(strlen(fr) > 1 && strlen(en) > 1);
        assert_int_equal(holds(fr, "{0}"), holds(en, "{0}"));
        assert_int_equal(holds(fr, "{1}"), holds(en, "{1}"));
        if (i != WORDS_AT)
            assert_string_not_equal(fr, en);
    }
    for (int i = 0; i < WHAT_COUNT; i++)
        assert_int_equal(notice_what_of(notice_what_name((enum notice_what)i)), i);
    assert_int_equal(notice_what_of("nonsense"), WHAT_COUNT);
}

static void filling_in_is_bounded_and_cuts_between_letters(void **state)
{
    char out[10];

    (void)state;
    words_fill(out, sizeof out, "{0}{1}", (const char *[2]){"abc", "def"});
    assert_string_equal(out, "abcdef");
    words_fill(out, sizeof out, "{0}", (const char *[2]){"{1}{0}", "x"}); /* values stay values */
    assert_string_equal(out, "{1}{0}");
    words_fill(out, sizeof out, "{0}", (const char *[2]){"12345678\xc3\xa9", "x"});
    assert_string_equal(out, "12345678");
    words_fill(out, sizeof out, "{2}{", (const char *[2]){"a", "b"});
    assert_string_equal(out, "{2}{");
}

static void one_machine_is_named_in_the_title(void **state)
{
    struct message_text message = {.kind = NOTICE_NEEDS};
    struct notice_item one = item("caen-p01", WHAT_CLEAR, "");
    char title[MESSAGE_TITLE_SIZE];
    char *body;

    (void)state;
    message_add(&message, &one);
    message_title(&message, &french, title);
    assert_string_equal(title, "caen-p01 attend quelqu'un (Le D\xc3\xb4me, Caen)");
    body = message_body(&message, &french);
    assert_non_null(strstr(body, "caen-p01 (Le D\xc3\xb4me, Caen) : plateau"));
    assert_non_null(strstr(body, "depuis 07/04 "));
    assert_non_null(strstr(body, "\xc3\x80 faire : Retirez"));
    assert_non_null(strstr(body, "https://usine.example.org/machines/caen-p01\n"));
    free(body);
    message_title(&message, &english, title);
    assert_string_equal(title, "caen-p01 is waiting for somebody (Le D\xc3\xb4me, Caen)");
    body = message_body(&message, &english);
    assert_null(strstr(body, "http"));
    free(body);
}

static void many_machines_are_counted_and_listed_up_to_a_limit(void **state)
{
    struct message_text message = {.kind = NOTICE_DOWN};
    char title[MESSAGE_TITLE_SIZE];
    char *body;

    (void)state;
    for (int i = 0; i < 30; i++) {
        struct notice_item one = item("caen-p01", WHAT_LOCKED, "");

        snprintf(one.subject, sizeof one.subject, "caen-p%02d", i);
        message_add(&message, &one);
    }
    message_title(&message, &english, title);
    assert_string_equal(title, "30 machines are down (Le D\xc3\xb4me, Caen)");
    body = message_body(&message, &english);
    assert_int_equal(holds(body, "locked for safety"), MESSAGE_ITEMS);
    assert_non_null(strstr(body, "10 more"));
    free(body);
}

static void a_done_job_says_what_and_how_many(void **state)
{
    struct message_text message = {.kind = NOTICE_DONE};
    struct notice_item one = item("12", WHAT_DONE, "Serre-t\xc3\xaate");
    char *body;

    (void)state;
    message_add(&message, &one);
    body = message_body(&message, &french);
    assert_non_null(strstr(body, "500 pi\xc3\xa8"
                                 "ces bonnes : Serre-t\xc3\xaate"));
    assert_non_null(strstr(body, "https://usine.example.org/queue\n"));
    free(body);
}

static void what_machines_say_stays_one_line_of_text(void **state)
{
    struct message_text message = {.kind = NOTICE_DOWN};
    struct notice_item one = item("p\r\nBcc: x@y.z", WHAT_LOCKED, "a\r\n.\r\nMAIL\xff\x01{0}");
    char title[MESSAGE_TITLE_SIZE];
    char *body;

    (void)state;
    message_add(&message, &one);
    message_title(&message, &french, title);
    assert_null(strpbrk(title, "\r\n"));
    body = message_body(&message, &french);
    assert_null(strchr(body, '\r'));
    assert_null(strstr(body, "\n.")); /* no line of its own */
    assert_null(strstr(body, "\nBcc"));
    assert_null(strstr(body, "/machines/")); /* that name makes no link */
    assert_non_null(strstr(body, "MAIL? {0}"));
    free(body);
}

static void what_is_kept_reads_back_the_same(void **state)
{
    struct message_text message = {.kind = NOTICE_NEEDS}, again = {.kind = NOTICE_NEEDS};
    struct notice_item one = item("caen-p01", WHAT_MATERIAL, "runout \"E0\" \\ x");
    char *kept;

    (void)state;
    for (int i = 0; i < 25; i++)
        message_add(&message, &one);
    kept = message_print(&message);
    message_parse(&again, kept);
    assert_memory_equal(&again, &message, sizeof message);
    free(kept);
    message_parse(&again, "{\"items\": [{\"what\": \"nonsense\"}, 3, {}], \"more\": -4}");
    assert_int_equal(again.count, 0);
    assert_int_equal(again.more, 0);
    message_parse(&again, "nonsense");
    assert_int_equal(again.count, 0);
}

static void programs_get_the_same_as_json(void **state)
{
    struct message_text message = {.kind = NOTICE_NEEDS};
    struct notice_item one = item("caen-p01", WHAT_CLEAR, "");
    cJSON *json;
    char *text;

    (void)state;
    message_add(&message, &one);
    json = message_to_json(&message, &english);
    text = cJSON_PrintUnformatted(json);
    assert_non_null(strstr(text, "\"kind\":\"needs\""));
    assert_non_null(strstr(text, "\"machine\":\"caen-p01\""));
    assert_non_null(strstr(text, "\"what\":\"clear\""));
    assert_non_null(strstr(text, "\"since\":\"2020-04-07T11:32:08.250Z\""));
    assert_null(strstr(text, "since_ms"));
    cJSON_free(text);
    cJSON_Delete(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_there_in_both_languages_with_the_same_places),
        cmocka_unit_test(filling_in_is_bounded_and_cuts_between_letters),
        cmocka_unit_test(one_machine_is_named_in_the_title),
        cmocka_unit_test(many_machines_are_counted_and_listed_up_to_a_limit),
        cmocka_unit_test(a_done_job_says_what_and_how_many),
        cmocka_unit_test(what_machines_say_stays_one_line_of_text),
        cmocka_unit_test(what_is_kept_reads_back_the_same),
        cmocka_unit_test(programs_get_the_same_as_json),
    };

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
