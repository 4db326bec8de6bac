/* SPDX-License-Identifier: Apache-2.0 */
#include "url.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void url_write(char *url, size_t size, const char *base, const char *path, const char *name)
{
    size_t n = (size_t)snprintf(url, size, "%s%s", base, path);

    for (const char *at = name; *at != '\0' && n + 4 < size; at++) {
        bool plain = isalnum((unsigned char)*at) || strchr("-._~", *at) != NULL;

        n += (size_t)snprintf(url + n, size - n, plain ? "%c" : "%%%02X", (unsigned char)*at);
    }
}
