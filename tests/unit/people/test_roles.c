/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "people/limits.h"
#include "people/roles.h"

static void the_higher_of_all_sites_and_this_site_holds(void **state)
{
    struct roles roles;

    (void)state;
    assert_true(roles_parse(&roles, "*=operator caen=technician rouen=viewer"));
    assert_int_equal(roles_at(&roles, "caen"), ROLE_TECHNICIAN);
    assert_int_equal(roles_at(&roles, "rouen"), ROLE_OPERATOR);
    assert_int_equal(roles_at(&roles, "flers"), ROLE_OPERATOR);
    assert_int_equal(roles_at(&roles, NULL), ROLE_OPERATOR);
    assert_int_equal(roles_anywhere(&roles), ROLE_TECHNICIAN);
}

static void roles_are_written_as_they_are_read(void **state)
{
    static const char *const texts[] = {"", "*=admin", "caen=viewer",
                                        "*=viewer caen=admin a=operator"};
    char text[ROLES_TEXT_SIZE];
    struct roles roles;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(roles_parse(&roles, texts[i]));
        roles_text(&roles, text);
        assert_string_equal(text, texts[i]);
    }
}

static void what_is_no_role_is_refused(void **state)
{
    static const char *const texts[] = {"*", "=admin", "*=boss", "caen", "*=anyone", "*=unset"};
    struct roles roles;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(roles_parse(&roles, texts[i]));
    memset(&roles, 0, sizeof roles);
    for (int i = 0; i < ROLES_SITES_MAX; i++) {
        const char site[] = {(char)('a' + i / 26), (char)('a' + i % 26), '\0'};

        assert_true(roles_give(&roles, site, ROLE_VIEWER));
    }
    assert_false(roles_give(&roles, "one-more", ROLE_VIEWER));
    assert_true(roles_give(&roles, "aa", ROLE_ADMIN));
    assert_false(roles_give(&roles, "a site", ROLE_VIEWER));
}

static int64_t worst(struct limits *limits, const struct attempt *attempt, int tries)
{
    int64_t now = 1, wait, most = 0;

    for (int i = 0; i < tries; i++) {
        wait = limits_try(limits, attempt, now);
        most = wait > most ? wait : most;
        now += wait;
        if (wait > 0)
            assert_int_equal(limits_try(limits, attempt, now), 0);
    }
    return most;
}

static void waits_have_an_end(void **state)
{
    struct limits *limits = test_calloc(1, sizeof *limits);
    const struct attempt pair = {"password", "nadia", "192.0.2.1"};
    const struct attempt pin = {"pin", "nadia", "tablet 1"};

    (void)state;
    assert_int_equal(worst(limits, &pair, 60), 900000);
    assert_int_equal(worst(limits, &pin, 60), 3600000);
    test_free(limits);
}

static void an_account_tried_from_everywhere_waits_ten_seconds_at_most(void **state)
{
    struct limits *limits = test_calloc(1, sizeof *limits);
    int64_t now = 1, most = 0;

    (void)state;
    for (int i = 0; i < 200; i++) {
        char address[32];
        struct attempt attempt = {"password", "nadia", address};
        int64_t wait;

        snprintf(address, sizeof address, "203.0.113.%d", i);
        wait = limits_try(limits, &attempt, now);
        most = wait > most ? wait : most;
        now += wait;
    }
    assert_int_equal(most, 10000);
    test_free(limits);
}

static void one_network_of_ipv6_is_one_address(void **state)
{
    struct limits *limits = test_calloc(1, sizeof *limits);
    int64_t refused = 0;

    (void)state;
    for (int i = 0; i < 60; i++) {
        char address[64], account[16];
        struct attempt attempt = {"password", account, address};

        snprintf(address, sizeof address, "2001:db8:1:2:%x::1", i);
        snprintf(account, sizeof account, "user%d", i);
        refused += limits_try(limits, &attempt, 1) > 0;
    }
    assert_true(refused > 0);
    test_free(limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_higher_of_all_sites_and_this_site_holds),
        cmocka_unit_test(roles_are_written_as_they_are_read),
        cmocka_unit_test(what_is_no_role_is_refused),
        cmocka_unit_test(waits_have_an_end),
        cmocka_unit_test(an_account_tried_from_everywhere_waits_ten_seconds_at_most),
        cmocka_unit_test(one_network_of_ipv6_is_one_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
