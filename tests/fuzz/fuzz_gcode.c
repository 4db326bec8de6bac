/* SPDX-License-Identifier: Apache-2.0 */
/* Any file, as the program of each kind of machine, through tokeniser, policy, prepared stream and
 * analysis. The first byte chooses the machine. What must hold whatever the bytes:
 *   - nothing that the policy sends holds a byte FAULTS.md section 8 refuses, or is too long;
 *   - what is sent reads as the same words again, and is ruled on alike;
 *   - the analysis counts as many lines as the prepared stream gives, in whatever pieces it is fed;
 *   - the tool never leaves the work area by an absolute move; a laser accepted ends beam off. */
#include "fuzz.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../lib/profiles.c"
#include "gcode/analyse.h"
#include "gcode/checksum.h"
#include "gcode/line.h"
#include "gcode/policy.h"
#include "gcode/prepare.h"

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_wire(const struct prepared_line *line, const struct profile *profile)
{
    char wire[256];
    size_t n;

    demand(line->len > 0);
    for (size_t i = 0; i < line->len; i++) {
        unsigned char byte = (unsigned char)line->text[i];

        demand(byte >= 0x20 && byte <= 0x7e && byte != '\\' && byte != '*' && byte != ';');
        demand(byte != '(');
        demand(profile->flavour != GCODE_GRBL || (byte != '?' && byte != '!' && byte != '~'));
    }
    demand(line->text[0] != 'N' && line->text[0] != ' ' && line->text[line->len - 1] != ' ');
    if (profile->flavour == GCODE_GRBL) {
        demand(line->len <= 79 && line->text[0] != '$' && line->text[0] != '[');
        return;
    }
    n = gcode_number_line(wire, sizeof wire, 99999999, line->text, line->len);
    demand(n > 0 && n - 1 <= 95); /* the line end does not count */
}

static bool same_words(const struct gcode_line *a, const struct gcode_line *b)
{
    if (a->fault != b->fault || a->count != b->count || a->letter != b->letter ||
        a->number != b->number || a->sub != b->sub || a->letters != b->letters)
        return false;
    for (unsigned i = 0; i < a->count; i++)
        if (a->words[i].letter != b->words[i].letter || a->words[i].value != b->words[i].value ||
            a->words[i].has_value != b->words[i].has_value)
            return false;
    return true;
}

/* The words of a line and of its own text are the same: what is sent is what was judged. And they
 * are the same whatever stands behind the line, of which `room` bytes may be looked at. */
static void check_line(const char *text, size_t n, size_t room, const struct profile *profile)
{
    struct gcode_line line, again;

    gcode_line_parse(&line, text, n, profile->flavour);
    gcode_line_parse_within(&again, text, n, room, profile->flavour);
    demand(again.len == line.len && same_words(&line, &again));
    if (line.fault != GCODE_LINE_OK) {
        demand(gcode_fault_words(line.fault) != NULL);
        return;
    }
    demand(line.len <= GCODE_TEXT_MAX && line.count <= GCODE_WORDS_MAX);
    for (unsigned i = 0; i < line.count; i++)
        demand((size_t)line.words[i].at + line.words[i].len <= line.len &&
               isfinite(line.words[i].value));
    gcode_line_parse(&again, line.text, line.len, profile->flavour);
    demand(again.len == line.len && same_words(&line, &again));
}

static void check_lines(const char *text, size_t n, const struct profile *profile)
{
    while (n > 0) {
        const char *end = memchr(text, '\n', n);
        size_t length = end != NULL ? (size_t)(end - text) : n;

        check_line(text, length, n, profile);
        n -= length;
        text += length;
        if (n > 0)
            text++, n--;
    }
}

/* Reads the prepared stream through; returns the lines sent, and whether it came to its end. */
static uint64_t check_prepared(const char *path, const struct profile *profile, bool *accepted)
{
    struct prepared *prepared;
    struct prepared_line line;
    struct policy_state policy;
    struct policy_ruling ruling;
    struct gcode_line again;
    uint64_t sent = 0;
    bool end = false;

    policy_begin(&policy, profile);
    demand(prepared_open(&prepared, path, profile) == ERR_OK);
    while (prepared_next(prepared, &line, &end) == ERR_OK && !end) {
        demand(line.number == sent);
        if (line.kind != PREPARED_SEND)
            continue;
        sent++;
        check_wire(&line, profile);
        gcode_line_parse(&again, line.text, line.len, profile->flavour);
        policy_check(&policy, &again, &ruling);
        demand(ruling.verdict == POLICY_SEND && ruling.cut == 0 && again.len == line.len);
        for (int axis = AXIS_X; axis <= AXIS_Z; axis++)
            demand(!policy.known[axis] || (policy.position[axis] > profile->min_mm[axis] - 0.01 &&
                                           policy.position[axis] < profile->max_mm[axis] + 0.01));
    }
    if (end)
        demand(profile->kind != KIND_LASER || policy.ended_off);
    *accepted = end;
    demand(prepared_seek(prepared, sent / 2, true) == ERR_OK);
    prepared_close(prepared);
    return sent;
}

static void analyse(const char *text, size_t n, const struct profile *profile, size_t piece,
                    struct analysis *analysis)
{
    struct analyser *analyser;

    demand(analyser_begin(&analyser, profile) == ERR_OK);
    for (size_t at = 0; at < n; at += piece)
        analyser_feed(analyser, text + at, piece < n - at ? piece : n - at);
    demand(analyser_end(analyser, analysis) == ERR_OK);
    demand(isfinite(analysis->time_s) && analysis->time_s >= 0);
    demand(isfinite(analysis->filament_g) && isfinite(analysis->cut_mm));
    for (size_t i = 0; i < analysis->finding_count; i++)
        for (const char *c = analysis->findings[i].text; *c != '\0'; c++)
            demand(*c >= 0x20 && *c <= 0x7e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct profile *const profiles[] = {&profile_mk3, &profile_grbl_600x400,
                                                     &profile_marlin_laser, &profile_ender3};
    const struct profile *profile;
    struct analysis whole, pieces;
    const char *text = (const char *)data + 1;
    char path[64];
    bool accepted;
    uint64_t sent;
    int fd;

    if (size < 2)
        return 0;
    profile = profiles[data[0] % 4];
    size--;
    fd = memfd_create("fuzz", MFD_CLOEXEC);
    demand(fd >= 0 && write(fd, text, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    check_lines(text, size, profile);
    sent = check_prepared(path, profile, &accepted);
    analyse(text, size, profile, size, &whole);
    analyse(text, size, profile, 7, &pieces);
    demand(whole.accepted == accepted && (!accepted || whole.prepared_lines == sent));
    demand(whole.lines == pieces.lines && whole.refused == pieces.refused &&
           whole.time_s == pieces.time_s && strcmp(whole.sha256, pieces.sha256) == 0);
    analysis_finish(&whole);
    analysis_finish(&pieces);
    close(fd);
    return 0;
}
