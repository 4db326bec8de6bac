/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void address_text(const struct sockaddr *peer, char text[ADDRESS_TEXT_SIZE])
{
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)peer;
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)peer;

    text[0] = '\0';
    if (peer == NULL)
        return;
    if (peer->sa_family == AF_INET)
        inet_ntop(AF_INET, &v4->sin_addr, text, ADDRESS_TEXT_SIZE);
    else if (peer->sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
        inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], text, ADDRESS_TEXT_SIZE);
    else if (peer->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &v6->sin6_addr, text, ADDRESS_TEXT_SIZE);
}

/* Its bytes; 0: no address. */
static size_t parse(const char *text, unsigned char bytes[16])
{
    if (inet_pton(AF_INET, text, bytes) == 1)
        return 4;
    return inet_pton(AF_INET6, text, bytes) == 1 ? 16 : 0;
}

bool address_in(const char *address, const char *spec)
{
    unsigned char a[16], b[16];
    char network[ADDRESS_TEXT_SIZE];
    const char *slash = strchr(spec, '/');
    size_t n, bits;

    snprintf(network, sizeof network, "%.*s", (int)strcspn(spec, "/"), spec);
    n = parse(address, a);
    if (n == 0 || parse(network, b) != n)
        return false;
    bits = slash != NULL ? strtoul(slash + 1, NULL, 10) : 8 * n;
    if (bits > 8 * n || memcmp(a, b, bits / 8) != 0)
        return false;
    return bits % 8 == 0 || (a[bits / 8] ^ b[bits / 8]) >> (8 - bits % 8) == 0;
}

bool address_listed(const char *address, const struct address_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (address_in(address, list->specs[i]))
            return true;
    return false;
}

void address_forwarded(const char *header, const struct address_list *proxies,
                       char address[ADDRESS_TEXT_SIZE])
{
    size_t end = strlen(header);
    unsigned char bytes[16];

    while (end > 0) {
        char one[ADDRESS_TEXT_SIZE];
        size_t start = end;

        while (start > 0 && header[start - 1] != ',')
            start--;
        snprintf(one, sizeof one, "%.*s", (int)(end - start), header + start);
        memmove(one, one + strspn(one, " \t"), strlen(one + strspn(one, " \t")) + 1);
        one[strcspn(one, " \t")] = '\0';
        if (parse(one, bytes) == 0)
            return; /* from here on to the left nothing can be believed */
        memcpy(address, one, sizeof one);
        if (!address_listed(one, proxies))
            return;
        end = start > 0 ? start - 1 : 0;
    }
}
