/* SPDX-License-Identifier: Apache-2.0 */
#include "thumbnail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse.h"

void thumbnail_init(struct thumbnail *t)
{
    memset(t, 0, sizeof *t);
}

static bool starts_with(const char *text, size_t n, const char *prefix)
{
    size_t length = strlen(prefix);

    return n >= length && memcmp(text, prefix, length) == 0;
}

static void drop(struct picture *picture)
{
    free(picture->bytes);
    memset(picture, 0, sizeof *picture);
}

static const char *type_of(const struct picture *picture)
{
    static const struct {
        const char *magic;
        size_t n;
        const char *type;
    } types[] = {{"\x89PNG\r\n\x1a\n", 8, "image/png"},
                 {"\xff\xd8\xff", 3, "image/jpeg"},
                 {"qoif", 4, "image/qoi"}};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (picture->used >= types[i].n && memcmp(picture->bytes, types[i].magic, types[i].n) == 0)
            return types[i].type;
    return NULL;
}

/* " begin 160x120 5552": room for so many characters, if the picture is worth keeping. */
static void begin(struct thumbnail *t, const char *text, size_t n)
{
    char copy[64];
    unsigned long width, height, characters;

    snprintf(copy, sizeof copy, "%.*s", (int)(n < 60 ? n : 60), text);
    drop(&t->current);
    t->reading = true;
    t->bits = t->bit_count = 0;
    if (sscanf(copy, " begin %5lux%5lu %9lu", &width, &height, &characters) != 3)
        return;
    t->current.area = width * height;
    t->current.size = characters / 4 * 3 + 3;
    if (t->current.area > t->best.area && t->current.size <= ANALYSIS_THUMBNAIL_MAX)
        t->current.bytes = malloc(t->current.size);
}

static int digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void decode(struct thumbnail *t, const char *text, size_t n)
{
    for (size_t i = 0; i < n && t->current.bytes != NULL; i++) {
        int value = digit(text[i]);

        if (value < 0) {
            if (text[i] == '=' || text[i] == ' ' || text[i] == '\r')
                continue;
            drop(&t->current);
            return;
        }
        t->bits = t->bits << 6 | (unsigned)value;
        t->bit_count += 6;
        if (t->bit_count < 8)
            continue;
        t->bit_count -= 8;
        if (t->current.used == t->current.size) {
            drop(&t->current);
            return;
        }
        t->current.bytes[t->current.used++] = (unsigned char)(t->bits >> t->bit_count);
        t->bits &= 0xff;
    }
}

static void end(struct thumbnail *t)
{
    t->reading = false;
    if (t->current.bytes == NULL || type_of(&t->current) == NULL) {
        drop(&t->current);
        return;
    }
    drop(&t->best);
    t->best = t->current;
    memset(&t->current, 0, sizeof t->current);
}

bool thumbnail_comment(struct thumbnail *t, const char *text, size_t n)
{
    if (text[0] == 't' && starts_with(text, n, "thumbnail")) {
        text += 9, n -= 9;
        if (starts_with(text, n, "_JPG") || starts_with(text, n, "_QOI") ||
            starts_with(text, n, "_PNG"))
            text += 4, n -= 4;
        if (starts_with(text, n, " begin"))
            begin(t, text, n);
        else if (starts_with(text, n, " end"))
            end(t);
        else
            return false;
        return true;
    }
    if (!t->reading)
        return false;
    decode(t, text, n);
    return true;
}

char *thumbnail_take(struct thumbnail *t, size_t *size, const char **type)
{
    char *bytes = (char *)t->best.bytes;

    *size = t->best.used;
    *type = bytes != NULL ? type_of(&t->best) : "";
    t->best.bytes = NULL;
    return bytes;
}

void thumbnail_finish(struct thumbnail *t)
{
    drop(&t->best);
    drop(&t->current);
}
