/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: the pool verifies the file, opens it and fills chunk 0; while the floor sends
 * from one chunk the pool fills the one after it. The chunk before stays for rewinds. What goes
 * wrong: a rewind beyond what is kept -> everything is read anew from there; the file is missing,
 * changed or holds what the policy refuses -> SUPPLY_FAILED with words. While `busy` the pool owns
 * `prepared` and the chunk it fills; the floor touches neither. */
#include "supply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gcode/prepare.h"
#include "heater_line.h"
#include "verified.h"

enum { CHUNKS = 3, CHUNK_BYTES = 8192, CHUNK_ITEMS = 256, TEXT_KEPT = 100 };

struct item {
    uint16_t at;
    uint8_t len;
    uint8_t kind;
    float value, extra;
};

struct chunk {
    bool full;       /* holds what the floor may read */
    bool last;       /* the file ends with it */
    uint64_t serial; /* order of reading */
    uint64_t first;  /* number of its first line */
    uint64_t after;  /* number after its last line */
    uint16_t count, used;
    struct item items[CHUNK_ITEMS];
    char bytes[CHUNK_BYTES];
};

struct supply {
    struct host *host;
    struct supply_spec spec; /* its pointers lead to path, sha256 and profile below */
    char path[512];
    struct profile profile; /* a reload frees the config's while the run goes on */
    char sha256[HASH_TEXT_SIZE];
    struct prepared *prepared; /* owned; the pool's while busy */
    struct prepared_line held; /* read but not yet in a chunk */
    bool holding;
    bool busy, orphan, opened;
    bool wanted; /* a far rewind waits for the pool to be free */
    uint64_t wanted_to;
    bool seeking;      /* for the pool: move to seek_to before filling */
    bool skip_actions; /* of that move */
    uint64_t seek_to;
    uint64_t serial; /* of the chunk to fill next */
    int filling;     /* chunk index */
    int current;     /* chunk the floor reads */
    uint16_t at;     /* item in it */
    uint64_t number; /* of that item */
    char fault[160]; /* "" while all is well */
    struct pool_job job;
    struct chunk chunks[CHUNKS];
};

static void fail(struct supply *s, const char *what)
{
    snprintf(s->fault, sizeof s->fault, "%s", what);
}

/* ---- on the pool ---- */

/* The file's hash is the program's. A file that is gone was whole when it was opened, and a run may
 * read it to its end. */
static bool is_program(struct supply *s, bool open)
{
    bool same = true;
    enum err err = ERR_OK;

    if (s->sha256[0] != '\0')
        err = verified_file(s->host->verified, s->path, s->sha256, &same);
    if (err == ERR_OK && !same) {
        fail(s, "the program's file has changed since its upload: upload it again");
        return false;
    }
    if (err == ERR_OK || err == ERR_NOT_FOUND)
        return true;
    snprintf(s->fault, sizeof s->fault, "the program cannot be read%s: %s",
             open ? " again at its end" : "", err_words(err));
    return false;
}

static bool open_program(struct supply *s)
{
    enum err err = ERR_OK;

    if (!is_program(s, false))
        return false;
    err = prepared_open(&s->prepared, s->path, s->spec.profile);
    if (err == ERR_OK)
        return true;
    snprintf(s->fault, sizeof s->fault, "the program cannot be read (%s): upload it again",
             err_words(err));
    return false;
}

static const uint8_t action_kinds[] = {
    [ACTION_NONE] = ITEM_MESSAGE,      [ACTION_PAUSE] = ITEM_PAUSE,
    [ACTION_MESSAGE] = ITEM_MESSAGE,   [ACTION_WAIT_NOZZLE] = ITEM_WAIT_NOZZLE,
    [ACTION_WAIT_BED] = ITEM_WAIT_BED, [ACTION_PROGRESS] = ITEM_PROGRESS,
};

/* Puts the held line into the chunk; false: no room left. */
static bool keep(struct supply *s, struct chunk *c)
{
    const struct prepared_line *line = &s->held;
    struct item *item = &c->items[c->count];
    size_t n;

    if (c->count == CHUNK_ITEMS || CHUNK_BYTES - c->used < WIRE_MAX)
        return false;
    *item = (struct item){.at = c->used, .value = (float)line->value};
    if (line->kind == PREPARED_SEND) {
        n = s->spec.dialect->encode(c->bytes + c->used, WIRE_MAX,
                                    (uint32_t)(SUPPLY_NUMBER + line->number), line->text,
                                    line->len);
        item->kind = (uint8_t)heater_line(line->text, line->len, &item->value);
        if (n == 0)
            snprintf(s->fault, sizeof s->fault,
                     "line %u of the program is too long for the machine",
                     (unsigned)line->file_line);
        c->after = line->number + 1;
    } else {
        n = line->text != NULL && line->len < TEXT_KEPT ? line->len : TEXT_KEPT;
        n = line->text == NULL ? 0 : n;
        memcpy(c->bytes + c->used, line->text == NULL ? "" : line->text, n);
        item->kind = action_kinds[line->action];
        item->extra = line->wait_cooling ? 1.0F : (float)line->left_min;
    }
    item->len = (uint8_t)n;
    c->used = (uint16_t)(c->used + n);
    c->count++;
    return true;
}

static void fill(struct supply *s, struct chunk *c)
{
    while (s->fault[0] == '\0') {
        bool end = false;
        enum err err = ERR_OK;

        if (!s->holding)
            err = prepared_next(s->prepared, &s->held, &end);
        if (err == ERR_INVALID) {
            fail(s, "the program holds what the policy refuses: check it and upload it again");
            return;
        }
        if (err != ERR_OK) {
            snprintf(s->fault, sizeof s->fault, "the program cannot be read: %s", err_words(err));
            return;
        }
        c->last = end;
        if (end) {
            is_program(s, true); /* else half a file would end as a finished run */
            return;
        }
        if (c->count == 0)
            c->first = c->after = s->held.number;
        s->holding = !keep(s, c);
        if (s->holding)
            return;
    }
}

static void run_on_pool(void *data)
{
    struct supply *s = data;
    struct chunk *c = &s->chunks[s->filling];

    if (!s->opened && !open_program(s))
        return;
    s->opened = true;
    if (s->seeking) {
        s->holding = false;
        if (prepared_seek(s->prepared, s->seek_to, s->skip_actions) != ERR_OK)
            fail(s, "the program cannot be read again from the line the machine asks for");
    }
    c->count = c->used = 0;
    c->first = c->after = s->seeking ? s->seek_to : 0;
    fill(s, c);
}

/* ---- on the floor ---- */

static void request(struct supply *s, int index);
static void restart(struct supply *s);

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
    struct supply *s = calloc(1, sizeof *s);

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
    s->job = (struct pool_job){.run = run_on_pool, .done = on_done, .data = s};
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
    if (s->chunks[s->current].items[s->at].kind <= ITEM_BED)
        s->number++;
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
    free(s);
}
