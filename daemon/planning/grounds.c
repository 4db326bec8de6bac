/* SPDX-License-Identifier: Apache-2.0 */
#include "grounds.h"

#include <math.h>
#include <stdlib.h>

#include "prior.h"

enum { DAYS_WEIGHT = 3 };

/* Deviation of single values around the mean of their group, from all groups. */
static double within(double scatter, double freedom, double guess, double weight)
{
    return sqrt((weight * guess * guess + scatter) / (weight + freedom));
}

static void find_cycle(struct grounds *g)
{
    const struct evidence *e = g->evidence;
    size_t count = e->plan->outlook->dispatch.program_count * e->models;
    double scatter = 0, freedom = 0;

    for (size_t i = 0; i < count; i++)
        if (e->cycle[i].n > 1) {
            scatter += sample_scatter(&e->cycle[i]);
            freedom += e->cycle[i].n - 1;
        }
    g->cycle_within = within(scatter, freedom, prior.cycle_within, prior.cycle_weight);
    g->cycle_between = prior.cycle_between;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* A normal curve in equal steps, nearly, so that few waits do not say all. */
static double prior_distance(size_t i)
{
    double at = (2.0 * (double)i + 1) / (2.0 * prior.wait_weight);

    return prior.wait_within * log(at / (1 - at)) / 1.7;
}

/* The distances seen, and some of the prior's. all: room for them. */
static void find_shape(struct grounds *g, size_t kind, double *all)
{
    const struct evidence *e = g->evidence;
    size_t n = 0;

    for (size_t i = 0; i < (size_t)prior.wait_weight; i++)
        all[n++] = prior_distance(i);
    for (size_t i = 0; i < e->wait_count; i++) {
        size_t place = (size_t)e->waits[2 * i];
        struct sample seen = evidence_wait(e, place);

        if (place % 2 == kind)
            all[n++] = (double)e->waits[2 * i + 1] - sample_mean(&seen);
    }
    qsort(all, n, sizeof *all, by_size);
    for (size_t i = 0; i < EVIDENCE_SHAPE; i++)
        g->shape[kind][i] = all[(2 * i + 1) * n / (2 * (size_t)EVIDENCE_SHAPE)];
}

static double single_deviation(const double shape[EVIDENCE_SHAPE])
{
    double squares = 0;

    for (size_t i = 0; i < EVIDENCE_SHAPE; i++)
        squares += shape[i] * shape[i];
    return sqrt(squares / EVIDENCE_SHAPE);
}

/* How far the days of a site are apart, beyond what chance within a day explains. */
static void find_days(struct grounds *g)
{
    const struct evidence *e = g->evidence;
    double scatter = 0, freedom = 0;

    for (size_t i = 0; i < 2 * e->plan->site_count; i++) {
        struct sample all = evidence_wait(e, i);
        double single = single_deviation(g->shape[i % 2]);
        int days = 0;

        for (int day = 0; day < EVIDENCE_DAYS; day++) {
            const struct sample *wait = &e->sites[i / 2].wait[i % 2][day];
            double off = sample_mean(wait) - sample_mean(&all);

            if (wait->n == 0)
                continue;
            scatter += off * off - single * single / wait->n;
            days++;
        }
        freedom += days > 1 ? days - 1 : 0;
    }
    g->wait_day = within(scatter > 0 ? scatter : 0, freedom, prior.wait_day, DAYS_WEIGHT);
    g->wait_between = prior.wait_between;
}

void grounds_init(struct grounds *grounds, const struct evidence *evidence)
{
    double *room = malloc((evidence->wait_count + (size_t)prior.wait_weight) * sizeof *room);

    *grounds = (struct grounds){.evidence = evidence};
    find_cycle(grounds);
    for (size_t kind = 0; kind < 2 && room != NULL; kind++)
        find_shape(grounds, kind, room);
    free(room);
    find_days(grounds);
}

double grounds_shape(const struct grounds *grounds, enum machine_kind kind, struct random *random)
{
    return grounds->shape[kind][(size_t)(random_uniform(random) * EVIDENCE_SHAPE)];
}
