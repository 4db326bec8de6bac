/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch_ways.h"

#include <math.h>
#include <stdlib.h>

#include "dispatch_checks.h"

/* The exponent by which a piece loses while its part is ahead by one day's need: machines that make
 * several parts equally well make what is lacking, but a night is not given to a short run because
 * of a few pieces. Higher suits small shops, lower large fleets: bench_normandie and
 * test_queue_optimum show both. */
static const double ahead_discount = 1.5;
static const double discount_max = 300; /* of the exponent: still above 0 */

int64_t ways_due(const struct dispatch_job *job)
{
    return job->job->due_ms != 0 ? job->job->due_ms : INT64_MAX;
}

size_t dispatch_ways(const struct dispatch *d)
{
    size_t ways = 0;

    for (size_t i = 0; i < d->job_count; i++) {
        if (check_job(&d->jobs[i]) != REFUSAL_NONE)
            continue;
        for (size_t k = 0; k < d->program_count; k++)
            if (check_yield(&d->programs[k], d->jobs[i].part) != SIZE_MAX)
                ways += d->programs[k].program->model_count;
    }
    return ways;
}

static void note_seconds(struct dispatch_part *part, double time_s, int64_t pieces)
{
    double seconds = time_s / (double)(pieces > 0 ? pieces : 1);

    if (part->seconds <= 0 || seconds < part->seconds)
        part->seconds = seconds;
}

static size_t add_program(struct dispatch *d, size_t job, size_t program, struct dispatch_way *ways,
                          size_t n)
{
    const struct dispatch_program *p = &d->programs[program];
    size_t part = d->jobs[job].part, yield = check_yield(p, part);

    if (yield == SIZE_MAX)
        return n;
    for (size_t i = 0; i < p->program->model_count; i++) {
        if (!p->models[i].accepted || p->models[i].model < 0)
            continue;
        note_seconds(&d->parts[part], p->models[i].time_s, p->program->yields[yield].pieces);
        ways[n++] = (struct dispatch_way){.job = job,
                                          .program = program,
                                          .yield = yield,
                                          .model = p->models[i].model,
                                          .time_s = p->models[i].time_s};
    }
    return n;
}

static int order(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int in_chain(const void *a, const void *b, void *context)
{
    const struct dispatch *d = context;
    const struct dispatch_way *x = a, *y = b;
    const struct dispatch_job *jx = &d->jobs[x->job], *jy = &d->jobs[y->job];
    int by = order(jy->job->priority, jx->job->priority);

    if (by == 0)
        by = order((int64_t)jx->part, (int64_t)jy->part);
    if (by == 0)
        by = order(ways_due(jx), ways_due(jy));
    if (by == 0)
        by = order((int64_t)x->job, (int64_t)y->job);
    return by != 0 ? by : order((int64_t)x->program, (int64_t)y->program);
}

void ways_worth(struct dispatch *d, size_t part)
{
    struct dispatch_part *p = &d->parts[part];
    double ahead = ahead_discount * (p->have / p->needed - d->least_balance);

    p->worth = p->seconds * exp(-fmin(fmax(ahead, 0), discount_max));
}

/* The ways are listed: parts without one weigh nothing. */
static void weigh_parts(struct dispatch *d)
{
    d->least_balance = (double)INFINITY;
    for (size_t i = 0; i < d->part_count; i++)
        if (d->parts[i].seconds > 0)
            d->least_balance = fmin(d->least_balance, d->parts[i].have / d->parts[i].needed);
    for (size_t i = 0; i < d->part_count; i++)
        ways_worth(d, i);
}

static bool alike(const struct dispatch *d, const struct dispatch_way *a,
                  const struct dispatch_way *b)
{
    const struct dispatch_job *ja = &d->jobs[a->job], *jb = &d->jobs[b->job];

    return ja->part == jb->part && ja->job->priority == jb->job->priority;
}

void ways_list(struct dispatch *d, struct dispatch_way *ways, size_t *heads)
{
    size_t n = 0;

    for (size_t i = 0; i < d->part_count; i++)
        d->parts[i].seconds = 0;
    for (size_t i = 0; i < d->job_count; i++) {
        if (check_job(&d->jobs[i]) != REFUSAL_NONE)
            continue;
        for (size_t k = 0; k < d->program_count; k++)
            n = add_program(d, i, k, ways, n);
    }
    weigh_parts(d);
    qsort_r(ways, n, sizeof *ways, in_chain, d);
    for (size_t i = 0; i < d->model_count; i++)
        heads[i] = SIZE_MAX;
    for (size_t i = n; i-- > 0;) {
        size_t next = heads[ways[i].model];

        ways[i].next = next;
        ways[i].other =
            next != SIZE_MAX && alike(d, &ways[i], &ways[next]) ? ways[next].other : next;
        heads[ways[i].model] = i;
    }
}
