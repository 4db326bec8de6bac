/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/arguments.h"

enum { WORDS_MAX = 32 };

/* Splits line at blanks, in place, and reads it. */
static bool read_line(struct asked *asked, char *line)
{
    char *argv[WORDS_MAX + 1] = {(char[]){"usine"}};
    int argc = 1;

    for (char *word = strtok(line, " "); word != NULL && argc < WORDS_MAX; word = strtok(NULL, " "))
        argv[argc++] = word;
    return arguments_read(asked, argc, argv);
}

static void expect(const char *text, const char *words, const char *path, const char *body)
{
    char line[300];
    struct asked asked;
    char *got;

    strcpy(line, text);
    assert_true(read_line(&asked, line));
    assert_string_equal(asked.word->words, words);
    got = arguments_path(&asked);
    assert_string_equal(got, path);
    free(got);
    got = arguments_body(&asked);
    if (body == NULL)
        assert_null(got);
    else
        assert_string_equal(got, body);
    free(got);
    arguments_finish(&asked);
}

static void refuse(const char *text)
{
    char line[300];
    struct asked asked;

    strcpy(line, text);
    assert_false(read_line(&asked, line));
    arguments_finish(&asked);
}

static void words_become_a_path_a_query_or_a_body(void **state)
{
    (void)state;
    expect("status", "status", "/api/v1/status", NULL);
    expect("machine caen-p01", "machine *", "/api/v1/machines/caen-p01", NULL);
    expect("machine a/b pause", "machine * pause", "/api/v1/machines/a%2Fb/pause", "{}");
    expect("machines --site caen --state idle", "machines", "/api/v1/machines?site=caen&state=idle",
           NULL);
    expect("why 7 caen-p01", "why *", "/api/v1/jobs/7/why?machine=caen-p01", NULL);
    expect("machine p01 send G28 X Y", "machine * send", "/api/v1/machines/p01/send",
           "{\"line\":\"G28 X Y\"}");
    expect("machine p01 clear --good 3 --scrap=1 --reason warped", "machine * clear",
           "/api/v1/machines/p01/clear", "{\"good\":3,\"scrap\":1,\"reason\":\"warped\"}");
}

static void pieces_are_counted_part_by_part(void **state)
{
    (void)state;
    expect("machine p01 clear --good a=4 --good b=0 --scrap b=2 --reason b=x=y", "machine * clear",
           "/api/v1/machines/p01/clear",
           "{\"parts\":[{\"part\":\"a\",\"good\":4},"
           "{\"part\":\"b\",\"good\":0,\"scrap\":2,\"reason\":\"x=y\"}]}");
    expect("machine p01 clear --reason bent --scrap a=1", "machine * clear",
           "/api/v1/machines/p01/clear",
           "{\"parts\":[{\"part\":\"a\",\"scrap\":1,\"reason\":\"bent\"}]}");
    expect("machine p01 clear --scrap 1 --reason T=240", "machine * clear",
           "/api/v1/machines/p01/clear", "{\"scrap\":1,\"reason\":\"T=240\"}");
    refuse("machine p01 clear --good 3 --scrap a=1");
    refuse("machine p01 clear --good a=1 --good a=2");
    refuse("machine p01 clear --good a=few");
    refuse("machine p01 clear --good =3");
}

static void help_is_given_wherever_it_is_asked_for(void **state)
{
    static const char *const lines[] = {"machine --help", "--help machine", "why -h", "--help",
                                        "machine p01 clear --help"};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char line[100];
        struct asked asked;

        strcpy(line, lines[i]);
        assert_true(read_line(&asked, line));
        assert_true(asked.help);
        arguments_finish(&asked);
    }
}

static void a_literal_word_goes_before_an_id(void **state)
{
    (void)state;
    expect("job add --part p --quantity 4 --site caen rouen --hold", "job add", "/api/v1/jobs",
           "{\"part\":\"p\",\"quantity\":4,\"sites\":[\"caen\",\"rouen\"],\"hold\":true}");
    expect("job 4", "job *", "/api/v1/jobs/4", NULL);
    expect("job hold 4", "job hold *", "/api/v1/jobs/4/hold", "{}");
}

static void a_list_takes_what_follows_only_when_no_file_is_missing(void **state)
{
    (void)state;
    expect("program add f.gcode --model a b --yield x=1 y=2", "program add",
           "/api/v1/programs?model=a&model=b&yield=x%3D1&yield=y%3D2", NULL);
    expect("program add --model a --yield x=1 f.gcode", "program add",
           "/api/v1/programs?model=a&yield=x%3D1", NULL);
}

static void global_options_may_stand_anywhere(void **state)
{
    char line[] = "--socket /s --json jobs --as marie --state open";
    struct asked asked;

    (void)state;
    assert_true(read_line(&asked, line));
    assert_true(asked.json);
    assert_string_equal(asked.socket, "/s");
    assert_string_equal(asked.by, "marie");
    arguments_finish(&asked);
}

static void wrong_use_is_refused(void **state)
{
    (void)state;
    refuse("dance");
    refuse("job add --part p");
    refuse("job add --part p --quantity many");
    refuse("job add --part p --quantity");
    refuse("job 4 5");
    refuse("status --colour red");
    refuse("program add --model a --yield x=1");
    refuse("--socket");
    refuse("machine p01 send");
    refuse("machine");
    refuse("machine --json");
    refuse("why");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_become_a_path_a_query_or_a_body),
        cmocka_unit_test(pieces_are_counted_part_by_part),
        cmocka_unit_test(help_is_given_wherever_it_is_asked_for),
        cmocka_unit_test(a_literal_word_goes_before_an_id),
        cmocka_unit_test(a_list_takes_what_follows_only_when_no_file_is_missing),
        cmocka_unit_test(global_options_may_stand_anywhere),
        cmocka_unit_test(wrong_use_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
