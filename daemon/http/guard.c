/* SPDX-License-Identifier: Apache-2.0 */
#include "guard.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"

bool guard_host(const char *host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};

    for (size_t i = 0; host != NULL && i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);

        if (strncasecmp(host, names[i], n) != 0)
            continue;
        if (host[n] == '\0')
            return true;
        if (host[n] == ':' && strlen(host + n + 1) <= 5 &&
            strspn(host + n + 1, "0123456789") == strlen(host + n + 1))
            return true;
    }
    return false;
}

void guard_base(const char *host, bool secure, char *base, size_t size)
{
    static const char bytes[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:[]";
    size_t n = host != NULL ? strlen(host) : 0;

    base[0] = '\0';
    if (n > 0 && n + sizeof "https://" <= size && strspn(host, bytes) == n)
        snprintf(base, size, "http%s://%s", secure ? "s" : "", host);
}

bool guard_origin(const char *origin, const char *base)
{
    return origin == NULL || (*base != '\0' && strcasecmp(origin, base) == 0);
}

bool guard_name(const char *text)
{
    size_t n = strlen(text);

    if (n == 0 || n > 63 || !json_utf8(text, n))
        return false;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return false;
    return true;
}
