/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum value { NONE, SHARE, SECONDS, WORD, DIRECTION };

/* clang-format off */
static const struct row {
    const char *name;
    enum fault_kind kind;
    enum mishap mishap;
    enum value value;
} rows[] = {
    { "reset",             FAULT_MISHAP,            MISHAP_RESET,   NONE },
    { "kill",              FAULT_MISHAP,            MISHAP_KILL,    NONE },
    { "runaway",           FAULT_MISHAP,            MISHAP_RUNAWAY, NONE },
    { "thermal",           FAULT_MISHAP,            MISHAP_RUNAWAY, NONE },
    { "mintemp",           FAULT_MISHAP,            MISHAP_MINTEMP, NONE },
    { "runout",            FAULT_MISHAP,            MISHAP_RUNOUT,  NONE },
    { "dryrun",            FAULT_MISHAP,            MISHAP_DRYRUN,  NONE },
    { "limit",             FAULT_MISHAP,            MISHAP_LIMIT,   NONE },
    { "door",              FAULT_MISHAP,            MISHAP_DOOR,    NONE },
    { "hold",              FAULT_MISHAP,            MISHAP_HOLD,    NONE },
    { "button",            FAULT_MISHAP,            MISHAP_BUTTON,  NONE },
    { "hang",              FAULT_MISHAP,            MISHAP_HANG,    SECONDS },
    { "unplug",            FAULT_UNPLUG,            MISHAP_COUNT,   SECONDS },
    { "build",             FAULT_BUILD,             MISHAP_COUNT,   WORD },
    { "noise",             FAULT_NOISE_BOTH,        MISHAP_COUNT,   DIRECTION },
    { "byte-noise",        FAULT_NOISE_BOTH,        MISHAP_COUNT,   DIRECTION },
    { "swallow-ok",        FAULT_SWALLOW_OK,        MISHAP_COUNT,   SHARE },
    { "drop-line",         FAULT_DROP_LINE,         MISHAP_COUNT,   SHARE },
    { "resend-without-ok", FAULT_RESEND_WITHOUT_OK, MISHAP_COUNT,   NONE },
    { "resend-twice",      FAULT_RESEND_TWICE,      MISHAP_COUNT,   NONE },
    { "resend-short",      FAULT_RESEND_SHORT,      MISHAP_COUNT,   NONE },
    { "reset-on-open",     FAULT_RESET_ON_OPEN,     MISHAP_COUNT,   NONE },
};
/* clang-format on */

const char faults_help[] =
    "A faults script has one fault a line; # begins a remark.\n"
    "  [at line N of | at T s of] WHO: WHAT\n"
    "WHO   a machine id, a pattern (caen-*), all, printers, lasers\n"
    "WHAT  reset | kill | runaway | mintemp | runout | dryrun | limit | door | hold | button\n"
    "      hang for T s | unplug for T s | build full|plain|wait|grblhal\n"
    "      noise both|in|out RATE | swallow-ok SHARE | drop-line SHARE\n"
    "      resend-without-ok | resend-twice | resend-short | reset-on-open\n"
    "Example: at line 500 of caen-p01: unplug for 5 s\n";

struct reader {
    const char *at;
    char *text; /* what is wrong */
    size_t size;
    const char *name;
    unsigned line;
};

static enum err wrong(struct reader *r, const char *what, const char *hint)
{
    snprintf(r->text, r->size, "%s:%u: %s; %s", r->name, r->line, what, hint);
    return ERR_INVALID;
}

/* The next word, without blanks and the colon behind WHO. False at the end of the line. */
static bool next_word(struct reader *r, char word[64])
{
    size_t n;

    r->at += strspn(r->at, " \t\r");
    n = strcspn(r->at, " \t\r\n:#");
    if (n == 0 || n >= 64)
        return false;
    memcpy(word, r->at, n);
    word[n] = '\0';
    r->at += n + (r->at[n] == ':');
    return true;
}

/* "5", "5s", "5 s", "1e-5". */
static bool next_number(struct reader *r, double *value)
{
    char word[64], *end;

    if (!next_word(r, word))
        return false;
    *value = strtod(word, &end);
    if (*end == '\0') {
        const char *before = r->at;

        if (next_word(r, word) && strcmp(word, "s") != 0)
            r->at = before;
        return true;
    }
    return strcmp(end, "s") == 0;
}

static enum err read_when(struct reader *r, struct fault *f, char word[64])
{
    const char *before = r->at;

    if (!next_word(r, word))
        return wrong(r, "half a line", "say \"at line 500 of caen-p01: reset\"");
    f->when = strcmp(word, "line") == 0 ? FAULT_AT_LINE : FAULT_AT_TIME;
    if (f->when == FAULT_AT_TIME)
        r->at = before;
    if (!next_number(r, &f->at) || f->at < 0)
        return wrong(r, "no number after \"at\"", "say \"at line 500 of …\" or \"at 30 s of …\"");
    if (!next_word(r, word) || strcmp(word, "of") != 0 || !next_word(r, word))
        return wrong(r, "\"of\" and a machine are missing", "say \"at line 500 of caen-p01: …\"");
    return ERR_OK;
}

static enum err read_value(struct reader *r, struct fault *f, enum value value)
{
    const char *before = r->at;
    char word[64];

    if (value == NONE)
        return ERR_OK;
    if (value == SECONDS && next_word(r, word) && strcmp(word, "for") != 0)
        r->at = before;
    if (value == WORD) {
        if (!next_word(r, word) || strlen(word) >= sizeof f->word)
            return wrong(r, "a build is missing", "say full, plain, wait or grblhal");
        strcpy(f->word, word);
        return ERR_OK;
    }
    if (value == DIRECTION) {
        if (!next_word(r, word))
            return wrong(r, "a direction is missing", "say \"noise both 1e-5\"");
        f->kind = strcmp(word, "in") == 0    ? FAULT_NOISE_IN
                  : strcmp(word, "out") == 0 ? FAULT_NOISE_OUT
                                             : FAULT_NOISE_BOTH;
    }
    if (!next_number(r, &f->value) || f->value < 0)
        return wrong(r, "a number is missing", "say how long (5 s) or how often (1e-5)");
    if (value != SECONDS && f->value > 1)
        return wrong(r, "a share lies from 0 to 1", "say 0.01 for one in a hundred");
    return ERR_OK;
}

static enum err read_what(struct reader *r, struct fault *f)
{
    char word[64];

    if (!next_word(r, word))
        return wrong(r, "what shall happen is missing", "see usine-sim --help");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].name, word) != 0)
            continue;
        f->kind = rows[i].kind;
        f->mishap = rows[i].mishap;
        return read_value(r, f, rows[i].value);
    }
    return wrong(r, "no such fault", "see usine-sim --help for all of them");
}

static enum err read_line(struct reader *r, struct fault *f)
{
    char word[64];
    enum err err = ERR_OK;

    *f = (struct fault){.when = FAULT_ALWAYS};
    if (!next_word(r, word))
        return wrong(r, "cannot be read", "begin with \"at\" or with a machine");
    if (strcmp(word, "at") == 0)
        err = read_when(r, f, word);
    if (err != ERR_OK)
        return err;
    strcpy(f->who, word);
    err = read_what(r, f);
    if (err == ERR_OK && next_word(r, word))
        return wrong(r, "there is more on the line than it needs", "one fault a line");
    return err;
}

enum err faults_parse(struct faults *faults, const char *name, const char *script, char *text,
                      size_t size)
{
    struct reader r = {.text = text, .size = size, .name = name};
    enum err err = ERR_OK;

    *faults = (struct faults){.count = 0};
    for (const char *line = script; *line != '\0' && err == ERR_OK;
         line +=
         line[strcspn(line, "\n")] == '\n' ? strcspn(line, "\n") + 1 : strcspn(line, "\n")) {
        struct fault *more;

        r.line++;
        r.at = line + strspn(line, " \t\r");
        if (*r.at == '\n' || *r.at == '#' || *r.at == '\0')
            continue;
        more = realloc(faults->items, (faults->count + 1) * sizeof *more);
        if (more == NULL) {
            err = ERR_NO_MEMORY;
            break;
        }
        faults->items = more;
        err = read_line(&r, &faults->items[faults->count]);
        faults->count += err == ERR_OK;
    }
    if (err != ERR_OK)
        faults_finish(faults);
    return err;
}

enum err faults_load(struct faults *faults, const char *path, char *text, size_t size)
{
    char *script = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    enum err err;

    *faults = (struct faults){.count = 0};
    snprintf(text, size, "%s: %s", path, strerror(errno));
    if (file == NULL)
        return ERR_NOT_FOUND;
    if (getdelim(&script, &room, '\0', file) < 0)
        err = ferror(file) ? ERR_DISK : ERR_OK;
    else
        err = faults_parse(faults, path, script, text, size);
    free(script);
    fclose(file);
    return err;
}

void faults_finish(struct faults *faults)
{
    free(faults->items);
    *faults = (struct faults){.count = 0};
}

bool fault_concerns(const struct fault *f, const char *machine, bool laser)
{
    if (strcmp(f->who, "all") == 0)
        return true;
    if (strcmp(f->who, "printers") == 0)
        return !laser;
    if (strcmp(f->who, "lasers") == 0)
        return laser;
    return fnmatch(f->who, machine, 0) == 0;
}

bool fault_spoil(const struct fault *f, struct board *board, const struct rng *rng)
{
    struct trouble *t = &board->trouble;
    struct rng in = *rng, out = *rng;

    rng_init(&t->rng, rng->state, 1);
    rng_init(&in, rng->state, 2);
    rng_init(&out, rng->state, 3);
    if (f->kind == FAULT_NOISE_IN || f->kind == FAULT_NOISE_BOTH)
        noise_init(&t->in, &in, f->value);
    if (f->kind == FAULT_NOISE_OUT || f->kind == FAULT_NOISE_BOTH)
        noise_init(&t->out, &out, f->value);
    if (f->kind == FAULT_SWALLOW_OK)
        t->swallow_ok = f->value;
    if (f->kind == FAULT_DROP_LINE)
        t->drop_line = f->value;
    t->resend_without_ok |= f->kind == FAULT_RESEND_WITHOUT_OK;
    t->resend_twice |= f->kind == FAULT_RESEND_TWICE;
    t->resend_short |= f->kind == FAULT_RESEND_SHORT;
    t->reset_on_open |= f->kind == FAULT_RESET_ON_OPEN;
    return f->kind != FAULT_MISHAP && f->kind != FAULT_UNPLUG && f->kind != FAULT_BUILD;
}
