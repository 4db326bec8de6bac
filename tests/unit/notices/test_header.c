/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever stands in a text, a header stays one header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "notices/header.h"

static void plain_texts_stay_as_they_are(void **state)
{
    char header[HEADER_SIZE];

    (void)state;
    header_write(header, "Subject", "caen-p01 is down");
    assert_string_equal(header, "Subject: caen-p01 is down");
}

static void other_letters_become_encoded_words(void **state)
{
    char header[HEADER_SIZE];

    (void)state;
    header_write(header, "Subject", "\xc3\xa9t\xc3\xa9");
    assert_string_equal(header, "Subject: =?UTF-8?B?w6l0w6k=?=");
    header_write(header, "Subject", "=?UTF-8?B?aGVsbG8=?="); /* would be read as "hello" */
    assert_null(strstr(header, "aGVsbG8="));
}

/* RFC 2047: a word has at most 75 letters, and holds whole letters of the text. */
static void long_texts_become_several_words_of_whole_letters(void **state)
{
    char header[HEADER_SIZE], text[400] = "";
    char *word, *save;

    (void)state;
    for (int i = 0; i < 60; i++)
        strcat(text, i % 2 ? "\xe2\x82\xac" : "a");
    header_write(header, "Subject", text);
    assert_int_equal(strncmp(header, "Subject: ", 9), 0);
    for (word = strtok_r(header + 9, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
        assert_true(strlen(word) <= 75);
        assert_int_equal(strncmp(word, "=?UTF-8?B?", 10), 0);
        assert_string_equal(word + strlen(word) - 2, "?=");
    }
}

static void no_text_can_add_a_header(void **state)
{
    static const char *const names[] = {"Subject", "Title", "To"};
    char header[HEADER_SIZE], text[600];

    (void)state;
    srand(1);
    for (int round = 0; round < 20000; round++) {
        size_t n = (size_t)(rand() % 599);

        for (size_t i = 0; i < n; i++)
            text[i] = (char)(rand() % 4 == 0 ? "\r\n\t:<>\"=?"[rand() % 9] : 1 + rand() % 255);
        text[n] = '\0';
        if (round % 3 == 2)
            header_write_mailbox(header, "To", text);
        else
            header_write(header, names[round % 3], text);
        assert_true(strlen(header) < HEADER_SIZE);
        for (const char *c = header; *c != '\0'; c++)
            assert_in_range(*c, 0x20, 0x7e);
    }
}

static void a_mailbox_keeps_its_address_and_its_name(void **state)
{
    char header[HEADER_SIZE], address[64];

    (void)state;
    header_write_mailbox(header, "From", "usine@example.org");
    assert_string_equal(header, "From: <usine@example.org>");
    header_write_mailbox(header, "From", "Usine <usine@example.org>");
    assert_string_equal(header, "From: \"Usine\" <usine@example.org>");
    header_write_mailbox(header, "From", "Le D\xc3\xb4me <usine@example.org>");
    assert_string_equal(header, "From: =?UTF-8?B?TGUgRMO0bWU=?= <usine@example.org>");
    header_write_mailbox(header, "From", "a \"b\", \\c <usine@example.org>");
    assert_string_equal(header, "From: \"a 'b', 'c\" <usine@example.org>");
    header_address(address, sizeof address, "Usine <usine@example.org>");
    assert_string_equal(address, "usine@example.org");
}

static void dates_are_those_of_mail(void **state)
{
    char header[HEADER_SIZE];

    (void)state;
    header_write_date(header, INT64_C(1586259128250));
    assert_string_equal(header, "Date: Tue, 07 Apr 2020 11:32:08 +0000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_texts_stay_as_they_are),
        cmocka_unit_test(other_letters_become_encoded_words),
        cmocka_unit_test(long_texts_become_several_words_of_whole_letters),
        cmocka_unit_test(no_text_can_add_a_header),
        cmocka_unit_test(a_mailbox_keeps_its_address_and_its_name),
        cmocka_unit_test(dates_are_those_of_mail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
