/* SPDX-License-Identifier: Apache-2.0 */
/* A file's lines go through the tokeniser and the policy; what is to be sent comes out as it
 * stands, less words the policy cut. A wait (M109 S) comes out twice: as the command that sets the
 * target and as the host's watching. */
#include "prepare.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "line.h"
#include "policy.h"
#include "reader.h"

enum { CHUNK = 4096 }; /* small: one stream is open per running machine */

struct prepared {
    const struct profile *profile; /* borrowed */
    int fd;                        /* owned */
    bool at_end;                   /* of the file */
    bool failed;                   /* the policy refused: nothing more comes */
    bool waiting;                  /* a line was sent whose action comes next */
    bool skip_actions;             /* until the next line to send */
    uint64_t sent;                 /* PREPARED_SEND lines given out */
    struct policy_state state;
    struct policy_ruling ruling;
    struct reader reader;
    struct reader_line source;
    struct gcode_line line;
    char text[GCODE_TEXT_MAX + 8]; /* of lines that are not sent as they stand */
    char chunk[CHUNK];
};

static void rewind_reading(struct prepared *p)
{
    p->at_end = p->failed = p->waiting = p->skip_actions = false;
    p->sent = 0;
    policy_begin(&p->state, p->profile);
    reader_init(&p->reader);
}

enum err prepared_open(struct prepared **prepared, const char *path, const struct profile *profile)
{
    struct prepared *p = malloc(sizeof *p);

    if (p == NULL)
        return ERR_NO_MEMORY;
    p->profile = profile;
    p->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (p->fd < 0) {
        enum err err = errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK;

        free(p);
        return err;
    }
    rewind_reading(p);
    *prepared = p;
    return ERR_OK;
}

/* The next line of the file; *end at its end. */
static enum err next_source(struct prepared *p, bool *end)
{
    ssize_t n;

    *end = false;
    while (!reader_next(&p->reader, &p->source)) {
        if (p->at_end) {
            *end = !reader_rest(&p->reader, &p->source);
            return ERR_OK;
        }
        do
            n = read(p->fd, p->chunk, sizeof p->chunk);
        while (n < 0 && errno == EINTR);
        if (n < 0)
            return ERR_DISK;
        p->at_end = n == 0;
        reader_feed(&p->reader, p->chunk, (size_t)n);
    }
    return ERR_OK;
}

static size_t append_word(char *text, size_t n, const struct gcode_line *line,
                          const struct gcode_word *word)
{
    if (n > 0)
        text[n++] = ' ';
    memcpy(text + n, line->text + word->at, word->len);
    return n + word->len;
}

/* "G21 G90 G54" less G54. Each word loses at most the blank before it, so it fits. */
static size_t without_cut_words(struct prepared *p)
{
    size_t n = 0;

    for (unsigned i = 0; i < p->line.count; i++)
        if ((p->ruling.cut & (1u << i)) == 0)
            n = append_word(p->text, n, &p->line, &p->line.words[i]);
    return n;
}

/* "M109 R210 T0" -> "M104 S210 T0" */
static size_t rewritten(struct prepared *p)
{
    char target = gcode_line_has(&p->line, 'S') ? 'S' : 'R';
    size_t n = strlen(p->ruling.rewritten);

    memcpy(p->text, p->ruling.rewritten, n);
    for (unsigned i = 1; i < p->line.count; i++) {
        const struct gcode_word *word = &p->line.words[i];

        if (word->letter != target && word->letter != 'T')
            continue;
        n = append_word(p->text, n, &p->line, word);
        if (word->letter == 'R')
            p->text[n - word->len] = 'S';
    }
    return n;
}

/* Words for people behind the command: "M117 Layer 3" -> "Layer 3". */
static void set_words(const struct prepared *p, struct prepared_line *out)
{
    size_t skip = p->line.count > 0 ? (size_t)p->line.words[0].at + p->line.words[0].len : 0;

    out->text = "";
    out->len = 0;
    if (gcode_line_is(&p->line, 'M', 600)) {
        out->text = "change the filament";
        out->len = strlen(out->text);
    } else if (p->line.has_string) {
        while (skip < p->line.len && p->line.text[skip] == ' ')
            skip++;
        out->text = p->line.text + skip;
        out->len = p->line.len - skip;
    }
}

static void give_action(const struct prepared *p, struct prepared_line *out)
{
    double tool;

    out->kind = PREPARED_ACTION;
    out->action = p->ruling.action;
    out->number = p->sent;
    out->tool = gcode_line_value(&p->line, 'T', &tool) ? (int)tool : -1;
    set_words(p, out);
    switch (p->ruling.action) {
    case ACTION_WAIT_NOZZLE:
    case ACTION_WAIT_BED:
        out->wait_cooling = !gcode_line_value(&p->line, 'S', &out->value);
        if (out->wait_cooling)
            gcode_line_value(&p->line, 'R', &out->value);
        break;
    case ACTION_PROGRESS:
        gcode_line_value(&p->line, 'P', &out->value);
        gcode_line_value(&p->line, 'R', &out->left_min);
        break;
    case ACTION_NONE:
    case ACTION_PAUSE:
    case ACTION_MESSAGE:
        break;
    }
}

static void give_send(struct prepared *p, struct prepared_line *out)
{
    out->kind = PREPARED_SEND;
    out->text = p->text;
    if (p->ruling.verdict == POLICY_ACT) {
        out->len = rewritten(p);
        p->waiting = true;
    } else if (p->ruling.cut != 0) {
        out->len = without_cut_words(p);
    } else {
        out->text = p->line.text;
        out->len = p->line.len;
    }
    out->number = p->sent++;
    p->skip_actions = false;
}

/* Reads on until a line gives something; *end at the end of the file. */
static enum err advance(struct prepared *p, bool *end)
{
    enum err err;

    do {
        err = next_source(p, end);
        if (err != ERR_OK)
            return err;
        if (*end) {
            policy_end(&p->state, &p->ruling);
        } else {
            reader_parse(&p->source, &p->line, p->profile->flavour);
            if (p->line.len == 0 && p->line.fault == GCODE_LINE_OK)
                continue;
            policy_check(&p->state, &p->line, &p->ruling);
        }
        p->failed = p->ruling.verdict == POLICY_REFUSE;
        if (p->failed) {
            *end = false;
            return ERR_INVALID;
        }
    } while (!*end && ((p->line.len == 0 && p->line.fault == GCODE_LINE_OK) ||
                       p->ruling.verdict == POLICY_DROP));
    return ERR_OK;
}

enum err prepared_next(struct prepared *p, struct prepared_line *out, bool *end)
{
    *out = (struct prepared_line){.kind = PREPARED_SEND};
    *end = false;
    if (p->failed)
        return ERR_INVALID;
    do {
        if (p->waiting) {
            p->waiting = false;
            give_action(p, out);
        } else {
            enum err err = advance(p, end);

            if (err != ERR_OK || *end)
                return err;
            if (p->ruling.verdict == POLICY_ACT && p->ruling.rewritten == NULL)
                give_action(p, out);
            else
                give_send(p, out);
        }
    } while (out->kind == PREPARED_ACTION && p->skip_actions);
    out->file_line = p->source.number;
    out->file_offset = p->source.offset;
    return ERR_OK;
}

enum err prepared_seek(struct prepared *p, uint64_t number, bool skip_actions)
{
    struct prepared_line line;
    bool end = false;

    if (lseek(p->fd, 0, SEEK_SET) != 0)
        return ERR_DISK;
    rewind_reading(p);
    while (p->sent < number && !end) {
        enum err err = prepared_next(p, &line, &end);

        if (err != ERR_OK)
            return err;
    }
    p->skip_actions = skip_actions;
    return p->sent == number ? ERR_OK : ERR_INVALID;
}

void prepared_close(struct prepared *p)
{
    if (p == NULL)
        return;
    close(p->fd);
    free(p);
}

enum err prepared_hash(const char *path, const struct profile *profile, char text[HASH_TEXT_SIZE],
                       uint64_t *lines)
{
    struct prepared *p;
    struct prepared_line line;
    struct hash hash;
    bool end = false;
    enum err err = prepared_open(&p, path, profile);

    if (err != ERR_OK)
        return err;
    err = hash_begin(&hash);
    if (err != ERR_OK)
        goto close;
    while ((err = prepared_next(p, &line, &end)) == ERR_OK && !end) {
        if (line.kind != PREPARED_SEND)
            continue;
        hash_feed(&hash, line.text, line.len);
        hash_feed(&hash, "\n", 1);
    }
    hash_end(&hash, err == ERR_OK ? text : NULL);
    if (err == ERR_OK && lines != NULL)
        *lines = p->sent;
close:
    prepared_close(p);
    return err;
}
