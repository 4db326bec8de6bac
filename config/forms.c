/* SPDX-License-Identifier: Apache-2.0 */
#include "forms.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form_port.h"
#include "form_zone.h"
#include "hours.h"
#include "words.h"

#define ID_BYTES "abcdefghijklmnopqrstuvwxyz0123456789-_."

static const int baud_rates[] = {1200,   2400,   4800,   9600,    14400,   19200,  38400,
                                 57600,  76800,  115200, 128000,  230400,  250000, 256000,
                                 460800, 500000, 921600, 1000000, 1500000, 2000000};

const int *form_baud_rates(size_t *count)
{
    *count = sizeof baud_rates / sizeof *baud_rates;
    return baud_rates;
}

/* The id somebody who wrote "Caen P01" would have to write; "" when nothing is left of it. */
static void clean_id(const char *value, char *id, size_t size)
{
    size_t n = 0;

    for (; *value != '\0' && n + 1 < size; value++) {
        char c = (char)tolower((unsigned char)*value);

        if (strchr(ID_BYTES, c) != NULL)
            id[n++] = c;
        else if (n > 0 && id[n - 1] != '-' && (unsigned char)c < 0x80)
            id[n++] = '-';
    }
    id[n] = '\0';
}

static bool form_id(const char *value, char *why, size_t size)
{
    char id[48];

    if (isalnum((unsigned char)value[0]) && strspn(value, ID_BYTES) == strlen(value))
        return true;
    clean_id(value, id, sizeof id);
    if (isalnum((unsigned char)id[0]))
        snprintf(why, size, "may hold a-z 0-9 - _ . only: write \"%s\"", id);
    else
        snprintf(why, size, "may hold a-z 0-9 - _ . only, and begins with a letter or digit");
    return false;
}

static bool begins(const char *value, const char *with)
{
    return strncmp(value, with, strlen(with)) == 0 && value[strlen(with)] != '\0';
}

static bool form_scheme(const char *value, const char *const *schemes, char *why, size_t size)
{
    for (int i = 0; i < 2; i++)
        if (begins(value, schemes[i]) && strpbrk(value, " \"<>\\") == NULL)
            return true;
    snprintf(why, size, "must begin with %s or %s and hold no blanks", schemes[0], schemes[1]);
    return false;
}

/* "10.0.0.9", "::1" or a network of them with "/bits". */
static bool form_host(const char *value, char *why, size_t size)
{
    unsigned char binary[16];
    char address[64];
    size_t n = strcspn(value, "/");
    long bits = value[n] == '/' ? strtol(value + n + 1, NULL, 10) : 0;
    bool v4, v6;

    snprintf(address, sizeof address, "%.*s", (int)(n < 60 ? n : 60), value);
    v4 = inet_pton(AF_INET, address, binary) == 1;
    v6 = inet_pton(AF_INET6, address, binary) == 1;
    if ((v4 || v6) && bits >= 0 && bits <= (v4 ? 32 : 128) &&
        (value[n] == '\0' || (isdigit((unsigned char)value[n + 1]) &&
                              strspn(value + n + 1, "0123456789") == strlen(value + n + 1))))
        return true;
    snprintf(why, size, "is no address: write \"127.0.0.1\", \"::1\" or \"10.0.0.0/8\"");
    return false;
}

static bool form_listen(const char *value, char *why, size_t size)
{
    char host[64], ignored[64];
    const char *colon = strrchr(value, ':');
    size_t n = colon != NULL ? (size_t)(colon - value) : 0;
    bool bracket = n > 2 && value[0] == '[' && value[n - 1] == ']';

    snprintf(host, sizeof host, "%.*s",
             (int)(bracket  ? n - 2
                   : n < 60 ? n
                            : 60),
             bracket ? value + 1 : value);
    if (colon != NULL && (form_port_number(colon + 1) || strcmp(colon, ":0") == 0) &&
        (n == 0 || strcmp(host, "localhost") == 0 ||
         (strchr(host, '/') == NULL && bracket == (strchr(host, ':') != NULL) &&
          form_host(host, ignored, sizeof ignored))))
        return true;
    snprintf(why, size,
             "is no address to listen on: write \"127.0.0.1:8750\", \"[::]:8750\" or "
             "\":8750\" (all addresses)");
    return false;
}

static bool form_mail(const char *value, char *why, size_t size)
{
    const char *at = strchr(value, '@');
    size_t n = strlen(value);

    /* The relay checks the rest; a line break here would forge headers, and none gets this far. */
    if (at != NULL && at != value && strchr(at, '.') != NULL && strrchr(value, '@') == at &&
        (value[n - 1] == '>') == (strchr(value, '<') != NULL))
        return true;
    snprintf(why, size, "is no mail address: write \"usine@example.org\"");
    return false;
}

static bool form_commands(const char *value, char *why, size_t size)
{
    for (const char *at = value; *at != '\0'; at += strspn(at, " ")) {
        size_t digits = strspn(at + 1, "0123456789");

        if ((*at != 'M' && *at != 'G') || digits == 0 || digits > 4 ||
            (at[1 + digits] != ' ' && at[1 + digits] != '\0')) {
            snprintf(why, size, "must be commands with blanks between: \"M907 M42\"");
            return false;
        }
        at += 1 + digits;
    }
    return true;
}

bool form_accepts(enum form form, const char *value, char *why, size_t size)
{
    static const char *const store[] = {"sqlite:", "postgresql://"};
    static const char *const http[] = {"https://", "http://"};
    static const char *const smtp[] = {"smtp://", "smtps://"};
    struct hours hours;

    switch (form) {
    case FORM_ID:
        return form_id(value, why, size);
    case FORM_PORT:
        return form_port(value, why, size);
    case FORM_HOURS:
        return hours_parse(value, &hours, why, size);
    case FORM_ZONE:
        return form_zone(value, why, size);
    case FORM_LISTEN:
        return form_listen(value, why, size);
    case FORM_HOST:
        return form_host(value, why, size);
    case FORM_STORE:
        return form_scheme(value, store, why, size);
    case FORM_HTTP:
        return form_scheme(value, http, why, size);
    case FORM_SMTP:
        return form_scheme(value, smtp, why, size);
    case FORM_MAIL:
        return form_mail(value, why, size);
    case FORM_COMMANDS:
        return form_commands(value, why, size);
    case FORM_ANY:
    case FORM_PATH:
    case FORM_BAUD:
        break;
    }
    return true;
}

bool form_accepts_number(enum form form, double value, char *why, size_t size)
{
    char wanted[32], rate[32], best[32] = "", hint[64];
    struct nearest nearest = {.wanted = wanted};

    if (form != FORM_BAUD)
        return true;
    snprintf(wanted, sizeof wanted, "%.0f", value);
    for (size_t i = 0; i < sizeof baud_rates / sizeof *baud_rates; i++) {
        if (value == baud_rates[i])
            return true;
        snprintf(rate, sizeof rate, "%d", baud_rates[i]);
        words_offer(&nearest, rate);
        if (nearest.best == rate) {
            memcpy(best, rate, sizeof best);
            nearest.best = best;
        }
    }
    words_hint(&nearest, hint, sizeof hint);
    snprintf(why, size, "%s is not a rate serial ports use%s", wanted,
             best[0] != '\0' ? hint : ": most boards speak at 115200 or 250000");
    return false;
}

const char *form_pattern(enum form form)
{
    /* Enough for an editor to complain; the loader checks the rest. */
    switch (form) {
    case FORM_ID:
        return "^[a-z0-9][a-z0-9._-]*$";
    case FORM_PORT:
        return "^(/|tcp://|usb:[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4})";
    case FORM_LISTEN:
        return ":[0-9]+$";
    case FORM_STORE:
        return "^(sqlite:|postgresql://).";
    case FORM_HTTP:
        return "^https?://.";
    case FORM_SMTP:
        return "^smtps?://.";
    case FORM_COMMANDS:
        return "^([MG][0-9]{1,4} *)*$";
    case FORM_MAIL:
        return "@";
    case FORM_HOURS:
        return "^(24/7|.*([0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}|off|closed).*)$";
    case FORM_ANY:
    case FORM_PATH:
    case FORM_ZONE:
    case FORM_HOST:
    case FORM_BAUD:
        break;
    }
    return NULL;
}
