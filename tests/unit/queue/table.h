/* SPDX-License-Identifier: Apache-2.0 */
/* Hand-made snapshots for the dispatcher. */
#ifndef USINE_TESTS_QUEUE_TABLE_H
#define USINE_TESTS_QUEUE_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "queue/dispatch.h"

enum { MODELS = 2, ROOM = 8, NOW = 1000000 };

struct table {
    struct dispatch d;
    struct dispatch_part parts[ROOM];
    struct dispatch_site sites[2];
    struct dispatch_job jobs[ROOM];
    struct job job_rows[ROOM];
    struct dispatch_program programs[ROOM];
    struct program program_rows[ROOM];
    struct dispatch_machine machines[ROOM];
    struct machine_view views[ROOM];
    struct profile profile;
    struct dispatch_way ways[ROOM * ROOM * PROGRAM_MODELS_MAX];
    size_t heads[MODELS];
    struct dispatch_choice choices[ROOM];
    size_t looked;
};

static inline struct table begin(void)
{
    struct table t = {.profile = {.kind = KIND_PRINTER,
                                  .max_mm = {200, 200, 200},
                                  .nozzle_max_c = 280,
                                  .bed_max_c = 100}};

    t.d.now_ms = NOW;
    t.d.model_count = MODELS;
    t.sites[0] = t.sites[1] = (struct dispatch_site){.open = true, .closes_s = INFINITY};
    t.d.site_count = 2;
    return t;
}

static inline void tie(struct table *t)
{
    t->d.parts = t->parts;
    t->d.sites = t->sites;
    t->d.jobs = t->jobs;
    t->d.programs = t->programs;
    t->d.machines = t->machines;
    for (size_t i = 0; i < t->d.job_count; i++)
        t->jobs[i].job = &t->job_rows[i];
    for (size_t i = 0; i < t->d.program_count; i++)
        t->programs[i].program = &t->program_rows[i];
    for (size_t i = 0; i < t->d.machine_count; i++) {
        t->machines[i].number = i;
        t->machines[i].view = &t->views[i];
        t->machines[i].profile = &t->profile;
    }
}

static inline size_t add_part(struct table *t, double have, double needed)
{
    t->parts[t->d.part_count] = (struct dispatch_part){.have = have, .needed = needed};
    return t->d.part_count++;
}

static inline struct job *add_job(struct table *t, size_t part, int64_t owed)
{
    size_t i = t->d.job_count++;

    t->jobs[i] = (struct dispatch_job){.part = part, .owed = owed};
    t->job_rows[i] = (struct job){.id = (int64_t)i + 1, .priority = 5, .target = owed};
    return &t->job_rows[i];
}

/* Makes `pieces` of one part on one model. */
static inline struct program *add_program(struct table *t, size_t part, int model, int64_t pieces)
{
    size_t i = t->d.program_count++;

    t->programs[i] = (struct dispatch_program){.parts = {part}};
    t->programs[i].models[0] = (struct dispatch_model){model, true, 100};
    t->program_rows[i] = (struct program){.model_count = 1, .yield_count = 1};
    t->program_rows[i].yields[0].pieces = pieces;
    for (int k = 0; k < 3; k++) {
        t->program_rows[i].min_mm[k] = 10;
        t->program_rows[i].max_mm[k] = 100;
    }
    return &t->program_rows[i];
}

static inline struct dispatch_machine *add_machine(struct table *t, int model)
{
    size_t i = t->d.machine_count++;

    t->machines[i] = (struct dispatch_machine){.model = model, .consent = 1, .given_ms = NOW - 10};
    t->views[i] = (struct machine_view){.state = MACHINE_IDLE, .bed = BED_CLEAR};
    return &t->machines[i];
}

static inline size_t choose(struct table *t)
{
    tie(t);
    assert_true(dispatch_ways(&t->d) <= ROOM * ROOM * PROGRAM_MODELS_MAX);
    return dispatch_choose(&t->d, t->ways, t->heads, t->choices, &t->looked);
}

static inline enum refusal why(struct table *t)
{
    size_t program;

    tie(t);
    return dispatch_why(&t->d, 0, 0, &program);
}

/* One part, one job that owes 10, one program of 1 piece, one machine that is ready. */
static inline struct table simple(void)
{
    struct table t = begin();
    size_t part = add_part(&t, 0, 100);

    add_job(&t, part, 10);
    add_program(&t, part, 0, 1);
    add_machine(&t, 0);
    return t;
}

#endif
