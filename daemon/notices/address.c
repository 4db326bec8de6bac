/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool address_mail_good(const char *text, const char **why)
{
    const char *at = strchr(text, '@');
    size_t n = strlen(text);

    *why = "is no mail address: write it like \"marie@example.org\"";
    if (at == NULL || at == text || at - text > 64 || n > 254 || strchr(at + 1, '.') == NULL)
        return false;
    for (const char *c = text; c < at; c++)
        if (!is_letter(*c) && strchr(".!#$%&'*+/=?^_`{|}~-", *c) == NULL)
            return false;
    for (const char *c = at + 1; *c != '\0'; c++)
        if (!is_letter(*c) && *c != '.' && *c != '-')
            return false;
    return at[1] != '.' && at[1] != '-' && text[n - 1] != '.' && strstr(at, "..") == NULL;
}

/* ---- the web ---- */

static bool has_part(CURLU *url, CURLUPart part)
{
    char *value = NULL;
    bool has = curl_url_get(url, part, &value, 0) == CURLUE_OK;

    curl_free(value);
    return has;
}

static bool host_is_private(CURLU *url)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    char *host = NULL;
    char plain[64] = "";
    bool is = false;

    if (curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        return true;
    if (host[0] == '[')
        snprintf(plain, sizeof plain, "%.*s", (int)strcspn(host + 1, "]%"), host + 1);
    if (inet_pton(AF_INET, host, &v4.sin_addr) == 1)
        is = address_private((const struct sockaddr *)&v4);
    else if (inet_pton(AF_INET6, plain, &v6.sin6_addr) == 1)
        is = address_private((const struct sockaddr *)&v6);
    else
        is = strcasecmp(host, "localhost") == 0;
    curl_free(host);
    return is;
}

static const char *web_fault(CURLU *url, const char *text, bool private_allowed)
{
    char *scheme = NULL;
    bool web;

    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
        return "is no address: write it like \"https://ntfy.sh/my-topic\"";
    web = strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
    curl_free(scheme);
    if (!web)
        return "must begin with https:// or http://";
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
        return "may hold no user name: write a secret into \"token\"";
    if (has_part(url, CURLUPART_FRAGMENT))
        return "may hold no \"#\"";
    if (!private_allowed && host_is_private(url))
        return "is in a private network, which this factory does not allow (config: "
               "\"notices\": {\"private\": true})";
    return NULL;
}

bool address_web_good(const char *text, bool private_allowed, const char **why)
{
    CURLU *url;

    *why = "must be plain letters, without blanks";
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        if (*c <= ' ' || *c >= 0x7f)
            return false;
    url = curl_url();
    *why = url != NULL ? web_fault(url, text, private_allowed) : "cannot be checked: out of memory";
    curl_url_cleanup(url);
    return *why == NULL;
}

void address_web_shown(const char *text, char *shown, size_t size)
{
    const char *host = strstr(text, "://");
    size_t n = host != NULL ? (size_t)(host + 3 - text) + strcspn(host + 3, "/?") : 0;

    snprintf(shown, size, "%.*s/…", (int)n, text);
}

/* ---- networks ---- */

struct network4 {
    uint32_t address;
    int bits;
};

static bool private4(uint32_t address)
{
    static const struct network4 networks[] = {
        {0x00000000, 8},  /* this network */
        {0x0a000000, 8},  /* 10/8 */
        {0x64400000, 10}, /* carrier's own */
        {0x7f000000, 8},  /* this computer */
        {0xa9fe0000, 16}, /* link-local; metadata services of clouds */
        {0xac100000, 12}, /* 172.16/12 */
        {0xc0000000, 24}, /* protocol assignments */
        {0xc0a80000, 16}, /* 192.168/16 */
        {0xc6120000, 15}, /* benchmarks */
        {0xe0000000, 3},  /* multicast, reserved, broadcast */
    };

    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
        if ((address ^ networks[i].address) >> (32 - networks[i].bits) == 0)
            return true;
    return false;
}

static uint32_t word_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* All but 2000::/3 is not of the public internet; some of it wraps an IPv4 address. */
static bool private6(const unsigned char *bytes)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};

    if (memcmp(bytes, mapped, sizeof mapped) == 0 || memcmp(bytes, nat64, sizeof nat64) == 0)
        return private4(word_at(bytes + 12));
    if (bytes[0] == 0x20 && bytes[1] == 0x02) /* 6to4 */
        return private4(word_at(bytes + 2));
    return bytes[0] >> 5 != 1 ||
           word_at(bytes) == 0x20010000; /* Teredo: wraps an address of anybody */
}

bool address_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return private4(
            ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return private6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return true;
}
