/* SPDX-License-Identifier: Apache-2.0 */
/* Each line goes once through the tokeniser and the policy; what moves is then measured: bounds,
 * layers, material, path, time. Comments are read for what slicers say of themselves. */
#include "analyse.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "estimate.h"
#include "findings.h"
#include "line.h"
#include "measure.h"
#include "metadata.h"
#include "plain_move.h"
#include "policy.h"
#include "reader.h"
#include "thumbnail.h"
#include "usual.h"

/* So that what is read stays next to the processor while it is hashed and analysed: 256 KiB cost a
 * tenth more (bench_estimate speed 10). */
enum { CHUNK = 32768 };

struct analyser {
    const struct profile *profile; /* borrowed */
    struct hash hash;              /* owned */
    struct findings findings;      /* owned */
    struct thumbnail thumbnail;    /* owned */
    struct policy_state state;
    struct policy_ruling ruling;
    struct gcode_line line;
    struct metadata metadata;
    struct measure measure;
    struct usual usual;
    struct plain_move move;
    uint64_t bytes, prepared_lines, refused, dropped, actions;
    struct reader reader;
};

enum err analyser_begin(struct analyser **analyser, const struct profile *profile)
{
    struct analyser *a = calloc(1, sizeof *a);

    if (a == NULL)
        return ERR_NO_MEMORY;
    if (findings_init(&a->findings) != ERR_OK)
        goto free_analyser;
    if (hash_begin(&a->hash) != ERR_OK)
        goto free_findings;
    a->profile = profile;
    thumbnail_init(&a->thumbnail);
    policy_begin(&a->state, profile);
    reader_init(&a->reader);
    measure_begin(&a->measure, profile);
    usual_settle(&a->usual, &a->state, &a->measure);
    *analyser = a;
    return ERR_OK;
free_findings:
    findings_finish(&a->findings);
free_analyser:
    free(a);
    return ERR_NO_MEMORY;
}

/* `text` begins behind ';' or '('. */
static void take_comment(struct analyser *a, const char *text, const char *end)
{
    while (text < end && *text == ' ')
        text++;
    while (end > text && (end[-1] == '\r' || end[-1] == ' '))
        end--;
    if (text < end && !thumbnail_comment(&a->thumbnail, text, (size_t)(end - text)))
        metadata_comment(&a->metadata, text, (size_t)(end - text));
}

static void count_ruling(struct analyser *a, uint32_t number)
{
    switch (a->ruling.verdict) {
    case POLICY_SEND:
        a->prepared_lines++;
        return;
    case POLICY_ACT:
        a->actions++;
        a->prepared_lines += a->ruling.rewritten != NULL;
        break;
    case POLICY_DROP:
        a->dropped++;
        break;
    case POLICY_REFUSE:
        a->refused++;
        break;
    }
    findings_add(&a->findings, &a->ruling, &a->line, number);
}

/* Nearly all lines of a printer's program, up to one that is for the general way. */
static void take_usual(struct analyser *a)
{
    struct reader *reader = &a->reader;

    while (a->usual.may && reader->carried == 0 && reader->end - reader->at >= PLAIN_MOVE_ROOM) {
        const char *newline = plain_move_read(&a->move, reader->at);

        if (newline == NULL || !usual_move(&a->usual, &a->state, &a->measure, &a->move))
            return;
        reader_pass(reader, newline);
        a->prepared_lines++;
    }
}

static void take_other(struct analyser *a, const struct reader_line *source)
{
    double from[AXES];

    reader_parse(source, &a->line, a->profile->flavour);
    if (a->line.len == 0 && a->line.fault == GCODE_LINE_OK)
        return;
    memcpy(from, a->state.position, sizeof from);
    policy_check(&a->state, &a->line, &a->ruling);
    if (a->ruling.verdict != POLICY_SEND || a->ruling.cut != 0)
        count_ruling(a, source->number);
    else
        a->prepared_lines++;
    if (a->ruling.verdict == POLICY_REFUSE)
        return;
    if (a->ruling.moves)
        measure_move(&a->measure, &a->state, &a->line, from);
    else
        measure_command(&a->measure, &a->state, &a->line);
}

static void take_line(struct analyser *a, const struct reader_line *source)
{
    if (source->len > 0 && source->text[0] == ';') {
        take_comment(a, source->text + 1, source->text + source->len);
    } else {
        take_other(a, source);
        usual_settle(&a->usual, &a->state, &a->measure);
    }
}

void analyser_feed(struct analyser *a, const char *bytes, size_t n)
{
    struct reader_line line;

    hash_feed(&a->hash, bytes, n);
    a->bytes += n;
    reader_feed(&a->reader, bytes, n);
    for (;;) {
        take_usual(a);
        if (!reader_next(&a->reader, &line))
            return;
        take_line(a, &line);
    }
}

/* What the file says, or by volume and density. */
static double grams(const struct metadata *m, double cm3)
{
    static const struct {
        const char *material;
        double density;
    } materials[] = {{"PLA", 1.24}, {"PETG", 1.27}, {"PET", 1.27},  {"ABS", 1.04},
                     {"ASA", 1.07}, {"TPU", 1.21},  {"FLEX", 1.21}, {"PC", 1.2},
                     {"PP", 0.9},   {"PA", 1.12},   {"NYLON", 1.12}};
    double density = m->density;

    for (size_t i = 0; density <= 0 && i < sizeof materials / sizeof materials[0]; i++)
        if (strcmp(m->material, materials[i].material) == 0)
            density = materials[i].density;
    return cm3 * (density > 0 ? density : 1.24);
}

static void report(struct analyser *a, struct analysis *out)
{
    const char *type;

    memset(out, 0, sizeof *out);
    measure_end(&a->measure, a->profile, out);
    out->bytes = a->bytes;
    out->lines = a->reader.number;
    out->prepared_lines = a->prepared_lines;
    out->refused = a->refused;
    out->dropped = a->dropped;
    out->actions = a->actions;
    out->accepted = a->refused == 0;
    out->filament_g = grams(&a->metadata, out->filament_cm3);
    out->slicer_time_s = a->metadata.time_s > 0 ? a->metadata.time_s : a->metadata.elapsed_s;
    out->slicer_g =
        a->metadata.grams > 0 ? a->metadata.grams : grams(&a->metadata, a->metadata.cm3);
    snprintf(out->slicer, sizeof out->slicer, "%s", a->metadata.slicer);
    out->nozzle_mm = a->metadata.nozzle_mm;
    snprintf(out->material, sizeof out->material, "%s", a->metadata.material);
    out->findings = findings_take(&a->findings, &out->finding_count);
    out->thumbnail = thumbnail_take(&a->thumbnail, &out->thumbnail_size, &type);
    snprintf(out->thumbnail_type, sizeof out->thumbnail_type, "%s", type);
}

enum err analyser_end(struct analyser *a, struct analysis *analysis)
{
    struct reader_line line;

    if (analysis != NULL) {
        if (reader_rest(&a->reader, &line))
            take_line(a, &line);
        policy_end(&a->state, &a->ruling);
        gcode_line_parse(&a->line, "", 0, a->profile->flavour);
        if (a->ruling.verdict == POLICY_REFUSE)
            count_ruling(a, a->reader.number);
        report(a, analysis);
    }
    hash_end(&a->hash, analysis != NULL ? analysis->sha256 : NULL);
    thumbnail_finish(&a->thumbnail);
    findings_finish(&a->findings);
    free(a);
    return ERR_OK;
}

void analysis_finish(struct analysis *analysis)
{
    free(analysis->findings);
    free(analysis->thumbnail);
    memset(analysis, 0, sizeof *analysis);
}

/* Feeds all of fd. */
static enum err feed_file(struct analyser *a, int fd, char *chunk, _Atomic uint64_t *progress)
{
    ssize_t n;

    for (;;) {
        n = read(fd, chunk, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0 ? ERR_OK : ERR_DISK;
        analyser_feed(a, chunk, (size_t)n);
        if (progress != NULL)
            atomic_fetch_add_explicit(progress, (uint64_t)n, memory_order_relaxed);
    }
}

enum err analyse_file(const char *path, const struct profile *profile, struct analysis *analysis,
                      _Atomic uint64_t *progress)
{
    struct analyser *analyser;
    enum err err = ERR_NO_MEMORY;
    char *chunk;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK;
    chunk = malloc(CHUNK);
    if (chunk == NULL)
        goto close_file;
    err = analyser_begin(&analyser, profile);
    if (err != ERR_OK)
        goto free_chunk;
    err = feed_file(analyser, fd, chunk, progress);
    if (err == ERR_OK)
        err = analyser_end(analyser, analysis);
    else
        analyser_end(analyser, NULL);
free_chunk:
    free(chunk);
close_file:
    close(fd);
    return err;
}
