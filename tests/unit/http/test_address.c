/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#include "http/address.h"

static void an_address_is_itself_or_in_its_network(void **state)
{
    (void)state;
    assert_true(address_in("127.0.0.1", "127.0.0.1"));
    assert_true(address_in("10.1.2.3", "10.0.0.0/8"));
    assert_true(address_in("10.1.2.3", "10.1.2.0/23"));
    assert_true(address_in("2001:db8::7", "2001:db8::/32"));
    assert_true(address_in("192.0.2.1", "0.0.0.0/0"));
    assert_false(address_in("10.1.4.3", "10.1.2.0/23"));
    assert_false(address_in("11.0.0.1", "10.0.0.0/8"));
    assert_false(address_in("::1", "127.0.0.1"));
    assert_false(address_in("127.0.0.1", "::/0"));
    assert_false(address_in("", "127.0.0.1"));
    assert_false(address_in("127.0.0.1", ""));
    assert_false(address_in("127.0.0.1", "127.0.0.1/64"));
}

static void seen_through(const char *header, const char *expected)
{
    static char *const specs[] = {"127.0.0.1", "10.0.0.0/8"};
    const struct address_list proxies = {specs, 2};
    char address[ADDRESS_TEXT_SIZE] = "127.0.0.1";

    address_forwarded(header, &proxies, address);
    assert_string_equal(address, expected);
}

static void the_last_address_that_is_no_proxy_is_the_visitor(void **state)
{
    (void)state;
    seen_through("198.51.100.7", "198.51.100.7");
    seen_through("203.0.113.1, 198.51.100.7", "198.51.100.7");
    seen_through("203.0.113.1, 198.51.100.7, 10.1.1.1", "198.51.100.7");
    seen_through("  2001:db8::1 ", "2001:db8::1");
    seen_through("10.2.2.2,10.1.1.1", "10.2.2.2");
}

static void what_is_no_address_is_not_believed_nor_what_stands_before_it(void **state)
{
    (void)state;
    seen_through("", "127.0.0.1");
    seen_through("unknown", "127.0.0.1");
    seen_through("198.51.100.7, x", "127.0.0.1");
    seen_through("198.51.100.7:4711", "127.0.0.1");
    seen_through(",,,", "127.0.0.1");
    seen_through("198.51.100.7,", "127.0.0.1");
    seen_through("11111111111111111111111111111111111111111111111111111111111111111111111111111",
                 "127.0.0.1");
}

static void ipv4_in_the_clothes_of_ipv6_is_ipv4(void **state)
{
    struct sockaddr_in6 peer = {.sin6_family = AF_INET6};
    char text[ADDRESS_TEXT_SIZE];

    (void)state;
    assert_int_equal(inet_pton(AF_INET6, "::ffff:192.0.2.1", &peer.sin6_addr), 1);
    address_text((const struct sockaddr *)(const void *)&peer, text);
    assert_string_equal(text, "192.0.2.1");
    address_text(NULL, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_itself_or_in_its_network),
        cmocka_unit_test(the_last_address_that_is_no_proxy_is_the_visitor),
        cmocka_unit_test(what_is_no_address_is_not_believed_nor_what_stands_before_it),
        cmocka_unit_test(ipv4_in_the_clothes_of_ipv6_is_ipv4),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
