/* SPDX-License-Identifier: Apache-2.0 */
#include "variant.h"

#include <math.h>
#include <stdlib.h>

enum err variant_init(struct variant *v, struct plan *plan, const struct belief *belief,
                      size_t room)
{
    const struct outlook *o = plan->outlook;

    *v = (struct variant){.plan = *plan, .room = room};
    *plan = (struct plan){0};
    v->model = model_create(&v->plan, belief);
    v->today = calloc(o->product_count * room + 1, sizeof *v->today);
    v->orders = calloc(o->order_count * room + 1, sizeof *v->orders);
    v->jobs = calloc(o->dispatch.job_count * room + 1, sizeof *v->jobs);
    v->waits = calloc(room + 1, sizeof *v->waits);
    v->short_of = calloc(o->order_count * o->dispatch.part_count + 1, sizeof *v->short_of);
    return v->model != NULL && v->today != NULL && v->orders != NULL && v->jobs != NULL &&
                   v->waits != NULL && v->short_of != NULL
               ? ERR_OK
               : ERR_NO_MEMORY;
}

void variant_finish(struct variant *v)
{
    model_destroy(v->model);
    plan_finish(&v->plan);
    free(v->today);
    free(v->orders);
    free(v->jobs);
    free(v->waits);
    free(v->short_of);
    *v = (struct variant){0};
}

void variant_run(struct variant *v)
{
    const struct outlook *o = v->plan.outlook;
    const struct model_result *result = model_run(v->model);
    size_t run = v->runs++;

    for (size_t i = 0; i < o->product_count; i++)
        v->today[i * v->room + run] = (double)(o->products[i].done_today + result->kits_today[i]);
    for (size_t i = 0; i < o->order_count; i++)
        v->orders[i * v->room + run] = result->order_done_s[i];
    for (size_t i = 0; i < o->dispatch.job_count; i++)
        v->jobs[i * v->room + run] = result->job_done_s[i];
    for (size_t i = 0; i < o->order_count * o->dispatch.part_count; i++)
        v->short_of[i] += result->order_short[i];
    v->waits[run] = result->mean_wait_s;
    v->starts = result->starts;
}

/* ---- ranges ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* The value that a share of all does not exceed (nearest rank). */
static double at_share(const double *sorted, size_t count, double share)
{
    size_t rank = (size_t)ceil(share * (double)count);

    return sorted[rank > 0 ? rank - 1 : 0];
}

static struct forecast_range *ranges_of(const struct variant *v, double *values, size_t count)
{
    struct forecast_range *ranges = calloc(count + 1, sizeof *ranges);

    for (size_t i = 0; ranges != NULL && v->runs > 0 && i < count; i++) {
        double *of = &values[i * v->room];

        qsort(of, v->runs, sizeof *of, by_size);
        ranges[i] = (struct forecast_range){at_share(of, v->runs, 0.1), at_share(of, v->runs, 0.5),
                                            at_share(of, v->runs, 0.9)};
    }
    return ranges;
}

static size_t *limits_of(const struct variant *v)
{
    const struct outlook *o = v->plan.outlook;
    size_t parts = o->dispatch.part_count;
    size_t *limits = calloc(o->order_count + 1, sizeof *limits);

    for (size_t i = 0; limits != NULL && i < o->order_count; i++) {
        uint64_t most = 0;

        limits[i] = SIZE_MAX;
        for (size_t k = 0; k < parts; k++)
            if (v->short_of[i * parts + k] > most) {
                most = v->short_of[i * parts + k];
                limits[i] = k;
            }
    }
    return limits;
}

enum err variant_ranges(struct variant *v, struct forecast_variant *ranges)
{
    const struct outlook *o = v->plan.outlook;

    ranges->today = ranges_of(v, v->today, o->product_count);
    ranges->orders = ranges_of(v, v->orders, o->order_count);
    ranges->jobs = ranges_of(v, v->jobs, o->dispatch.job_count);
    ranges->limiting = limits_of(v);
    ranges->mean_wait_s = variant_wait(v, v->runs);
    return ranges->today != NULL && ranges->orders != NULL && ranges->jobs != NULL &&
                   ranges->limiting != NULL
               ? ERR_OK
               : ERR_NO_MEMORY;
}

void variant_free_ranges(struct forecast_variant *ranges)
{
    free(ranges->today);
    free(ranges->orders);
    free(ranges->jobs);
    free(ranges->limiting);
    *ranges = (struct forecast_variant){0};
}

double variant_wait(const struct variant *v, size_t runs)
{
    size_t count = runs < v->runs ? runs : v->runs;
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += v->waits[i];
    return count > 0 ? sum / (double)count : 0;
}
