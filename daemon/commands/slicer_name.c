/* SPDX-License-Identifier: Apache-2.0 */
/* Names are compared folded: small ASCII letters and digits in words with one space around each,
 * so that a part is found as a text within a text, and only as whole words. */
#include "slicer_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum { FOLD_SIZE = 2 * SLICER_NAME_MAX + 4, COUNT_DIGITS_MAX = 5 };

/* U+00C0 to U+00FF without their accents; a blank is none of ours. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooox"
                            "ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";

/* The next character, folded: a letter, a digit, ' ' for anything else, '\0' for a combining accent
 * that is left out. Moves *text on. */
static char fold_char(const unsigned char **text)
{
    unsigned c = *(*text)++;

    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return (char)c;
    if ((c & 0xE0u) == 0xC0u && (**text & 0xC0u) == 0x80u) {
        c = (c & 0x1Fu) << 6 | (*(*text)++ & 0x3Fu);
        if (c == 0xD7) /* times */
            return 'x';
        if (c >= 0x300 && c <= 0x36F)
            return '\0';
        return c >= 0xC0 && c <= 0xFF ? latin[c - 0xC0] : ' ';
    }
    return ' ';
}

static void fold(const char *text, char folded[FOLD_SIZE])
{
    const unsigned char *at = (const unsigned char *)text;
    size_t n = 0;

    folded[n++] = ' ';
    while (*at != '\0' && n < FOLD_SIZE - 3) {
        bool equals = *at == '='; /* "serre-tete=4" is "serre-tete x4" */
        char c = fold_char(&at);

        if (c != '\0' && (c != ' ' || folded[n - 1] != ' '))
            folded[n++] = c;
        if (equals)
            folded[n++] = 'x';
    }
    if (folded[n - 1] != ' ')
        folded[n++] = ' ';
    folded[n] = '\0';
}

/* ---- counts: "x4" or "4x", as a word ---- */

/* at points to the blank before a word. -1: the word is no count. */
static int64_t count_at(const char *at)
{
    bool before = *++at == 'x';
    const char *digits = at + before;
    size_t n = strspn(digits, "0123456789");
    bool after = digits[n] == 'x';

    if (n == 0 || n > COUNT_DIGITS_MAX || before == after || digits[n + after] != ' ')
        return -1;
    return strtoll(digits, NULL, 10);
}

/* The count in the word that ends before the blank at. */
static int64_t count_before(const char *folded, const char *at)
{
    while (at > folded && *--at != ' ')
        continue;
    return *at == ' ' ? count_at(at) : -1;
}

/* The only count in the name; -1: none, -2: several. */
static int64_t count_anywhere(const char *folded)
{
    int64_t found = -1;

    for (const char *at = folded; at[1] != '\0'; at = strchr(at + 1, ' ')) {
        int64_t count = count_at(at);

        if (count >= 0 && found >= 0)
            return -2;
        found = count >= 0 ? count : found;
    }
    return found;
}

/* ---- parts ---- */

struct match {
    const struct config_part *part;
    const char *at; /* the blank before it */
    size_t size;    /* with that blank, without the one after */
};

static void match_text(const char *folded, const char *text, struct match *match)
{
    char wanted[FOLD_SIZE];
    const char *at;
    size_t size;

    fold(text, wanted);
    size = strlen(wanted) - 1;
    at = size > 0 ? strstr(folded, wanted) : NULL;
    if (at != NULL && size > match->size) {
        match->at = at;
        match->size = size;
    }
}

static bool covers(const struct match *a, const struct match *b)
{
    return a->size >= b->size && a->at <= b->at && b->at + b->size <= a->at + a->size;
}

/* Keeps the matches in the order of the name; of two at one place the longer. */
static void insert(struct match *matches, size_t *count, const struct match *match)
{
    size_t i = 0, kept = 0;

    for (i = 0; i < *count; i++)
        if (covers(&matches[i], match))
            return;
    for (i = 0; i < *count; i++)
        if (!covers(match, &matches[i]))
            matches[kept++] = matches[i];
    *count = kept;
    if (*count == PROGRAM_YIELDS_MAX)
        return;
    for (i = (*count)++; i > 0 && matches[i - 1].at > match->at; i--)
        matches[i] = matches[i - 1];
    matches[i] = *match;
}

static size_t find_parts(const struct config *config, const char *folded,
                         struct match matches[PROGRAM_YIELDS_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < config->part_count; i++) {
        struct match match = {.part = &config->parts[i]};

        match_text(folded, config->parts[i].id, &match);
        match_text(folded, config->parts[i].name, &match);
        if (match.size > 0)
            insert(matches, &count, &match);
    }
    return count;
}

static void list_parts(const struct config *config, char *text, size_t size)
{
    size_t used = 0;

    *text = '\0';
    for (size_t i = 0; i < config->part_count && used + ID_SIZE + 3 < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i > 0 ? ", " : "",
                                 config->parts[i].id);
}

static enum err refuse(const struct config *config, const char *what, char *text, size_t size)
{
    char parts[240];

    list_parts(config, parts, sizeof parts);
    snprintf(text, size,
             "%s: name the file after part and pieces, as in \"%s x4.gcode\" (parts: %s)", what,
             config->part_count > 0 ? config->parts[0].id : "part", parts);
    return ERR_INVALID;
}

enum err slicer_yields(const struct config *config, const char *name,
                       struct program_request *request, char *text, size_t size)
{
    struct match matches[PROGRAM_YIELDS_MAX];
    char folded[FOLD_SIZE];
    size_t count;
    bool counts_first;

    fold(name, folded);
    count = find_parts(config, folded, matches);
    if (count == 0)
        return refuse(config, "no part in the name", text, size);
    counts_first = count_before(folded, matches[0].at) >= 0;
    for (size_t i = 0; i < count; i++) {
        const struct match *match = &matches[i];
        int64_t pieces =
            counts_first ? count_before(folded, match->at) : count_at(match->at + match->size);

        if (pieces < 0 && count == 1)
            pieces = count_anywhere(folded);
        if (pieces == -2)
            return refuse(config, "several numbers of pieces in the name", text, size);
        memcpy(request->yields[i].part, match->part->id, sizeof request->yields[i].part);
        request->yields[i].pieces = pieces < 0 ? 1 : pieces;
    }
    request->yield_count = count;
    return ERR_OK;
}

/* ---- file and model ---- */

void slicer_file(const char *path, char *name, size_t size)
{
    size_t n = 0;

    for (const char *at = path; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            path = at + 1;
    while (*path == ' ')
        path++;
    for (; *path != '\0' && n < size - 1; path++)
        if ((unsigned char)*path >= ' ' && *path != 0x7F)
            name[n++] = *path;
    while (n > 0 && *path != '\0' && ((unsigned char)*path & 0xC0) == 0x80) {
        path--; /* not in the middle of a character */
        n--;
    }
    name[n] = '\0';
    if (!json_utf8(name, n) || strspn(name, ". ") == n)
        name[0] = '\0';
}

static void list_models(const struct config *config, char *text, size_t size)
{
    size_t used = 0;

    *text = '\0';
    for (size_t i = 0; i < config->machine_count; i++) {
        const char *model = config->machines[i].model;
        bool told = false;

        for (size_t k = 0; k < i; k++)
            told = told || strcmp(config->machines[k].model, model) == 0;
        if (!told && used + sizeof config->machines[i].model + 3 < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used > 0 ? ", " : "", model);
    }
}

static const struct profile *only_model(const struct config *config)
{
    for (size_t i = 1; i < config->machine_count; i++)
        if (strcmp(config->machines[i].model, config->machines[0].model) != 0)
            return NULL;
    return config->machine_count > 0 ? config_model(config, config->machines[0].model) : NULL;
}

const struct profile *slicer_model(const struct config *config, const char *wanted,
                                   const char *path, char *text, size_t size)
{
    char models[300], folder[sizeof config->models->id] = "";
    const struct profile *found, *named;
    size_t n;

    while (*path == '/')
        path++;
    n = strcspn(path, "/\\");
    if (n < sizeof folder)
        snprintf(folder, sizeof folder, "%.*s", (int)n, path);
    named = config_model(config, folder);
    list_models(config, models, sizeof models);
    if (*wanted != '\0') {
        found = config_model(config, wanted);
        if (found != NULL && (named == NULL || named == found))
            return found;
        snprintf(text, size,
                 found == NULL
                     ? "no model \"%.40s\": the slicer's address ends in /slicer/MODEL (%s)"
                     : "this address is for %.40s, but the folder names another model (%s)",
                 wanted, models);
        return NULL;
    }
    found = named != NULL ? named : only_model(config);
    if (found == NULL)
        snprintf(text, size, "for which model? End the slicer's address in /slicer/MODEL (%s)",
                 models);
    return found;
}
