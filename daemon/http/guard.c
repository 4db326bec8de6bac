/* SPDX-License-Identifier: Apache-2.0 */
#include "guard.h"

#include <stddef.h>
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

bool guard_origin(const char *origin, const char *host)
{
    if (origin == NULL)
        return true;
    return host != NULL && strncasecmp(origin, "http://", 7) == 0 &&
           strcasecmp(origin + 7, host) == 0;
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
