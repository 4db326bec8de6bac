/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: the pool verifies the file, opens it and fills chunk 0; while the floor sends
 * from one chunk the pool fills the one after it. The chunk before stays for rewinds. What goes
 * wrong: a rewind beyond what is kept -> everything is read anew from there; the reader failed ->
 * SUPPLY_FAILED with its words. */
#include "supply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "supply_room.h"

static void request(struct supply *s, int index);
static void restart(struct supply *s);

static void on_pool(void *data)
{
    supply_read(data);
}

static void on_done(void *data)
{
    struct supply *s = data;
    struct chunk *c = &s->chunks[s->filling];

    s->busy = false;
    if (s->orphan) {
        supply_destroy(s);
        return;
    }
    s->seeking = false;
    if (s->wanted) { /* asked for while this chunk was read: start over */
        restart(s);
        return;
    }
    c->full = s->fault[0] == '\0';
    if (c->serial == 0) {
        s->current = s->filling;
        s->at = 0;
        s->number = c->first;
        if (c->full && !c->last)
            request(s, (s->current + 1) % CHUNKS);
    }
    s->spec.on_ready(s->spec.owner);
}

/* Asks the pool for the chunk after the last one read. */
static void request(struct supply *s, int index)
{
    struct chunk *c = &s->chunks[index];

    c->full = c->last = false;
    c->serial = s->serial++;
    s->filling = index;
    s->busy = true;
    s->host->ops->pool(s->host, &s->job);
}

/* Reads anew from the line a rewind wants. */
static void restart(struct supply *s)
{
    s->wanted = false;
    s->seeking = true;
    s->skip_actions = true;
    s->seek_to = s->wanted_to;
    for (int i = 0; i < CHUNKS; i++)
        s->chunks[i].full = false;
    s->serial = 0;
    request(s, 0);
}

struct supply *supply_create(struct host *host, const struct supply_spec *spec)
{
    struct supply *s = slab_take(&host->supplies, sizeof *s);

    if (s == NULL)
        return NULL;
    s->host = host;
    s->spec = *spec;
    snprintf(s->path, sizeof s->path, "%s", spec->path);
    snprintf(s->sha256, sizeof s->sha256, "%s", spec->sha256);
    s->profile = *spec->profile;
    s->spec.profile = &s->profile;
    s->spec.path = s->path;
    s->spec.sha256 = s->sha256;
    s->job = (struct pool_job){.run = on_pool, .done = on_done, .data = s};
    s->seek_to = spec->from;
    s->seeking = spec->from > 0;
    request(s, 0);
    return s;
}

/* Moves on to the chunk ahead when this one is used up, and has the one after it filled. */
static bool advance(struct supply *s)
{
    struct chunk *c = &s->chunks[s->current];
    int ahead = (s->current + 1) % CHUNKS;
    struct chunk *n = &s->chunks[ahead];
    int beyond = (ahead + 1) % CHUNKS;

    if (s->busy && s->filling == ahead)
        return false;
    if (!n->full || n->serial != c->serial + 1)
        return false;
    s->current = ahead;
    s->at = 0;
    s->number = n->first;
    if (!n->last && !s->busy && s->serial == n->serial + 1)
        request(s, beyond);
    return true;
}

void supply_prefetch(const struct supply *s)
{
    const struct chunk *c;

    if (s == NULL)
        return;
    c = &s->chunks[s->current];
    __builtin_prefetch(c);
    __builtin_prefetch(&c->items[s->at]);
    __builtin_prefetch(&c->bytes[s->text]);
}

enum supply_state supply_peek(struct supply *s, struct supply_item *out)
{
    struct chunk *c = &s->chunks[s->current];
    const struct item *item;

    if (s->wanted)
        return SUPPLY_READING;
    if (!c->full)
        return s->busy ? SUPPLY_READING : SUPPLY_FAILED;
    if (s->at == c->count) {
        if (c->last)
            return SUPPLY_END;
        if (!advance(s))
            return !s->busy && s->fault[0] != '\0' ? SUPPLY_FAILED : SUPPLY_READING;
        c = &s->chunks[s->current];
        if (c->count == 0)
            return SUPPLY_END;
    }
    item = &c->items[s->at];
    *out = (struct supply_item){.kind = (enum item_kind)item->kind,
                                .text = c->bytes + item->at,
                                .len = item->len,
                                .number = s->number,
                                .value = (double)item->value,
                                .extra = (double)item->extra};
    return SUPPLY_READY;
}

void supply_next(struct supply *s)
{
    const struct item *item = &s->chunks[s->current].items[s->at];

    if (item->kind <= ITEM_BED)
        s->number++;
    s->text = (uint16_t)(item->at + item->len);
    s->at++;
}

/* The item of line `number` in chunk c, or -1. */
static int find(const struct chunk *c, uint64_t number)
{
    uint64_t k = c->first;

    if (!c->full || number < c->first || number >= c->after)
        return -1;
    for (int i = 0; i < c->count; i++) {
        if (c->items[i].kind > ITEM_BED)
            continue;
        if (k++ == number)
            return i;
    }
    return -1;
}

/* The chunk that holds line `number`, among the current one and the one before it; -1: none. */
static int chunk_of(const struct supply *s, uint64_t number)
{
    const struct chunk *c = &s->chunks[s->current];
    int before = (s->current + CHUNKS - 1) % CHUNKS;
    const struct chunk *b = &s->chunks[before];

    if (find(c, number) >= 0)
        return s->current;
    if (s->busy && s->filling == before)
        return -1;
    return b->serial + 1 == c->serial && find(b, number) >= 0 ? before : -1;
}

void supply_rewind(struct supply *s, uint64_t number)
{
    int index = s->wanted ? -1 : chunk_of(s, number);

    if (!s->wanted && number == s->number && s->chunks[s->current].full)
        return; /* just where it is; the actions before it are still to come */
    if (index >= 0) {
        s->current = index;
        s->at = (uint16_t)find(&s->chunks[index], number);
        s->number = number;
        return;
    }
    s->wanted = true;
    s->wanted_to = number;
    if (!s->busy)
        restart(s);
}

const char *supply_wire(struct supply *s, uint64_t number, size_t *n)
{
    int index = s->wanted ? -1 : chunk_of(s, number);
    const struct item *item;

    if (index < 0)
        return NULL;
    item = &s->chunks[index].items[find(&s->chunks[index], number)];
    *n = item->len;
    return s->chunks[index].bytes + item->at;
}

const char *supply_fault(const struct supply *s)
{
    return s->fault;
}

void supply_destroy(struct supply *s)
{
    if (s == NULL)
        return;
    if (s->busy) {
        s->orphan = true;
        return;
    }
    prepared_close(s->prepared);
    slab_give(&s->host->supplies, s);
}
