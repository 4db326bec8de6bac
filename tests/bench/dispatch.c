/* SPDX-License-Identifier: Apache-2.0 */
/* How long one look of the dispatcher takes: 2000 machines of 10 models at 20 sites, 500 jobs, 100
 * programs; with all machines ready, and with 20 ready; always open, and with a night to plan for.
 * Prints milliseconds of processor time (best and median of 50) and comparisons. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "queue/dispatch.h"

enum {
    MACHINES = 2000,
    JOBS = 500,
    PROGRAMS = 100,
    MODELS = 10,
    PARTS = 50,
    SITES = 20,
    ROUNDS = 50
};

struct bench {
    struct dispatch d;
    struct dispatch_part parts[PARTS];
    struct dispatch_site sites[SITES];
    struct dispatch_job jobs[JOBS];
    struct job job_rows[JOBS];
    struct dispatch_program programs[PROGRAMS];
    struct program program_rows[PROGRAMS];
    struct dispatch_machine machines[MACHINES];
    struct machine_view views[MACHINES];
    struct profile profile;
    size_t heads[MODELS];
    struct dispatch_choice choices[MACHINES];
};

static void fill_work(struct bench *b)
{
    for (size_t i = 0; i < PARTS; i++)
        b->parts[i] = (struct dispatch_part){.have = (double)i, .needed = 100};
    for (size_t i = 0; i < JOBS; i++) {
        b->job_rows[i] = (struct job){.id = (int64_t)i, .priority = 5, .target = 1000};
        b->jobs[i] = (struct dispatch_job){.job = &b->job_rows[i], .part = i % PARTS, .owed = 1000};
    }
    for (size_t i = 0; i < PROGRAMS; i++) {
        b->program_rows[i] = (struct program){.model_count = 2, .yield_count = 1};
        b->program_rows[i].yields[0].pieces = 1 + (int64_t)(i % 4);
        b->programs[i] = (struct dispatch_program){.program = &b->program_rows[i]};
        b->programs[i].parts[0] = i % PARTS;
        b->programs[i].models[0] = (struct dispatch_model){(int)(i % MODELS), true, 3600};
        b->programs[i].models[1] = (struct dispatch_model){(int)((i + 1) % MODELS), true, 4000};
    }
}

static void fill_sites(struct bench *b, bool night)
{
    for (int i = 0; i < SITES; i++) {
        double closes = night ? 3600.0 * (2 + i % 9) : (double)INFINITY;

        b->sites[i] = (struct dispatch_site){
            .open = true, .closes_s = closes, .clear_s = 600, .span_count = night ? 2 : 0};
        b->sites[i].spans[0] = (struct dispatch_span){0, closes};
        b->sites[i].spans[1] = (struct dispatch_span){closes + 43200, closes + 86400};
    }
}

static void fill(struct bench *b, size_t ready, bool night)
{
    fill_work(b);
    fill_sites(b, night);
    b->profile = (struct profile){
        .max_mm = {200, 200, 200}, .nozzle_max_c = 300, .bed_max_c = 100, .unattended = true};
    for (size_t i = 0; i < MACHINES; i++) {
        b->views[i].state = i < ready ? MACHINE_IDLE : MACHINE_RUNNING;
        b->views[i].bed = BED_CLEAR;
        b->machines[i] = (struct dispatch_machine){.view = &b->views[i],
                                                   .profile = &b->profile,
                                                   .model = (int)(i % MODELS),
                                                   .consent = 1,
                                                   .number = i,
                                                   .site = i % SITES};
    }
    b->d = (struct dispatch){.now_ms = 1000,
                             .parts = b->parts,
                             .part_count = PARTS,
                             .sites = b->sites,
                             .site_count = SITES,
                             .jobs = b->jobs,
                             .job_count = JOBS,
                             .programs = b->programs,
                             .program_count = PROGRAMS,
                             .machines = b->machines,
                             .machine_count = MACHINES,
                             .model_count = MODELS};
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static int measure(struct bench *b, size_t ready, bool night)
{
    double times[ROUNDS];
    size_t looked = 0, chosen = 0;

    for (int i = 0; i < ROUNDS; i++) {
        struct dispatch_way *ways;
        double start;

        fill(b, ready, night);
        start = now_ms();
        ways = calloc(dispatch_ways(&b->d) + 1, sizeof *ways);
        if (ways == NULL)
            return 1;
        chosen = dispatch_choose(&b->d, ways, b->heads, b->choices, &looked);
        times[i] = now_ms() - start;
        free(ways);
    }
    qsort(times, ROUNDS, sizeof *times, compare);
    printf("dispatch: %d machines, %zu ready, %d jobs, %s: %zu starts, %zu comparisons, best %.2f "
           "ms, median %.2f ms\n",
           MACHINES, ready, JOBS, night ? "a night ahead" : "always open", chosen, looked, times[0],
           times[ROUNDS / 2]);
    return 0;
}

int main(void)
{
    struct bench *b = calloc(1, sizeof *b);
    int failed = b == NULL || measure(b, MACHINES, false) != 0 || measure(b, MACHINES, true) != 0 ||
                 measure(b, 20, false) != 0 || measure(b, 20, true) != 0;

    free(b);
    return failed;
}
