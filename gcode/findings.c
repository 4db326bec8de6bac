/* SPDX-License-Identifier: Apache-2.0 */
#include "findings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum err findings_init(struct findings *f)
{
    f->count = 0;
    f->list = calloc(ANALYSIS_FINDINGS_MAX, sizeof *f->list);
    f->keys = calloc(ANALYSIS_FINDINGS_MAX, sizeof *f->keys);
    if (f->list != NULL && f->keys != NULL)
        return ERR_OK;
    findings_finish(f);
    return ERR_NO_MEMORY;
}

void findings_finish(struct findings *f)
{
    free(f->list);
    free(f->keys);
    f->list = NULL;
    f->keys = NULL;
}

static enum finding_kind kind_of(const struct policy_ruling *ruling)
{
    if (ruling->verdict == POLICY_REFUSE)
        return FINDING_REFUSED;
    return ruling->verdict == POLICY_ACT ? FINDING_ACTION : FINDING_DROPPED;
}

static const char *action_words(enum host_action action)
{
    switch (action) {
    case ACTION_PAUSE:
        return "the run is held until an operator resumes it";
    case ACTION_MESSAGE:
        return "the text is shown to people";
    case ACTION_WAIT_NOZZLE:
        return "the target is set, and the daemon waits for the nozzle";
    case ACTION_WAIT_BED:
        return "the target is set, and the daemon waits for the bed";
    case ACTION_PROGRESS:
        return "taken as the run's progress";
    case ACTION_NONE:
        break;
    }
    return "done by the daemon";
}

/* FNV-1a over kind, command and, for refusals, the reason's fixed beginning. */
static uint32_t key_of(const struct policy_ruling *ruling, const struct gcode_line *line)
{
    uint32_t key = 2166136261u;
    const uint32_t parts[] = {(uint32_t)kind_of(ruling), (uint32_t)line->letter,
                              (uint32_t)line->number, (uint32_t)line->sub, (uint32_t)line->fault};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        key = (key ^ parts[i]) * 16777619u;
    for (const char *c = ruling->why; *c != '\0' && (*c < '0' || *c > '9'); c++)
        key = (key ^ (uint32_t)(unsigned char)*c) * 16777619u;
    return key;
}

/* The line as it can be shown: cut, other bytes than printable ASCII as '?'. */
static void show(char *out, size_t size, const struct gcode_line *line)
{
    size_t n = line->len;

    if (line->fault !=
        GCODE_LINE_OK) /* len is not set then; what was read up to the fault is there */
        n = (size_t)line->fault_at + 1;
    if (n > size - 1)
        n = size - 1;
    for (size_t i = 0; i < n; i++)
        out[i] = line->text[i] >= 0x20 && line->text[i] <= 0x7e ? line->text[i] : '?';
    out[n] = '\0';
}

void findings_add(struct findings *f, const struct policy_ruling *ruling,
                  const struct gcode_line *line, uint32_t number)
{
    uint32_t key = key_of(ruling, line);
    struct finding *finding;
    size_t at = 0;

    while (at < f->count && f->keys[at] != key)
        at++;
    if (at < f->count) {
        f->list[at].count++;
        return;
    }
    if (f->count == ANALYSIS_FINDINGS_MAX) { /* a refusal may take the place of something milder */
        if (ruling->verdict != POLICY_REFUSE)
            return;
        for (at = 0; at < f->count && f->list[at].kind == FINDING_REFUSED;)
            at++;
        if (at == f->count)
            return;
    } else {
        f->count++;
    }
    f->keys[at] = key;
    finding = &f->list[at];
    finding->kind = kind_of(ruling);
    finding->line = number;
    finding->count = 1;
    show(finding->text, sizeof finding->text, line);
    snprintf(finding->why, sizeof finding->why, "%s",
             ruling->verdict == POLICY_ACT ? action_words(ruling->action) : ruling->why);
}

static int compare(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;

    if ((a->kind == FINDING_REFUSED) != (b->kind == FINDING_REFUSED))
        return a->kind == FINDING_REFUSED ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

struct finding *findings_take(struct findings *f, size_t *count)
{
    struct finding *list = f->list;

    qsort(list, f->count, sizeof *list, compare);
    *count = f->count;
    f->list = NULL;
    return list;
}
