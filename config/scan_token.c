/* SPDX-License-Identifier: Apache-2.0 */
#include "scan_token.h"

#include <ctype.h>
#include <string.h>

#include "words.h"

static const char *slip(const char *at)
{
    if (*at == '\'')
        return ": texts stand in double quotes";
    if (*at == '#')
        return ": comments begin with //";
    if (*at == '=')
        return ": a colon stands between name and value";
    if (*at == '"')
        return ": is a comma missing before it?";
    if (*at == ',')
        return ": is there a comma too many?";
    return "";
}

void token_complain(struct source *source, size_t at, const char *expected)
{
    const char *text = source->text + at;
    size_t n = words_whole(text, strnlen(text, 24));
    size_t word = strcspn(text, " \t\r\n,:[]{}\"");

    if (*text == '\0') {
        source_fault_at(source, at, "the file ends here, but %s was expected", expected);
        return;
    }
    if (word < n)
        n = word == 0 ? 1 : word;
    source_fault_at(source, at, "expected %s, found %.*s%s", expected, (int)n, text, slip(text));
}

static int hex4(const char *at)
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)at[i]))
            return -1;
        value =
            16 * value + (isdigit((unsigned char)at[i]) ? at[i] - '0' : (at[i] | 0x20) - 'a' + 10);
    }
    return value;
}

/* The length of the escape at `at`, which is a backslash; 0 if it is none. */
static size_t escape_length(const char *at)
{
    int low, unit;

    if (at[1] != 'u')
        return at[1] != '\0' && strchr("\"\\/bfnrt", at[1]) != NULL ? 2 : 0;
    unit = hex4(at + 2);
    if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
        return 0;
    if (unit < 0xd800 || unit > 0xdbff)
        return 6;
    low = at[6] == '\\' && at[7] == 'u' ? hex4(at + 8) : -1;
    return low >= 0xdc00 && low <= 0xdfff ? 12 : 0;
}

bool token_string(struct source *source, size_t *at)
{
    size_t begin = *at, i = begin + 1, step;

    for (; source->text[i] != '"'; i += step) {
        unsigned char c = (unsigned char)source->text[i];

        step = c == '\\' ? escape_length(source->text + i) : 1;
        if (c == '\0' || c == '\n') {
            source_fault_at(source, begin, "this text has no closing quote on its line");
            return false;
        }
        if (c < 0x20 || c == 0x7f) {
            source_fault_at(source, i, "a control byte (0x%02x) in a text: remove it", c);
            return false;
        }
        if (step == 0) {
            source_fault_at(source, i,
                            "a bad escape in a text: write \\\\ for a backslash, "
                            "\\u00e9 for a character by its number");
            return false;
        }
    }
    *at = i + 1;
    return true;
}

/* The length of the number at text by the grammar of RFC 8259, section 6; 0 if it is none. */
static size_t number_length(const char *text)
{
    const char *at = text;

    at += *at == '-';
    if (*at == '0')
        at++;
    else if (isdigit((unsigned char)*at))
        at += strspn(at, "0123456789");
    else
        return 0;
    if (*at == '.') {
        if (!isdigit((unsigned char)at[1]))
            return 0;
        at += 1 + strspn(at + 1, "0123456789");
    }
    if (*at == 'e' || *at == 'E') {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        if (!isdigit((unsigned char)*at))
            return 0;
        at += strspn(at, "0123456789");
    }
    return (size_t)(at - text);
}

bool token_plain(struct source *source, size_t *at)
{
    const char *text = source->text + *at;
    size_t word = strcspn(text, " \t\r\n,:[]{}\"");
    bool known = (word == 4 && strncmp(text, "true", 4) == 0) ||
                 (word == 5 && strncmp(text, "false", 5) == 0) ||
                 (word == 4 && strncmp(text, "null", 4) == 0);

    if (!known && (word == 0 || word > 40 || number_length(text) != word)) {
        token_complain(source, *at, "a value");
        return false;
    }
    *at += word;
    return true;
}
