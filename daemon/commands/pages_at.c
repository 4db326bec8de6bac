/* SPDX-License-Identifier: Apache-2.0 */
#include "pages_at.h"

#include <stdio.h>
#include <string.h>

const char *pages_at(const struct office *office)
{
    const char *const *address = office->addresses;

    if (office->config->url[0] != '\0')
        return office->config->url;
    while (address != NULL && *address != NULL && strncmp(*address, "http", 4) != 0)
        address++;
    return address != NULL && *address != NULL ? *address : "";
}

/* scheme://host and nothing behind it. */
static bool is_origin(const char *base)
{
    const char *host = strstr(base, "://");

    if (host == NULL || (strncmp(base, "http://", 7) != 0 && strncmp(base, "https://", 8) != 0))
        return false;
    host += 3;
    return *host != '\0' && host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                              "0123456789-._:[]")] == '\0';
}

bool pages_at_said(const struct office *office, const char *said, char base[PAGES_AT_MAX],
                   struct answer *answer)
{
    size_t n;

    snprintf(base, PAGES_AT_MAX, "%s", *said != '\0' ? said : pages_at(office));
    for (n = strlen(base); n > 0 && base[n - 1] == '/'; n--)
        base[n - 1] = '\0';
    if (is_origin(base))
        return true;
    answer_fault(answer, ERR_INVALID, "base",
                 "\"base\" must be where the pages are, as in https://usine.example.org", NULL);
    return false;
}
