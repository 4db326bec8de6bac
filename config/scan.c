/* SPDX-License-Identifier: Apache-2.0 */
#include "scan.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "scan_token.h"

/* Where a scan is. */
struct scan {
    struct source *source;
    char *text;
    size_t at;
    int depth;
};

static bool scan_value(struct scan *s, size_t key);

static void skip_blanks(struct scan *s)
{
    s->at += strspn(s->text + s->at, " \t\r\n");
}

static bool note_place(struct scan *s, size_t key)
{
    struct source *source = s->source;
    struct place *places;

    if (source->place_count == SOURCE_VALUES) {
        source_fault_at(source, s->at, "the file holds more than %d values", SOURCE_VALUES);
        return false;
    }
    places = array_grow(source->places, source->place_count, &source->place_room, sizeof *places);
    if (places == NULL) {
        source->no_memory = true;
        return false;
    }
    source->places = places;
    source->places[source->place_count++] = (struct place){.key = key, .value = s->at};
    return true;
}

/* After a member: true when another one follows; *done when the list has closed. */
static bool scan_next(struct scan *s, char close, bool *done)
{
    size_t comma;

    skip_blanks(s);
    *done = s->text[s->at] == close;
    if (*done) {
        s->at++;
        return true;
    }
    if (s->text[s->at] != ',') {
        token_complain(s->source, s->at, close == '}' ? "a comma or }" : "a comma or ]");
        return false;
    }
    comma = s->at++;
    skip_blanks(s);
    if (s->text[s->at] == close) {
        source_fault_at(s->source, comma, "a comma before %c: remove it", close);
        s->text[comma] = ' ';
        *done = true;
        s->at++;
    }
    return true;
}

static bool scan_member(struct scan *s)
{
    size_t key = s->at;

    if (s->text[s->at] != '"') {
        token_complain(s->source, s->at, "a name in double quotes");
        return false;
    }
    if (!token_string(s->source, &s->at))
        return false;
    skip_blanks(s);
    if (s->text[s->at] != ':') {
        token_complain(s->source, s->at, "a colon after the name");
        return false;
    }
    s->at++;
    skip_blanks(s);
    return scan_value(s, key);
}

static bool scan_list(struct scan *s, char close)
{
    bool done;

    if (s->depth == SOURCE_DEPTH) {
        source_fault_at(s->source, s->at, "nested more than %d deep", SOURCE_DEPTH);
        return false;
    }
    s->depth++;
    s->at++;
    skip_blanks(s);
    done = s->text[s->at] == close;
    if (done)
        s->at++;
    while (!done)
        if (!(close == '}' ? scan_member(s) : scan_value(s, s->at)) || !scan_next(s, close, &done))
            return false;
    s->depth--;
    return true;
}

static bool scan_value(struct scan *s, size_t key)
{
    if (!note_place(s, key))
        return false;
    switch (s->text[s->at]) {
    case '{':
        return scan_list(s, '}');
    case '[':
        return scan_list(s, ']');
    case '"':
        return token_string(s->source, &s->at);
    default:
        return token_plain(s->source, &s->at);
    }
}

bool scan_text(struct source *source)
{
    struct scan s = {.source = source, .text = source->text};

    skip_blanks(&s);
    if (!scan_value(&s, s.at))
        return false;
    skip_blanks(&s);
    if (s.text[s.at] != '\0')
        token_complain(source, s.at, "nothing after the closing bracket");
    return s.text[s.at] == '\0';
}

static void blank(char *from, const char *end)
{
    for (; from < end; from++)
        if (*from != '\n')
            *from = ' ';
}

/* The end of a text in quotes, as far as it stands on one line. */
static char *after_quotes(char *at)
{
    for (at++; *at != '"' && *at != '\n' && *at != '\0'; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return *at == '"' ? at + 1 : at;
}

bool scan_blank(struct source *source)
{
    char *at = source->text;

    if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
        blank(at, at + 3);
    while ((at = strpbrk(at, "\"/")) != NULL) {
        char *end;

        if (*at == '"') {
            at = after_quotes(at);
        } else if (at[1] == '/') {
            end = at + strcspn(at, "\n");
            blank(at, end);
            at = end;
        } else if (at[1] == '*') {
            end = strstr(at + 2, "*/");
            if (end == NULL) {
                source_fault_at(source, (size_t)(at - source->text),
                                "this comment never ends: close it with */");
                return false;
            }
            blank(at, end + 2);
            at = end + 2;
        } else {
            at++;
        }
    }
    return true;
}
