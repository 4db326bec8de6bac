/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch_checks.h"

#include <math.h>

static const double bed_slack_mm = 0.05; /* rounding of slicers at the edge */
static const double nozzle_slack_mm = 0.01;

enum refusal check_job(const struct dispatch_job *job)
{
    switch (job->job->state) {
    case JOB_CANCELLED:
        return REFUSAL_CANCELLED;
    case JOB_DONE:
        return REFUSAL_DONE;
    case JOB_HELD:
        return REFUSAL_HELD;
    case JOB_OPEN:
        break;
    }
    return job->owed > 0 ? REFUSAL_NONE : REFUSAL_IN_FLIGHT;
}

static bool among(const size_t *items, size_t count, size_t wanted)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] == wanted)
            return true;
    return false;
}

enum refusal check_place(const struct dispatch_job *job, const struct dispatch *d, size_t machine)
{
    if (job->sites != NULL && !among(job->sites, job->site_count, d->machines[machine].site))
        return REFUSAL_SITE;
    return among(job->excluded, job->excluded_count, d->machines[machine].number) ? REFUSAL_EXCLUDED
                                                                                  : REFUSAL_NONE;
}

const struct dispatch_model *check_model(const struct dispatch_program *program, int model)
{
    for (size_t i = 0; i < program->program->model_count; i++)
        if (program->models[i].model == model)
            return &program->models[i];
    return NULL;
}

size_t check_yield(const struct dispatch_program *program, size_t part)
{
    for (size_t i = 0; i < program->program->yield_count; i++)
        if (program->parts[i] == part)
            return i;
    return SIZE_MAX;
}

bool check_change(const struct dispatch_program *p, const struct dispatch_machine *m)
{
    return p->material != 0 && m->material != 0 && p->material != m->material;
}

static bool fits_bed(const struct program *program, const struct profile *profile)
{
    int axes = profile->kind == KIND_LASER ? 2 : 3;

    for (int i = 0; i < axes; i++) { /* NAN, no such move, compares false */
        if (program->min_mm[i] < profile->min_mm[i] - bed_slack_mm)
            return false;
        if (program->max_mm[i] > profile->max_mm[i] + bed_slack_mm)
            return false;
    }
    return true;
}

/* What only printers have. */
static enum refusal check_printer(const struct program *program, const struct profile *profile)
{
    if (profile->kind != KIND_PRINTER)
        return REFUSAL_NONE;
    if (program->nozzle_max_c > profile->nozzle_max_c || program->bed_max_c > profile->bed_max_c)
        return REFUSAL_HEAT;
    if (program->nozzle_mm > 0 && profile->nozzle_mm > 0 &&
        fabs(program->nozzle_mm - profile->nozzle_mm) > nozzle_slack_mm)
        return REFUSAL_NOZZLE;
    return REFUSAL_NONE;
}

enum refusal check_suits(const struct dispatch_program *p, const struct dispatch_machine *m)
{
    const struct dispatch_model *model = check_model(p, m->model);
    enum refusal refusal;

    if (model == NULL)
        return REFUSAL_MODEL;
    if (!model->accepted)
        return REFUSAL_POLICY;
    if (!fits_bed(p->program, m->profile))
        return REFUSAL_BED;
    refusal = check_printer(p->program, m->profile);
    if (refusal == REFUSAL_NONE && m->change_s <= 0 && check_change(p, m))
        refusal = REFUSAL_MATERIAL;
    return refusal;
}

static enum refusal check_bed(const struct dispatch_machine *m, int64_t now_ms)
{
    double attend_ms = m->profile->attend_max_min * 60000.0;

    if (m->awaits_verdict)
        return REFUSAL_VERDICT;
    if (m->view->bed != BED_CLEAR || m->consent == 0)
        return REFUSAL_BED_STATE;
    if (m->given_ms + m->hold_ms > now_ms)
        return REFUSAL_WAIT;
    if (m->profile->kind == KIND_LASER && !m->profile->unattended && attend_ms > 0 &&
        (double)(now_ms - m->given_ms) > attend_ms)
        return REFUSAL_UNATTENDED;
    return REFUSAL_NONE;
}

enum refusal check_machine(const struct dispatch_machine *m, int64_t now_ms)
{
    enum refusal refusal;

    if (m->view->flags != 0)
        return REFUSAL_FLAGS;
    if (m->view->state == MACHINE_OFFLINE || m->view->state == MACHINE_GREETING)
        return REFUSAL_OFFLINE;
    if (m->view->state == MACHINE_LOCKED)
        return REFUSAL_LOCKED;
    if (m->view->state != MACHINE_IDLE || m->busy)
        return REFUSAL_NOT_IDLE;
    refusal = check_bed(m, now_ms);
    if (refusal == REFUSAL_NONE && m->refused_until_ms > now_ms)
        refusal = REFUSAL_GATE;
    return refusal;
}

enum refusal check_hours(const struct dispatch_program *p, const struct dispatch_machine *m,
                         const struct dispatch_site *site, double time_s)
{
    bool change = check_change(p, m);

    if (!site->open && (change || !m->profile->unattended)) /* nobody loads, nobody looks */
        return REFUSAL_CLOSED;
    if (site->quiet && m->profile->noisy)
        return REFUSAL_QUIET;
    if (change)
        time_s += m->change_s;
    if (!m->profile->unattended && time_s + m->warm_s > site->closes_s)
        return REFUSAL_CLOSING;
    return REFUSAL_NONE;
}
