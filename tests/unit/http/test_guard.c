/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/guard.h"

static void only_names_of_this_machine_pass(void **state)
{
    static const char *const good[] = {"localhost",      "LOCALHOST:8750", "127.0.0.1",
                                       "127.0.0.1:8750", "[::1]",          "[::1]:1"};
    static const char *const bad[] = {"",
                                      "evil.example",
                                      "localhost.evil.example",
                                      "127.0.0.1.evil.example:8750",
                                      "localhost:80a",
                                      "localhost:123456",
                                      "evil@localhost",
                                      "127.0.0.2",
                                      " localhost"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(guard_host(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(guard_host(bad[i]));
    assert_false(guard_host(NULL));
}

struct base {
    char text[64];
};

static struct base base(const char *host, bool secure)
{
    struct base made;

    guard_base(host, secure, made.text, sizeof made.text);
    return made;
}

static void a_page_may_write_only_to_its_own_address(void **state)
{
    (void)state;
    assert_true(guard_origin(NULL, ""));
    assert_true(guard_origin("http://localhost:8750", base("localhost:8750", false).text));
    assert_true(guard_origin("https://usine.example.org", base("usine.example.org", true).text));
    assert_false(guard_origin("http://localhost:8751", base("localhost:8750", false).text));
    assert_false(guard_origin("http://localhost", base("localhost:8750", false).text));
    assert_false(guard_origin("https://localhost:8750", base("localhost:8750", false).text));
    assert_false(guard_origin("http://usine.example.org", base("usine.example.org", true).text));
    assert_false(guard_origin("null", base("localhost:8750", false).text));
    assert_false(guard_origin("http://localhost:8750", base(NULL, false).text));
    assert_false(guard_origin("", base("", false).text));
}

static void a_host_that_is_none_makes_no_address(void **state)
{
    (void)state;
    assert_string_equal(base("[::1]:8750", true).text, "https://[::1]:8750");
    assert_string_equal(base("a b", true).text, "");
    assert_string_equal(base("evil/path", true).text, "");
    assert_string_equal(base("user@host", true).text, "");
    assert_string_equal(
        base("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true).text, "");
}

static void a_name_is_short_printable_text(void **state)
{
    static const char too_long[] =
        "0123456789012345678901234567890123456789012345678901234567890123";

    (void)state;
    assert_true(guard_name("marie"));
    assert_true(guard_name("Zoé Müller"));
    assert_false(guard_name(""));
    assert_false(guard_name("a\nb"));
    assert_false(guard_name("\xff"));
    assert_false(guard_name(too_long));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_names_of_this_machine_pass),
        cmocka_unit_test(a_page_may_write_only_to_its_own_address),
        cmocka_unit_test(a_host_that_is_none_makes_no_address),
        cmocka_unit_test(a_name_is_short_printable_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
