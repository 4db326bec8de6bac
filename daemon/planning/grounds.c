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

/* How far the days of a site are apart, beyond what chance within a day explains. */
static void find_days(struct grounds *g, double single)
{
    const struct evidence *e = g->evidence;
    double scatter = 0, freedom = 0;

    for (size_t i = 0; i < e->plan->site_count; i++) {
        struct sample all = evidence_wait(&e->sites[i]);
        int days = 0;

        for (int day = 0; day < EVIDENCE_DAYS; day++) {
            const struct sample *wait = &e->sites[i].wait[day];
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

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* The seen distances and, so that few do not say all, some of the prior's normal curve. */
static void find_shape(struct grounds *g)
{
    const struct evidence *e = g->evidence;
    size_t more = (size_t)prior.wait_weight, n = e->wait_count + more;
    double *all = malloc(n * sizeof *all);
    double scatter = 0, single;

    for (size_t i = 0; i < EVIDENCE_SHAPE && all == NULL; i++)
        g->shape[i] = 0;
    for (size_t i = 0; i < e->wait_count && all != NULL; i++) {
        struct sample site = evidence_wait(&e->sites[(size_t)e->waits[2 * i]]);

        all[i] = (double)e->waits[2 * i + 1] - sample_mean(&site);
        scatter += all[i] * all[i];
    }
    single = within(scatter, (double)e->wait_count, prior.wait_within, prior.wait_weight);
    for (size_t i = 0; i < more && all != NULL; i++) /* a normal curve in equal steps, nearly */
        all[e->wait_count + i] =
            prior.wait_within * log((2.0 * (double)i + 1) / (2.0 * (double)(more - i) - 1)) / 1.7;
    if (all != NULL) {
        qsort(all, n, sizeof *all, by_size);
        for (size_t i = 0; i < EVIDENCE_SHAPE; i++)
            g->shape[i] = all[(2 * i + 1) * n / (2 * (size_t)EVIDENCE_SHAPE)];
    }
    free(all);
    find_days(g, single);
}

void grounds_init(struct grounds *grounds, const struct evidence *evidence)
{
    *grounds = (struct grounds){.evidence = evidence};
    find_cycle(grounds);
    find_shape(grounds);
}

double grounds_shape(const struct grounds *grounds, struct random *random)
{
    return grounds->shape[(size_t)(random_uniform(random) * EVIDENCE_SHAPE)];
}
