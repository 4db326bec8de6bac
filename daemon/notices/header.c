/* SPDX-License-Identifier: Apache-2.0 */
#include "header.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/json.h"

enum { WORD_BYTES = 39 }; /* of text in one encoded word, which may have 75 letters */

/* Bytes of the letter at text, 1 to 4; 0: it is none. */
static size_t letter_length(const char *text)
{
    for (size_t n = 1; n <= 4 && text[n - 1] != '\0'; n++)
        if (json_utf8(text, n))
            return n;
    return 0;
}

void header_clean(char *text)
{
    while (*text != '\0') {
        size_t n = letter_length(text);

        if (n == 0)
            *text = '?';
        else if (n == 1 && ((unsigned char)*text < 0x20 || *text == 0x7f))
            *text = ' ';
        text += n > 0 ? n : 1;
    }
}

static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text < 0x20 || *text > 0x7e || (text[0] == '=' && text[1] == '?'))
            return false;
    return true;
}

/* Bytes of the next word: whole letters of UTF-8. */
static size_t word_length(const char *text)
{
    size_t n = strlen(text);

    if (n <= WORD_BYTES)
        return n;
    for (n = WORD_BYTES; n > 1 && ((unsigned char)text[n] & 0xc0) == 0x80; n--)
        continue;
    return n;
}

static void encode(char *out, size_t size, const char *text)
{
    unsigned char word[4 * (WORD_BYTES / 3) + 8];
    size_t used = 0;

    out[0] = '\0';
    while (*text != '\0' && used < size) {
        size_t n = word_length(text);

        EVP_EncodeBlock(word, (const unsigned char *)text, (int)n);
        used += (size_t)snprintf(out + used, size - used, "%s=?UTF-8?B?%s?=", used > 0 ? " " : "",
                                 (const char *)word);
        text += n;
    }
}

void header_write(char header[HEADER_SIZE], const char *name, const char *text)
{
    char clean[HEADER_TEXT_SIZE], encoded[HEADER_SIZE - 64];

    snprintf(clean, sizeof clean, "%s", text);
    header_clean(clean);
    if (!is_plain(clean))
        encode(encoded, sizeof encoded, clean);
    snprintf(header, HEADER_SIZE, "%.60s: %s", name, is_plain(clean) ? clean : encoded);
}

void header_address(char *address, size_t size, const char *mailbox)
{
    const char *open = strrchr(mailbox, '<');

    if (open == NULL)
        snprintf(address, size, "%s", mailbox);
    else
        snprintf(address, size, "%.*s", (int)strcspn(open + 1, ">"), open + 1);
    for (; *address != '\0'; address++)
        *address = *address > ' ' && *address < 0x7f ? *address : '?';
}

void header_write_mailbox(char header[HEADER_SIZE], const char *name, const char *mailbox)
{
    const char *open = strrchr(mailbox, '<');
    char person[96], address[160], encoded[240];
    bool plain;

    header_address(address, sizeof address, mailbox);
    snprintf(person, sizeof person, "%.*s", open != NULL ? (int)(open - mailbox) : 0, mailbox);
    for (size_t n = strlen(person); n > 0 && person[n - 1] == ' '; n--)
        person[n - 1] = '\0';
    header_clean(person);
    plain = is_plain(person);
    for (char *c = person; plain && *c != '\0'; c++)
        *c = *c == '"' || *c == '\\' ? '\'' : *c;
    encode(encoded, sizeof encoded, person);
    if (person[0] == '\0')
        snprintf(header, HEADER_SIZE, "%.60s: <%s>", name, address);
    else if (plain)
        snprintf(header, HEADER_SIZE, "%.60s: \"%s\" <%s>", name, person, address);
    else
        snprintf(header, HEADER_SIZE, "%.60s: %s <%s>", name, encoded, address);
}

void header_write_date(char header[HEADER_SIZE], int64_t wall_ms)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    snprintf(header, HEADER_SIZE, "Date: %s, %02d %s %d %02d:%02d:%02d +0000", days[tm.tm_wday],
             tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
