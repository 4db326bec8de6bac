/* SPDX-License-Identifier: Apache-2.0 */
/* Where a request comes from, also through a proxy. Pure. */
#ifndef USINE_HTTP_ADDRESS_H
#define USINE_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct sockaddr;

enum { ADDRESS_TEXT_SIZE = 64 };

/* The peer of a TCP connection as text, without port; an IPv4 address in IPv6 clothes as IPv4. ""
 * for a Unix socket. */
void address_text(const struct sockaddr *peer, char text[ADDRESS_TEXT_SIZE]);

/* True when the address is spec ("127.0.0.1", "::1") or in its network ("10.0.0.0/8"). */
bool address_in(const char *address, const char *spec);

/* The proxies that are believed. */
struct address_list {
    char *const *specs;
    size_t count;
};

bool address_listed(const char *address, const struct address_list *list);

/* Puts the visitor's own address in the place of the proxy's: the last one of an X-Forwarded-For
 * ("client, proxy1") that is no proxy of ours. Leaves address when the header makes no sense. */
void address_forwarded(const char *header, const struct address_list *proxies,
                       char address[ADDRESS_TEXT_SIZE]);

#endif
