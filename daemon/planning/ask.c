/* SPDX-License-Identifier: Apache-2.0 */
/* The real dispatcher is asked, with the machines that are ready at that moment and the jobs as the
 * model has them. */
#include "room.h"

static bool may_start(const struct model *model, size_t machine)
{
    const struct plan_machine *m = &model->plan->machines[machine];

    return model->workers[machine].state == WORKER_READY && m->ready.model >= 0 &&
           m->ready.site < model->plan->site_count;
}

static void add(struct model *model, size_t machine)
{
    const struct plan_machine *m = &model->plan->machines[machine];
    const struct shifts *shifts = &model->plan->sites[m->ready.site].shifts;
    struct dispatch_site *site = &model->sites[m->ready.site];

    site->closes_s = shifts_closes(shifts, model->now);
    site->open = site->closes_s > 0;
    site->quiet = shifts_open(&model->plan->sites[m->ready.site].quiet, model->now);
    site->span_count = shifts_ahead(shifts, model->now, site->spans, DISPATCH_SPANS);
    if (!site->open && !m->ready.profile->unattended)
        return;
    model->asked[model->d.machine_count] = m->ready;
    model->asked[model->d.machine_count].given_ms = model->d.now_ms;
    model->asked[model->d.machine_count].material = model->workers[machine].material;
    model->asked_worker[model->d.machine_count++] = machine;
}

static void ask(struct model *model)
{
    size_t looked, count;

    if (model->d.machine_count == 0)
        return;
    count = dispatch_choose(&model->d, model->ways, model->heads, model->choices, &looked);
    for (size_t i = 0; i < count; i++) {
        const struct dispatch_choice *choice = &model->choices[i];

        if (choice->change)
            worker_load(model, model->asked_worker[choice->machine], choice);
        else
            worker_start(model, model->asked_worker[choice->machine], choice);
    }
}

static void begin(struct model *model)
{
    model->d.now_ms = model->plan->now_ms + (int64_t)(model->now * 1000.0);
    model->d.machine_count = 0;
}

void ask_one(struct model *model, size_t machine)
{
    begin(model);
    if (may_start(model, machine))
        add(model, machine);
    ask(model);
}

void ask_ready(struct model *model, size_t site)
{
    begin(model);
    for (size_t i = 0; i < model->plan->machine_count; i++)
        if (may_start(model, i) &&
            (site == SIZE_MAX || model->plan->machines[i].ready.site == site))
            add(model, i);
    ask(model);
}
