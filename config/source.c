/* SPDX-License-Identifier: Apache-2.0 */
/* The plan: copy, refuse what is no text (size, NUL, UTF-8), blank the comments, check the grammar
 * and note places (scan.c), then let cJSON build the tree and give each place its node: both walk
 * in document order. A fault of grammar ends the reading; all others are gathered. */
#include "source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "scan.h"
#include "words.h"

/* A value quoted in part may have been cut in the middle of a character. */
static void drop_cut_characters(char *text)
{
    size_t length = strlen(text), kept = 0;

    for (size_t at = 0; at < length;) {
        size_t n = 1;

        while (n < 4 && at + n < length && !json_utf8(text + at, n))
            n++;
        if (!json_utf8(text + at, n)) {
            at++;
            continue;
        }
        memmove(text + kept, text + at, n);
        kept += n;
        at += n;
    }
    text[kept] = '\0';
}

static void add_fault(struct source *source, size_t offset, const char *format, va_list args)
{
    struct config_faults *faults = source->faults;
    struct config_fault *items;

    if (faults->count >= SOURCE_FAULTS)
        return;
    items = realloc(faults->items, (faults->count + 1) * sizeof *items);
    if (items == NULL) {
        source->no_memory = true;
        return;
    }
    faults->items = items;
    items += faults->count++;
    items->line = (int)offset;
    items->column = (int)faults->count;
    vsnprintf(items->text, sizeof items->text, format, args);
    drop_cut_characters(items->text);
}

void source_fault_at(struct source *source, size_t offset, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_fault(source, offset, format, args);
    va_end(args);
}

static int by_node(const void *a, const void *b)
{
    const struct place *one = a, *other = b;

    return (one->node > other->node) - (one->node < other->node);
}

static struct place place_of(const struct source *source, const cJSON *node)
{
    struct place wanted = {.node = node};
    const struct place *found = NULL;

    if (source->place_count > 0)
        found = bsearch(&wanted, source->places, source->place_count, sizeof wanted, by_node);
    return found != NULL ? *found : wanted;
}

void source_fault(struct source *source, const cJSON *node, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_fault(source, place_of(source, node).value, format, args);
    va_end(args);
}

void source_fault_name(struct source *source, const cJSON *node, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_fault(source, place_of(source, node).key, format, args);
    va_end(args);
}

int source_line(const struct source *source, const cJSON *node)
{
    size_t end = place_of(source, node).key;
    int line = 1;

    for (size_t i = 0; i < end; i++)
        line += source->text[i] == '\n';
    return line;
}

static int by_place(const void *a, const void *b)
{
    const struct config_fault *one = a, *other = b;

    if (one->line != other->line)
        return one->line < other->line ? -1 : 1;
    return (one->column > other->column) - (one->column < other->column);
}

void source_settle(struct source *source)
{
    struct config_faults *faults = source->faults;
    size_t at = 0;
    int line = 1, column = 1;

    if (faults->count > 0)
        qsort(faults->items, faults->count, sizeof *faults->items, by_place);
    for (size_t i = 0; i < faults->count; i++) {
        for (; at < (size_t)faults->items[i].line && at < source->size; at++) {
            unsigned char c = (unsigned char)source->text[at];

            column = c == '\n' ? 1 : column + ((c & 0xc0) != 0x80);
            line += c == '\n';
        }
        faults->items[i].line = line;
        faults->items[i].column = column;
    }
}

/* The first byte that is no text. */
static size_t first_bad_byte(const char *text, size_t n)
{
    size_t at = 0, step = 1;

    while (at < n && step <= 4) {
        if (at + step <= n && json_utf8(text + at, step)) {
            at += step;
            step = 1;
        } else {
            step++;
        }
    }
    return at;
}

static bool check_bytes(struct source *source)
{
    size_t at;

    if (json_utf8(source->text, source->size))
        return true;
    at = first_bad_byte(source->text, source->size);
    source_fault_at(source, at, "byte 0x%02x is not UTF-8 text: save the file as UTF-8",
                    (unsigned char)source->text[at]);
    return false;
}

/* Gives the places their nodes, in document order; returns the number given. */
static size_t give_nodes(struct source *source, const cJSON *node, size_t next)
{
    for (; node != NULL && next < source->place_count; node = node->next) {
        source->places[next++].node = node;
        next = give_nodes(source, node->child, next);
    }
    return next;
}

enum err source_read(struct source *source, const char *text, size_t n,
                     struct config_faults *faults)
{
    const char *end;

    *source = (struct source){.faults = faults};
    source->text = malloc((n <= SOURCE_MAX ? n : 0) + 1);
    source->no_memory = source->text == NULL;
    if (source->no_memory)
        return ERR_NO_MEMORY;
    source->text[0] = '\0';
    if (n > SOURCE_MAX) {
        source_fault_at(source, 0, "the file is larger than %d MB", SOURCE_MAX >> 20);
        return ERR_INVALID;
    }
    if (n > 0)
        memcpy(source->text, text, n);
    source->text[n] = '\0';
    source->size = n;
    if (!check_bytes(source) || !scan_blank(source) || !scan_text(source))
        return source->no_memory ? ERR_NO_MEMORY : ERR_INVALID;
    source->root = cJSON_ParseWithOpts(source->text, &end, 1);
    source->no_memory = source->root == NULL; /* the grammar was checked: nothing else is left */
    if (source->no_memory)
        return ERR_NO_MEMORY;
    give_nodes(source, source->root, 0);
    qsort(source->places, source->place_count, sizeof *source->places, by_node);
    return ERR_OK;
}

void source_finish(struct source *source)
{
    cJSON_Delete(source->root);
    free(source->places);
    free(source->text);
    *source = (struct source){.text = NULL};
}
