/* SPDX-License-Identifier: Apache-2.0 */
/* Where messages may go. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "notices/address.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void mail_addresses_hold_nothing_that_smtp_would_obey(void **state)
{
    static const char *const good[] = {"marie@example.org", "a.b+c@x-y.example.fr", "o'neil@a.ie"};
    static const char *const bad[] = {
        "",
        "marie",
        "@example.org",
        "marie@",
        "marie@localhost",
        "marie@example.org\r\nRCPT TO:<x@y.z>",
        "marie@example.org>",
        "<marie@example.org>",
        "marie @example.org",
        "marie@exa mple.org",
        "marie@example.org,x@y.z",
        "mari\xc3\xa9@example.org",
        "\"a b\"@example.org",
        "marie@@example.org",
        "marie@.example.org",
        "marie@example..org",
        "marie@[127.0.0.1]",
        "marie%x@y.z@example.org",
    };
    const char *why;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(address_mail_good(good[i], &why));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(address_mail_good(bad[i], &why));
}

static void web_addresses_are_http_without_tricks(void **state)
{
    static const char *const good[] = {"https://ntfy.sh/usine", "http://example.org:8080/a?b=c",
                                       "https://[2606:4700::1]/x"};
    static const char *const bad[] = {
        "",
        "ntfy.sh",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/_HELO",
        "smtp://example.org",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org/#x",
        "https://example.org/a b",
        "https://example.org/\r\nHost: x",
        "https://ex\xc3\xa9mple.org/",
        "https://",
    };
    const char *why;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(address_web_good(good[i], false, &why));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(address_web_good(bad[i], true, &why));
}

/* libcurl reads 0x7f.1 and 2130706433 as 127.0.0.1, and so must we. */
static void private_addresses_in_numbers_are_refused_at_once(void **state)
{
    static const char *const inside[] = {
        "http://127.0.0.1/",   "http://localhost/",     "http://LOCALHOST:8080/",
        "http://10.1.2.3/",    "http://192.168.1.20/x", "http://169.254.169.254/latest",
        "http://[::1]/",       "http://[fe80::1]/",     "http://[::ffff:127.0.0.1]/",
        "http://0x7f.1/",      "http://2130706433/",    "http://0177.0.0.1/",
        "http://[fd00::1]:80/"};
    const char *why;

    (void)state;
    for (size_t i = 0; i < COUNT(inside); i++) {
        assert_false(address_web_good(inside[i], false, &why));
        assert_non_null(strstr(why, "notices"));
        assert_true(address_web_good(inside[i], true, &why));
    }
}

static bool is_private(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return address_private((const struct sockaddr *)&v4);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return address_private((const struct sockaddr *)&v6);
}

static void what_is_not_the_public_internet_is_private(void **state)
{
    static const char *const inside[] = {"0.0.0.0",
                                         "10.255.255.255",
                                         "100.64.0.1",
                                         "100.127.255.255",
                                         "127.8.9.1",
                                         "169.254.169.254",
                                         "172.16.0.1",
                                         "172.31.255.255",
                                         "192.168.0.1",
                                         "198.18.0.1",
                                         "224.0.0.1",
                                         "240.0.0.1",
                                         "255.255.255.255",
                                         "192.0.0.8",
                                         "::",
                                         "::1",
                                         "fe80::1",
                                         "fc00::1",
                                         "fdff::1",
                                         "ff02::1",
                                         "::ffff:10.0.0.1",
                                         "64:ff9b::a00:1",
                                         "2002:7f00:1::",
                                         "2001:0:1::1",
                                         "fec0::1"};
    static const char *const outside[] = {
        "1.1.1.1",     "9.255.255.255", "11.0.0.0",        "100.63.255.255",   "100.128.0.0",
        "172.15.0.1",  "172.32.0.0",    "192.167.255.255", "193.0.0.1",        "223.255.255.255",
        "2606:4700::", "2a01:e0a::1",   "::ffff:1.1.1.1",  "64:ff9b::101:101", "2002:101:101::"};
    struct sockaddr other = {.sa_family = AF_UNIX};

    (void)state;
    for (size_t i = 0; i < COUNT(inside); i++)
        if (!is_private(inside[i]))
            fail_msg("%s", inside[i]);
    for (size_t i = 0; i < COUNT(outside); i++)
        if (is_private(outside[i]))
            fail_msg("%s", outside[i]);
    assert_true(address_private(&other));
}

static void of_a_webhook_only_the_host_is_shown(void **state)
{
    char shown[64];

    (void)state;
    address_web_shown("https://ntfy.sh/secret-topic?auth=x", shown, sizeof shown);
    assert_string_equal(shown, "https://ntfy.sh/…");
    address_web_shown("http://hooks.example.org:8080?secret", shown, sizeof shown);
    assert_string_equal(shown, "http://hooks.example.org:8080/…");
    address_web_shown("nonsense", shown, sizeof shown);
    assert_string_equal(shown, "/…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_addresses_hold_nothing_that_smtp_would_obey),
        cmocka_unit_test(web_addresses_are_http_without_tricks),
        cmocka_unit_test(private_addresses_in_numbers_are_refused_at_once),
        cmocka_unit_test(what_is_not_the_public_internet_is_private),
        cmocka_unit_test(of_a_webhook_only_the_host_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
