/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 64 }; /* longer words are compared by their beginning */

static int plain(char c)
{
    return c == '_' ? '-' : tolower((unsigned char)c);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance where swapping two neighbours is one slip (Damerau, optimal string alignment). */
static size_t distance(const char *a, size_t a_n, const char *b, size_t b_n)
{
    size_t rows[3][WORD_MAX + 1];

    for (size_t j = 0; j <= b_n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b_n; j++) {
            size_t other = plain(a[i - 1]) == plain(b[j - 1]) ? 0 : 1;

            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + other);
            if (i > 1 && j > 1 && plain(a[i - 1]) == plain(b[j - 2]) &&
                plain(a[i - 2]) == plain(b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return rows[a_n % 3][b_n];
}

void words_offer(struct nearest *nearest, const char *candidate)
{
    size_t a = least(strlen(nearest->wanted), WORD_MAX);
    size_t b = least(strlen(candidate), WORD_MAX);
    size_t shorter = least(a, b);
    size_t allowed = a + b - shorter < 4 ? 1 : (a + b - shorter + 1) / 3;
    size_t slips;

    if (shorter == 0)
        return;
    slips = distance(nearest->wanted, a, candidate, b);
    if (slips > 1 && shorter >= 3 && strncasecmp(nearest->wanted, candidate, shorter) == 0)
        slips = 1;
    if (slips > allowed || (nearest->best != NULL && slips >= nearest->distance))
        return;
    nearest->best = candidate;
    nearest->distance = slips;
}

const char *words_hint(const struct nearest *nearest, char *text, size_t size)
{
    char shown[WORD_MAX];

    text[0] = '\0';
    if (nearest->best != NULL)
        snprintf(text, size, ": did you mean \"%s\"?",
                 words_show(shown, sizeof shown, nearest->best));
    return text;
}

size_t words_whole(const char *text, size_t n)
{
    size_t back = 0;

    while (back < n && back < 3 && ((unsigned char)text[n - 1 - back] & 0xc0) == 0x80)
        back++;
    if (back < n) {
        unsigned char lead = (unsigned char)text[n - 1 - back];
        size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;

        if (length > back + 1)
            return n - 1 - back;
    }
    return n;
}

const char *words_show(char *out, size_t size, const char *text)
{
    size_t n = strlen(text);

    if (n >= size) {
        n = words_whole(text, size - 4);
        memcpy(out + n, "...", 4);
    } else {
        out[n] = '\0';
    }
    memcpy(out, text, n);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)out[i] < 0x20 || out[i] == 0x7f)
            out[i] = '?';
    return out;
}
