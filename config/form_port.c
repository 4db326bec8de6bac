/* SPDX-License-Identifier: Apache-2.0 */
#include "form_port.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool form_port_number(const char *text)
{
    size_t n = strlen(text);

    return n >= 1 && n <= 5 && strspn(text, "0123456789") == n && atoi(text) >= 1 &&
           atoi(text) <= 65535;
}

static bool hex4(const char *text)
{
    for (int i = 0; i < 4; i++)
        if (!isxdigit((unsigned char)text[i]))
            return false;
    return true;
}

static bool form_usb(const char *value, char *why, size_t size)
{
    const char *at = value + 4;

    if (hex4(at) && at[4] == ':' && hex4(at + 5) &&
        (at[9] == '\0' || (at[9] == ':' && at[10] != '\0' && strchr(at, ' ') == NULL)))
        return true;
    snprintf(why, size,
             "is no USB identity: write \"usb:2c99:0002\" or \"usb:2c99:0002:SERIAL\" "
             "(usine ports shows them)");
    return false;
}

static bool form_tcp(const char *value, char *why, size_t size)
{
    const char *host = value + 6;
    const char *colon = strrchr(host, ':');

    if (colon != NULL && colon != host && strpbrk(host, " /?#@") == NULL &&
        (strchr(host, ':') == colon || (host[0] == '[' && colon[-1] == ']')) &&
        form_port_number(colon + 1))
        return true;
    snprintf(why, size, "is no network port: write \"tcp://10.0.0.9:8080\"");
    return false;
}

bool form_port(const char *value, char *why, size_t size)
{
    if (strncmp(value, "usb:", 4) == 0)
        return form_usb(value, why, size);
    if (strncmp(value, "tcp://", 6) == 0)
        return form_tcp(value, why, size);
    if (value[0] == '/' && value[1] != '\0' && strstr(value, "/../") == NULL)
        return true;
    if (strncmp(value, "tty", 3) == 0)
        snprintf(why, size, "is no path: write \"/dev/%.40s\"", value);
    else
        snprintf(why, size,
                 "is no port: write a path (/dev/serial/by-id/...), \"usb:VID:PID\" or "
                 "\"tcp://HOST:PORT\" (usine ports shows them)");
    return false;
}
