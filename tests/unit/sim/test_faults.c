/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/faults.h"

static struct faults read(const char *script)
{
    struct faults faults;
    char text[300] = "";

    if (faults_parse(&faults, "script", script, text, sizeof text) != ERR_OK)
        fail_msg("%s", text);
    return faults;
}

static void refused(const char *script, const char *words)
{
    struct faults faults;
    char text[300] = "";

    assert_int_equal(faults_parse(&faults, "script", script, text, sizeof text), ERR_INVALID);
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, words);
    assert_null(faults.items);
}

static void a_script_says_who_when_and_what(void **state)
{
    struct faults f = read("# a campaign\n"
                           "at line 500 of caen-p01: reset\n"
                           "\n"
                           "at 30 s of all: unplug for 5 s  # the hub\n"
                           "at 2.5s of lasers: hang for 3\n"
                           "printers: noise both 1e-5\n"
                           "caen-*: byte-noise in 0.001\r\n"
                           "rouen-p02: build full\n"
                           "all: resend-without-ok");

    (void)state;
    assert_int_equal(f.count, 7);
    assert_int_equal(f.items[0].when, FAULT_AT_LINE);
    assert_float_equal(f.items[0].at, 500, 0);
    assert_int_equal(f.items[0].mishap, MISHAP_RESET);
    assert_string_equal(f.items[0].who, "caen-p01");
    assert_int_equal(f.items[1].kind, FAULT_UNPLUG);
    assert_float_equal(f.items[1].at, 30, 0);
    assert_float_equal(f.items[1].value, 5, 0);
    assert_int_equal(f.items[2].mishap, MISHAP_HANG);
    assert_float_equal(f.items[2].at, 2.5, 0);
    assert_float_equal(f.items[2].value, 3, 0);
    assert_int_equal(f.items[3].kind, FAULT_NOISE_BOTH);
    assert_float_equal(f.items[3].value, 1e-5, 1e-9);
    assert_int_equal(f.items[4].kind, FAULT_NOISE_IN);
    assert_string_equal(f.items[5].word, "full");
    assert_int_equal(f.items[6].kind, FAULT_RESEND_WITHOUT_OK);
    faults_finish(&f);
}

static void a_fault_in_the_script_is_told_with_its_line(void **state)
{
    (void)state;
    refused("all: reset\nall: explode\n", "script:2: no such fault");
    refused("at line of x: reset", "script:1: no number");
    refused("at line 5 x: reset", "\"of\" and a machine");
    refused("all: noise both", "a number is missing");
    refused("all: swallow-ok 3", "from 0 to 1");
    refused("all:", "what shall happen");
    refused("all: reset now", "more on the line");
    refused("at", "half a line");
    refused(":::", "cannot be read");
}

static void it_concerns_those_it_names(void **state)
{
    struct faults f = read("caen-*: reset\nlasers: reset\nprinters: reset\nall: reset\n");

    (void)state;
    assert_true(fault_concerns(&f.items[0], "caen-p01", false));
    assert_false(fault_concerns(&f.items[0], "rouen-p01", false));
    assert_true(fault_concerns(&f.items[1], "x", true));
    assert_false(fault_concerns(&f.items[1], "x", false));
    assert_false(fault_concerns(&f.items[2], "x", true));
    assert_true(fault_concerns(&f.items[3], "x", true));
    faults_finish(&f);
}

/* Anything may stand in the file: it is read or refused, never worse. */
static void any_text_is_read_or_refused(void **state)
{
    const char *const pieces[] = {"at",  " ",      "line",  "5",     "s",    "of",
                                  "all", ":",      "noise", "both",  "1e-5", "\n",
                                  "#",   "unplug", "for",   "build", "\r",   "\t"};
    uint64_t luck = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char script[200] = "", text[300];
        struct faults f;

        for (int k = 0; k < 12; k++) {
            luck = luck * 6364136223846793005U + 1442695040888963407U;
            strcat(script, pieces[(luck >> 33) % (sizeof pieces / sizeof pieces[0])]);
        }
        if (faults_parse(&f, "script", script, text, sizeof text) == ERR_OK)
            faults_finish(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_says_who_when_and_what),
        cmocka_unit_test(a_fault_in_the_script_is_told_with_its_line),
        cmocka_unit_test(it_concerns_those_it_names),
        cmocka_unit_test(any_text_is_read_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
