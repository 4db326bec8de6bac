/* SPDX-License-Identifier: Apache-2.0 */
#include "forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "variant.h"

enum { TRIAL_RUNS = 40, BASE = 0, CHANGED = 1, TRIALS = 2, VARIANTS = TRIALS + FORECAST_TRIALS };
/* Starts of machines that a forecast may simulate: some seconds of one processor. */
static const double starts_most = 6e6;
static const double more_hours = 1, tenth = 0.1;

struct forecast {
    struct forecast_setup setup; /* its pointers are borrowed */
    struct grounds grounds;
    struct belief belief;
    struct variant variants[VARIANTS]; /* without a model: not used */
    size_t run, runs;                  /* done; wanted */
    struct forecast_result result;
};

void forecast_destroy(struct forecast *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < VARIANTS; i++)
        variant_finish(&f->variants[i]);
    belief_finish(&f->belief);
    variant_free_ranges(&f->result.as_is);
    variant_free_ranges(&f->result.changed);
    free(f);
}

/* ---- trials ---- */

/* Another machine for every tenth of its kind, beside it. */
static enum err more_machines(struct plan *plan, struct forecast_trial *trial)
{
    size_t seen = 0, count = plan->machine_count;
    enum err err = ERR_OK;

    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        const struct dispatch_machine *m = &plan->machines[i].ready;
        struct what_if more = {
            .kind = WHAT_IF_MACHINES, .site = m->site, .model = (size_t)m->model, .number = 1};

        if (m->profile->kind != trial->machines || m->model < 0 || m->site >= plan->site_count ||
            plan->machines[i].doing >= PLAN_ABSENT || seen++ % 10 != 0)
            continue;
        err = what_if_apply(&more, plan);
        trial->more++;
    }
    return err;
}

static double missing(const struct plan *plan, size_t part)
{
    const struct outlook *o = plan->outlook;
    double needed = 0;

    for (size_t i = 0; i < o->order_count; i++) {
        const struct outlook_product *product = &o->products[o->orders[i].product];

        for (size_t k = 0; k < product->need_count; k++)
            if (product->needs[k].part == part)
                needed += (double)(product->needs[k].quantity *
                                   (o->orders[i].quantity - o->orders[i].done));
    }
    return needed - (double)o->parts[part].stock;
}

static enum err apply_trial(struct plan *plan, struct forecast_trial *trial)
{
    switch (trial->kind) {
    case TRIAL_MACHINES:
        return more_machines(plan, trial);
    case TRIAL_HANDS:
        for (size_t i = 0; i < plan->site_count; i++)
            plan->sites[i].hands_more++;
        trial->more = 1;
        break;
    case TRIAL_HOURS:
        plan_lengthen(plan, more_hours * 3600);
        trial->more = more_hours;
        break;
    case TRIAL_PART:
        trial->more = ceil(tenth * missing(plan, trial->part));
        plan->bought_more[trial->part] += trial->more;
        break;
    }
    return ERR_OK;
}

static enum err add_trial(struct forecast *f, struct forecast_trial trial)
{
    struct plan plan;
    enum err err;

    if (f->result.trial_count == FORECAST_TRIALS)
        return ERR_OK;
    err = plan_init(&plan, f->setup.plan->outlook, (int)(f->setup.plan->horizon_s / 86400.0));
    if (err == ERR_OK)
        err = apply_trial(&plan, &trial);
    if (err == ERR_OK && trial.more <= 0) { /* no machine of that kind is there */
        plan_finish(&plan);
        return ERR_OK;
    }
    if (err == ERR_OK)
        err = variant_init(&f->variants[TRIALS + f->result.trial_count], &plan, &f->belief,
                           TRIAL_RUNS);
    plan_finish(&plan);
    if (err == ERR_OK)
        f->result.trials[f->result.trial_count++] = trial;
    return err;
}

static bool has_kind(const struct plan *plan, enum machine_kind kind)
{
    for (size_t i = 0; i < plan->machine_count; i++)
        if (plan->machines[i].ready.profile->kind == kind && plan->machines[i].ready.model >= 0)
            return true;
    return false;
}

static enum err add_trials(struct forecast *f)
{
    const struct plan *plan = f->setup.plan;
    enum err err = add_trial(f, (struct forecast_trial){.kind = TRIAL_HANDS});

    if (err == ERR_OK)
        err = add_trial(f, (struct forecast_trial){.kind = TRIAL_HOURS});
    for (int kind = KIND_PRINTER; kind <= KIND_LASER && err == ERR_OK; kind++)
        if (has_kind(plan, (enum machine_kind)kind))
            err = add_trial(f, (struct forecast_trial){.kind = TRIAL_MACHINES,
                                                       .machines = (enum machine_kind)kind});
    for (size_t i = 0; i < plan->outlook->dispatch.part_count && err == ERR_OK; i++)
        if (!plan->outlook->parts[i].made && missing(plan, i) > 0)
            err = add_trial(f, (struct forecast_trial){.kind = TRIAL_PART, .part = i});
    return err;
}

/* ---- making it ---- */

static enum err add_plan(struct forecast *f, size_t variant, size_t changes)
{
    const struct plan *like = f->setup.plan;
    struct plan plan;
    enum err err = plan_init(&plan, like->outlook, (int)(like->horizon_s / 86400.0));

    for (size_t i = 0; i < changes && err == ERR_OK; i++)
        err = what_if_apply(&f->setup.what_ifs[i], &plan);
    if (err == ERR_OK)
        err = variant_init(&f->variants[variant], &plan, &f->belief, f->runs);
    plan_finish(&plan);
    return err;
}

enum err forecast_create(struct forecast **forecast, const struct forecast_setup *setup)
{
    struct forecast *f = calloc(1, sizeof *f);
    enum err err = f != NULL ? ERR_OK : ERR_NO_MEMORY;

    if (err != ERR_OK)
        return err;
    f->setup = *setup;
    f->runs = setup->runs > 0 ? setup->runs : FORECAST_RUNS;
    grounds_init(&f->grounds, setup->evidence);
    err = belief_init(&f->belief, &f->grounds);
    if (err == ERR_OK)
        err = add_plan(f, BASE, 0);
    if (err == ERR_OK && setup->what_if_count > 0)
        err = add_plan(f, CHANGED, setup->what_if_count);
    if (err == ERR_OK && setup->trials)
        err = add_trials(f);
    if (err != ERR_OK)
        forecast_destroy(f);
    else
        *forecast = f;
    return err;
}

/* ---- running it ---- */

/* The first run tells how large the factory is. */
static void limit_runs(struct forecast *f)
{
    double starts = (double)f->variants[BASE].starts * (f->setup.what_if_count > 0 ? 2.0 : 1.0);
    double most = starts > 0 ? starts_most / starts : (double)f->runs;

    if (most < FORECAST_RUNS_LEAST)
        most = FORECAST_RUNS_LEAST;
    if (most < (double)f->runs)
        f->runs = (size_t)most;
}

bool forecast_step(struct forecast *f)
{
    if (f->run == f->runs)
        return false;
    belief_draw(&f->belief, f->setup.seed * 1000003 + f->run);
    for (size_t i = 0; i < VARIANTS; i++)
        if (f->variants[i].model != NULL && f->run < f->variants[i].room)
            variant_run(&f->variants[i]);
    if (f->run++ == 0)
        limit_runs(f);
    return true;
}

static int by_help(const void *a, const void *b)
{
    const struct forecast_trial *x = a, *y = b;

    return x->earlier_s > y->earlier_s ? -1 : x->earlier_s < y->earlier_s;
}

const struct forecast_result *forecast_finish(struct forecast *f)
{
    struct forecast_result *result = &f->result;

    result->runs = f->run;
    for (size_t i = 0; i < result->trial_count; i++) {
        const struct variant *trial = &f->variants[TRIALS + i];

        result->trials[i].earlier_s =
            variant_wait(&f->variants[BASE], trial->runs) - variant_wait(trial, trial->runs);
    }
    qsort(result->trials, result->trial_count, sizeof *result->trials, by_help);
    if (variant_ranges(&f->variants[BASE], &result->as_is) != ERR_OK)
        return NULL;
    if (f->setup.what_if_count > 0 &&
        variant_ranges(&f->variants[CHANGED], &result->changed) != ERR_OK)
        return NULL;
    return result;
}
