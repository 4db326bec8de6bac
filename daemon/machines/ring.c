/* SPDX-License-Identifier: Apache-2.0 */
/* Each line is kept as: 4 bytes of time, 1 of way, 1 of length, then the text. */
#include "ring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 6, KEPT = 255 };

static void put(struct ring *ring, const void *from, size_t n)
{
    const char *bytes = from;
    uint32_t at = (ring->start + ring->used) % RING_BYTES;
    size_t first = RING_BYTES - at < n ? RING_BYTES - at : n;

    memcpy(ring->bytes + at, bytes, first);
    memcpy(ring->bytes, bytes + first, n - first);
    ring->used += (uint32_t)n;
}

static void get(const struct ring *ring, uint32_t at, void *to, size_t n)
{
    char *bytes = to;
    uint32_t from = (ring->start + at) % RING_BYTES;
    size_t first = RING_BYTES - from < n ? RING_BYTES - from : n;

    memcpy(bytes, ring->bytes + from, first);
    memcpy(bytes + first, ring->bytes, n - first);
}

/* Only as many as needed: a full ring's oldest line then lies where the next one goes, and both are
 * one piece of memory. */
static void forget_oldest(struct ring *ring)
{
    uint32_t n = HEAD + (uint32_t)(unsigned char)ring->bytes[(ring->start + 5) % RING_BYTES];

    ring->start = (ring->start + n) % RING_BYTES;
    ring->used -= n;
}

void ring_add(struct ring *ring, int64_t now, enum ring_way way, const char *line, size_t n)
{
    uint32_t at = (uint32_t)now;
    unsigned char head[HEAD];

    while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
        n--;
    if (n > KEPT)
        n = KEPT;
    while (RING_BYTES - ring->used < HEAD + n)
        forget_oldest(ring);
    memcpy(head, &at, sizeof at);
    head[4] = (unsigned char)way;
    head[5] = (unsigned char)n;
    put(ring, head, HEAD);
    put(ring, line, n);
}

/* Writes one line for people; returns its length (at most 32 + 4 * n). */
static size_t write_line(char *out, double age_s, char way, const unsigned char *line, size_t n)
{
    size_t used = (size_t)sprintf(out, "%10.3f %c ", -age_s, way);

    for (size_t i = 0; i < n; i++) {
        if (line[i] >= 0x20 && line[i] < 0x7f && line[i] != '\\')
            out[used++] = (char)line[i];
        else
            used += (size_t)sprintf(out + used, "\\x%02x", line[i]);
    }
    out[used++] = '\n';
    return used;
}

static size_t count_lines(const struct ring *ring)
{
    size_t lines = 0;

    for (uint32_t at = 0; at < ring->used; lines++)
        at += HEAD + (uint32_t)(unsigned char)ring->bytes[(ring->start + at + 5) % RING_BYTES];
    return lines;
}

char *ring_text(const struct ring *ring, int64_t now)
{
    char *text = malloc((size_t)ring->used * 4 + count_lines(ring) * 32 + 1);
    uint32_t at = 0;
    size_t used = 0;

    if (text == NULL)
        return NULL;
    while (at < ring->used) {
        unsigned char head[HEAD], line[KEPT];
        uint32_t when;

        get(ring, at, head, HEAD);
        memcpy(&when, head, sizeof when);
        get(ring, at + HEAD, line, head[5]);
        used += write_line(text + used, (uint32_t)((uint32_t)now - when) / 1e3, (char)head[4], line,
                           head[5]);
        at += HEAD + (uint32_t)head[5];
    }
    text[used] = '\0';
    return text;
}
