/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher's snapshot: names become indexes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "loads.h"
#include "machines.h"
#include "opening.h"
#include "production/kits.h"
#include "programs.h"
#include "start.h"
#include "tally.h"

struct snapshot {
    struct dispatch dispatch;
    struct queue *queue; /* borrowed, as all names */
    struct dispatch_part *parts;
    struct dispatch_site *sites;
    struct dispatch_job *jobs;
    struct dispatch_program *programs;
    struct dispatch_machine *machines;
    size_t *job_places;     /* sites and machines of all jobs, one list after the other */
    const char **materials; /* number - 1 -> name */
    int material_count;
};

void snapshot_free(struct snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    free(snapshot->parts);
    free(snapshot->sites);
    free(snapshot->jobs);
    free(snapshot->programs);
    free(snapshot->machines);
    free(snapshot->job_places);
    free(snapshot->materials);
    free(snapshot);
}

struct dispatch *snapshot_dispatch(struct snapshot *snapshot)
{
    return &snapshot->dispatch;
}

/* 0: unknown. */
static int material_number(struct snapshot *s, const char *name)
{
    if (name[0] == '\0')
        return 0;
    for (int i = 0; i < s->material_count; i++)
        if (strcasecmp(s->materials[i], name) == 0)
            return i + 1;
    s->materials[s->material_count++] = name;
    return s->material_count;
}

/* -1: not in the config. */
static int model_number(const struct config *config, const char *model)
{
    for (size_t i = 0; i < config->model_count; i++)
        if (strcmp(config->models[i].id, model) == 0)
            return (int)i;
    return -1;
}

static size_t site_number(const struct config *config, const char *site)
{
    for (size_t i = 0; i < config->site_count; i++)
        if (strcmp(config->sites[i].id, site) == 0)
            return i;
    return SIZE_MAX; /* no machine is there any more */
}

static void fill_sites(struct snapshot *s)
{
    const struct queue *queue = s->queue;
    time_t now = (time_t)(s->dispatch.now_ms / 1000);
    struct tm tm = {0};

    localtime_r(&now, &tm);
    for (size_t i = 0; i < queue->config->site_count; i++) {
        opening_site(&s->sites[i], &queue->hours[i], &queue->quiet[i], &tm);
        s->sites[i].clear_s = queue->config->sites[i].clear_min * 60;
    }
}

/* Machines that are no longer in the config have no number. */
static size_t *add_machine_numbers(const struct queue *queue, const struct job_machines *machines,
                                   size_t *place)
{
    for (size_t i = 0; i < machines->count; i++) {
        const struct machine_item *item = machines_find(queue, machines->ids[i]);

        *place++ = item != NULL ? (size_t)(item - queue->machines) : SIZE_MAX;
    }
    return place;
}

static void fill_jobs(struct snapshot *s)
{
    const struct queue *queue = s->queue;
    size_t *place = s->job_places;

    for (size_t i = 0; i < queue->job_count; i++) {
        const struct job *job = &queue->jobs[i]->job;
        struct dispatch_job *to = &s->jobs[i];

        *to = (struct dispatch_job){.job = job,
                                    .part = tally_part(s->queue, job->part),
                                    .owed = job->owed,
                                    .sites = job->site_count > 0 ? place : NULL,
                                    .site_count = job->site_count,
                                    .preferred_count = job->preferred.count,
                                    .excluded_count = job->excluded.count};
        for (size_t k = 0; k < job->site_count; k++)
            *place++ = site_number(queue->config, job->sites[k]);
        to->preferred = place;
        place = add_machine_numbers(queue, &job->preferred, place);
        to->excluded = place;
        place = add_machine_numbers(queue, &job->excluded, place);
    }
}

static void fill_programs(struct snapshot *s)
{
    struct queue *queue = s->queue;
    size_t n = 0;

    for (size_t i = 0; i < queue->program_count; i++) {
        const struct program *program = queue->programs[i];
        struct dispatch_program *to = &s->programs[n];

        if (program->removed)
            continue;
        to->program = program;
        to->material = material_number(s, program->material);
        to->scrap = programs_loss(program);
        for (size_t k = 0; k < program->model_count; k++)
            to->models[k] = (struct dispatch_model){
                .model = model_number(queue->config, program->models[k].model),
                .accepted = program->models[k].accepted,
                .time_s = program->models[k].time_s};
        for (size_t k = 0; k < program->yield_count; k++)
            to->parts[k] = tally_part(queue, program->yields[k].part);
        n++;
    }
    s->dispatch.program_count = n;
}

/* Estimates leave heating out; a heated bed takes some minutes. */
static double warm_up(const struct profile *profile)
{
    return profile->kind == KIND_PRINTER && profile->bed_max_c > 0 ? 300 : 0;
}

static void fill_machines(struct snapshot *s)
{
    const struct queue *queue = s->queue;

    for (size_t i = 0; i < queue->machine_count; i++) {
        const struct machine_item *item = &queue->machines[i];

        s->machines[i] =
            (struct dispatch_machine){.view = &queue->views[i],
                                      .profile = &item->config->profile,
                                      .model = model_number(queue->config, item->config->model),
                                      .material = material_number(s, loads_material(item)),
                                      .number = i,
                                      .site = item->site,
                                      .warm_s = warm_up(&item->config->profile),
                                      .change_s = item->config->profile.change_min * 60,
                                      .busy = item->busy,
                                      .awaits_verdict = item->run != NULL,
                                      .consent = item->consent,
                                      .given_ms = item->given_ms,
                                      .hold_ms = item->hold_ms,
                                      .refused_until_ms = item->refused_until_ms};
    }
}

/* What kits need of each part for a day's target, down to the kits in kits. */
static void add_kits_needs(struct snapshot *s)
{
    const struct config *config = s->queue->config;
    int64_t kits = config->target_per_day > 0 ? config->target_per_day : 1;
    int64_t *none = calloc(kits_items(config) + 1, sizeof *none);
    struct kits_use *use = calloc(kits_items(config) + 1, sizeof *use);

    for (size_t i = 0; none != NULL && use != NULL && i < config->product_count; i++) {
        kits_explode(config, i, kits, none, use);
        for (size_t k = 0; k < config->part_count; k++) {
            struct dispatch_part *part = &s->parts[tally_part(s->queue, config->parts[k].id)];

            if ((double)use[k].need > part->needed)
                part->needed = (double)use[k].need;
        }
    }
    free(none);
    free(use);
}

/* A part that no kit holds is needed as its jobs ask for. */
static double jobs_need(const struct snapshot *s, size_t part)
{
    double sum = 0;

    for (size_t i = 0; i < s->dispatch.job_count; i++)
        if (s->jobs[i].part == part && s->jobs[i].job->state == JOB_OPEN)
            sum += (double)s->jobs[i].job->target;
    return sum;
}

static void add_needs(struct snapshot *s)
{
    add_kits_needs(s);
    for (size_t i = 0; i < s->dispatch.part_count; i++) {
        double needed = s->parts[i].needed > 0 ? s->parts[i].needed : jobs_need(s, i);

        s->parts[i].needed = needed >= 1 ? needed : 1;
    }
}

static void fill_parts(struct snapshot *s)
{
    struct queue *queue = s->queue;

    for (size_t i = 0; i < s->dispatch.part_count; i++)
        s->parts[i].have = (double)queue->parts[i].stock;
    for (struct list *node = queue->runs.next; node != &queue->runs; node = node->next) {
        const struct run *run = &list_entry(node, struct run_item, node)->run;

        for (size_t k = 0; run->status <= RUN_STATUS_FINISHED && k < run->part_count; k++)
            s->parts[tally_part(queue, run->parts[k].part)].have += (double)run->parts[k].pieces;
    }
    add_needs(s);
}

/* Every part gets its number before the arrays are sized. */
static bool number_parts(struct queue *queue)
{
    bool ok = true;

    for (size_t i = 0; i < queue->config->part_count; i++)
        ok = tally_part(queue, queue->config->parts[i].id) != SIZE_MAX && ok;
    for (size_t i = 0; i < queue->job_count; i++)
        ok = tally_part(queue, queue->jobs[i]->job.part) != SIZE_MAX && ok;
    for (size_t i = 0; i < queue->program_count; i++)
        for (size_t k = 0; k < queue->programs[i]->yield_count; k++)
            ok = tally_part(queue, queue->programs[i]->yields[k].part) != SIZE_MAX && ok;
    for (struct list *node = queue->runs.next; node != &queue->runs; node = node->next) {
        const struct run *run = &list_entry(node, struct run_item, node)->run;

        for (size_t k = 0; k < run->part_count; k++)
            ok = tally_part(queue, run->parts[k].part) != SIZE_MAX && ok;
    }
    return ok;
}

static bool make_arrays(struct snapshot *s)
{
    const struct queue *queue = s->queue;
    size_t places = 0;

    for (size_t i = 0; i < queue->job_count; i++)
        places += queue->jobs[i]->job.site_count + queue->jobs[i]->job.preferred.count +
                  queue->jobs[i]->job.excluded.count;
    s->parts = calloc(queue->part_count + 1, sizeof *s->parts);
    s->sites = calloc(queue->config->site_count + 1, sizeof *s->sites);
    s->jobs = calloc(queue->job_count + 1, sizeof *s->jobs);
    s->programs = calloc(queue->program_count + 1, sizeof *s->programs);
    s->machines = calloc(queue->machine_count + 1, sizeof *s->machines);
    s->job_places = calloc(places + 1, sizeof *s->job_places);
    s->materials = calloc(queue->program_count + queue->machine_count + 1, sizeof *s->materials);
    return s->parts != NULL && s->sites != NULL && s->jobs != NULL && s->programs != NULL &&
           s->machines != NULL && s->job_places != NULL && s->materials != NULL;
}

struct snapshot *snapshot_make(struct queue *queue)
{
    struct snapshot *s = calloc(1, sizeof *s);

    if (s == NULL)
        return NULL;
    s->queue = queue;
    if (!number_parts(queue) || !make_arrays(s)) {
        snapshot_free(s);
        return NULL;
    }
    s->dispatch = (struct dispatch){.now_ms = clock_wall(queue->clock),
                                    .parts = s->parts,
                                    .part_count = queue->part_count,
                                    .sites = s->sites,
                                    .site_count = queue->config->site_count,
                                    .jobs = s->jobs,
                                    .job_count = queue->job_count,
                                    .programs = s->programs,
                                    .machines = s->machines,
                                    .machine_count = queue->machine_count,
                                    .model_count = queue->config->model_count};
    fill_sites(s);
    fill_jobs(s);
    fill_programs(s);
    fill_machines(s);
    fill_parts(s);
    return s;
}
