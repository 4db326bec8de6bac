/* SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "production/ledger.h"

/* Not heard of for longer than this: nobody can say when it comes back. */
static const double absent_s = 24 * 3600.0;
/* As the dispatcher shall see every machine that is ready in the model. */
static const struct machine_view ready_view = {.state = MACHINE_IDLE, .bed = BED_CLEAR};

static enum plan_doing doing_of(const struct dispatch_machine *m, const struct outlook_run *run,
                                double since_s)
{
    const struct machine_view *view = m->view;

    if (view->state == MACHINE_OFFLINE || view->state == MACHINE_GREETING)
        return since_s > absent_s || view->heard_ms == 0 ? PLAN_ABSENT : PLAN_DOWN;
    if ((view->flags & (FLAG_QUARANTINED | FLAG_OUT_OF_SERVICE)) != 0)
        return PLAN_DOWN;
    if (run->id != 0 && !run->ended)
        return PLAN_RUNNING;
    if (run->id != 0 || m->awaits_verdict || view->state == MACHINE_LOCKED ||
        view->bed != BED_CLEAR || m->consent == 0)
        return PLAN_WAITING;
    return PLAN_READY;
}

void plan_make_ready(struct dispatch_machine *machine)
{
    machine->view = &ready_view;
    machine->busy = machine->awaits_verdict = false;
    machine->consent = 1;
    machine->given_ms = machine->hold_ms = machine->refused_until_ms = 0;
}

void plan_lengthen(struct plan *plan, double seconds)
{
    for (size_t i = 0; i < plan->site_count; i++) {
        struct shifts *shifts = &plan->sites[i].shifts;

        for (size_t k = 0; k < shifts->count; k++) {
            double to = shifts->spans[k].to + seconds;
            bool meets = k + 1 < shifts->count && to > shifts->spans[k + 1].from;

            shifts->spans[k].to = meets ? shifts->spans[k + 1].from : to;
        }
    }
}

static void fill_machine(struct plan_machine *to, const struct plan *plan, size_t i)
{
    const struct outlook *o = plan->outlook;
    const struct outlook_run *run = &o->runs[i];
    int64_t since_ms = run->id != 0 ? run->since_ms : o->views[i].since_ms;

    memcpy(to->name, o->config->machines[i].id, sizeof to->name);
    to->ready = o->dispatch.machines[i];
    to->since_s =
        since_ms > 0 && since_ms < plan->now_ms ? (double)(plan->now_ms - since_ms) / 1000.0 : 0;
    to->doing = doing_of(&to->ready, run, to->since_s);
    to->run = run;
    plan_make_ready(&to->ready);
}

const struct shifts *plan_assembly(const struct plan *plan)
{
    const struct config *config = plan->outlook->config;
    const struct shifts *best = NULL;
    double most = 0;
    bool named = false;

    for (size_t i = 0; i < plan->site_count && plan->outlook->product_count > 0; i++) {
        double open_s = shifts_between(&plan->sites[i].shifts, 0, plan->horizon_s);

        if (open_s <= 0 || (named && !config->sites[i].assembly))
            continue;
        if (open_s > most || (config->sites[i].assembly && !named)) {
            most = open_s;
            best = &plan->sites[i].shifts;
            named = config->sites[i].assembly;
        }
    }
    return best;
}

static enum err init_site(struct plan *plan, size_t i)
{
    const struct config_site *config = &plan->outlook->config->sites[i];
    struct plan_site *site = &plan->sites[i];
    int days = (int)(plan->horizon_s / 86400.0);
    struct hours hours, quiet;
    char why[100];
    enum err err;

    if (!hours_parse(config->hours, &hours, why, sizeof why))
        memset(&hours, 0, sizeof hours); /* the config's check lets none through */
    if (config->quiet[0] == '\0' || !hours_parse(config->quiet, &quiet, why, sizeof why))
        memset(&quiet, 0, sizeof quiet);
    site->id = config->id;
    err = shifts_make(&site->shifts, &hours, plan->now_ms, PLAN_DAYS_BACK, days);
    return err == ERR_OK ? shifts_make(&site->quiet, &quiet, plan->now_ms, 0, days) : err;
}

enum err plan_init(struct plan *plan, const struct outlook *outlook, int days)
{
    const struct config *config = outlook->config;
    enum err err = ERR_OK;

    *plan = (struct plan){
        .outlook = outlook, .now_ms = outlook->dispatch.now_ms, .horizon_s = days * 86400.0};
    plan->today_s = (double)(ledger_midnight_after(plan->now_ms) - plan->now_ms) / 1000.0;
    plan->machines = calloc(config->machine_count + 1, sizeof *plan->machines);
    plan->sites = calloc(config->site_count + 1, sizeof *plan->sites);
    plan->bought_more = calloc(outlook->dispatch.part_count + 1, sizeof *plan->bought_more);
    if (plan->machines == NULL || plan->sites == NULL || plan->bought_more == NULL)
        return ERR_NO_MEMORY;
    for (; plan->site_count < config->site_count && err == ERR_OK; plan->site_count++)
        err = init_site(plan, plan->site_count);
    for (; plan->machine_count < config->machine_count; plan->machine_count++)
        fill_machine(&plan->machines[plan->machine_count], plan, plan->machine_count);
    return err;
}

void plan_finish(struct plan *plan)
{
    for (size_t i = 0; plan->sites != NULL && i < plan->site_count; i++) {
        shifts_finish(&plan->sites[i].shifts);
        shifts_finish(&plan->sites[i].quiet);
    }
    free(plan->machines);
    free(plan->sites);
    free(plan->bought_more);
    *plan = (struct plan){0};
}
