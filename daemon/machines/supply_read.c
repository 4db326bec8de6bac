/* SPDX-License-Identifier: Apache-2.0 */
/* The pool's part: the file is verified and opened, its lines become wire lines. What goes wrong:
 * the file is missing, changed (at its start or while it was read) or holds what the policy
 * refuses.
 */
#include <stdio.h>
#include <string.h>

#include "heater_line.h"
#include "supply_room.h"
#include "verified.h"

static void fail(struct supply *s, const char *what)
{
    snprintf(s->fault, sizeof s->fault, "%s", what);
}

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

/* A run goes on where another daemon, or another config, left it: line k must still be line k. */
static bool is_prepared_alike(struct supply *s)
{
    char hash[HASH_TEXT_SIZE];
    uint64_t lines = s->spec.lines;

    if (s->seeking && s->spec.lines > 0 &&
        prepared_hash(s->path, s->spec.profile, hash, &lines) != ERR_OK)
        fail(s, "the program cannot be read, or the policy refuses it now: upload it again");
    else if (lines != s->spec.lines)
        fail(s,
             "the program is prepared otherwise since usined or its profile was changed: the run "
             "cannot go on");
    return s->fault[0] == '\0';
}

static bool open_program(struct supply *s)
{
    enum err err = ERR_OK;

    if (!is_program(s, false) || !is_prepared_alike(s))
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
        item->extra = line->action == ACTION_WAIT_NOZZLE || line->action == ACTION_WAIT_BED
                          ? (float)(2 * (line->tool + 1) + (line->wait_cooling ? 1 : 0))
                          : (float)line->left_min;
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

void supply_read(struct supply *s)
{
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
