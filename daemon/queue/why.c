/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "jobs.h"
#include "loads.h"
#include "machines.h"
#include "opening.h"
#include "start.h"

/* The site's hours, where they are the reason. */
static void say_hours(struct why *why, enum refusal refusal, const struct queue *queue, size_t site)
{
    const struct hours *hours = refusal == REFUSAL_QUIET ? queue->quiet : queue->hours;
    time_t now = (time_t)(clock_wall(queue->clock) / 1000);
    char when[OPENING_TEXT_MAX];
    struct tm tm;

    localtime_r(&now, &tm);
    if (!opening_next(&hours[site], &tm, when))
        return;
    snprintf(why->message, sizeof why->message,
             refusal == REFUSAL_CLOSED  ? "the site is closed; it opens %s"
             : refusal == REFUSAL_QUIET ? "quiet hours: this machine may start %s"
                                        : "the program does not end before the site closes %s",
             when);
}

/* What the general words leave out. */
static void say_nozzle(struct why *why, const struct program *program,
                       const struct profile *profile)
{
    snprintf(why->message, sizeof why->message,
             "the program is for a %g mm nozzle, this machine has %g mm: slice it again, or say "
             "which nozzle it has in the config",
             program->nozzle_mm, profile->nozzle_mm);
}

static void say(struct why *why, enum refusal refusal, const struct machine_item *machine,
                const struct machine_view *view, const struct dispatch_program *program)
{
    const char *words = refusal_words(refusal);
    size_t size = sizeof why->message;

    why->reason = refusal_key(refusal);
    snprintf(why->message, size, "%s", words);
    if (refusal == REFUSAL_MATERIAL && program != NULL)
        snprintf(why->message, size,
                 "%s is loaded, the program is for %s: change the material, or "
                 "add a program for it",
                 loads_material(machine), program->program->material);
    else if (refusal == REFUSAL_CHANGE && program != NULL)
        snprintf(why->message, size, "%s is loaded: load %s, then say so (usine machine %s load)",
                 loads_material(machine), program->program->material, machine->config->id);
    else if (refusal == REFUSAL_NOZZLE && program != NULL)
        say_nozzle(why, program->program, &machine->config->profile);
    else if (refusal == REFUSAL_MODEL)
        snprintf(why->message, size, "no program for model %s: add one", machine->config->model);
    else if (refusal == REFUSAL_NOT_IDLE)
        snprintf(why->message, size, "the machine is %s", machine_state_name(view->state));
    else if (refusal == REFUSAL_GATE)
        snprintf(why->message, size, "%.150s; tried again in a moment", machine->refused);
    else if (refusal == REFUSAL_LOCKED && view->message[0] != '\0')
        snprintf(why->message, size, "locked: %.150s", view->message);
    else if (refusal == REFUSAL_VERDICT && machine->run != NULL)
        snprintf(why->message, size, "run %lld awaits its verdict: unload, count and clear",
                 (long long)machine->run->run.id);
}

static void ask(struct queue *queue, const struct dispatch *d, size_t job, size_t machine,
                struct why *why)
{
    const struct machine_item *item = &queue->machines[machine];
    size_t program;
    enum refusal refusal = dispatch_why(d, job, machine, &program);
    const struct dispatch_program *p = program != SIZE_MAX ? &d->programs[program] : NULL;

    why->job = queue->jobs[job]->job.id;
    snprintf(why->machine, sizeof why->machine, "%s", item->config->id);
    if (p != NULL)
        memcpy(why->program, p->program->sha256, sizeof why->program);
    say(why, refusal, item, &queue->views[machine], p);
    if (refusal == REFUSAL_CLOSED || refusal == REFUSAL_CLOSING || refusal == REFUSAL_QUIET)
        say_hours(why, refusal, queue, item->site);
}

static size_t job_index(const struct queue *queue, int64_t id)
{
    for (size_t i = 0; i < queue->job_count; i++)
        if (queue->jobs[i]->job.id == id)
            return i;
    return SIZE_MAX;
}

enum err queue_why(struct queue *queue, int64_t job, const char *machine, struct why **items,
                   size_t *count)
{
    size_t index = job_index(queue, job), n = 0;
    const struct machine_item *one = machine != NULL ? machines_find(queue, machine) : NULL;
    struct snapshot *snapshot;

    if (index == SIZE_MAX || (machine != NULL && one == NULL))
        return ERR_NOT_FOUND;
    snapshot = snapshot_make(queue);
    *items = calloc(queue->machine_count + 1, sizeof **items);
    if (snapshot == NULL || *items == NULL) {
        snapshot_free(snapshot);
        free(*items);
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < queue->machine_count; i++)
        if (one == NULL || one == &queue->machines[i])
            ask(queue, snapshot_dispatch(snapshot), index, i, &(*items)[n++]);
    snapshot_free(snapshot);
    *count = n;
    return ERR_OK;
}

enum err queue_why_machine(struct queue *queue, const char *machine, struct why **items,
                           size_t *count)
{
    const struct machine_item *item = machines_find(queue, machine);
    struct snapshot *snapshot;
    size_t n = 0;

    if (item == NULL)
        return ERR_NOT_FOUND;
    snapshot = snapshot_make(queue);
    *items = calloc(queue->job_count + 1, sizeof **items);
    if (snapshot == NULL || *items == NULL) {
        snapshot_free(snapshot);
        free(*items);
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < queue->job_count; i++)
        if (queue->jobs[i]->job.state <= JOB_HELD)
            ask(queue, snapshot_dispatch(snapshot), i, (size_t)(item - queue->machines),
                &(*items)[n++]);
    snapshot_free(snapshot);
    *count = n;
    return ERR_OK;
}
