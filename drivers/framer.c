/* SPDX-License-Identifier: Apache-2.0 */
#include "framer.h"

#include <string.h>

void framer_init(struct framer *framer)
{
    framer->used = 0;
    framer->cut = false;
    framer->line[0] = '\0';
}

void framer_reset(struct framer *framer)
{
    framer_init(framer);
}

/* A line is complete: gives it out and starts anew. */
static const char *finish_line(struct framer *framer, size_t *length)
{
    *length = framer->used;
    framer->line[framer->used] = '\0';
    framer->used = 0;
    framer->cut = false;
    return framer->line;
}

const char *framer_next(struct framer *framer, const char **bytes, size_t *n, size_t *length)
{
    const char *p = *bytes;
    const char *const end = p + *n;

    while (p < end) {
        const unsigned char c = (unsigned char)*p++;

        if (c == '\n' || c == '\r') {
            if (framer->used == 0)
                continue;
            *bytes = p;
            *n = (size_t)(end - p);
            return finish_line(framer, length);
        }
        if (c == 0 || c >= 0x80)
            continue;
        if (framer->used == FRAMER_LINE_MAX)
            framer->cut = true;
        else
            framer->line[framer->used++] = (char)c;
    }
    *bytes = end;
    *n = 0;
    return NULL;
}
