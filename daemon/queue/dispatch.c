/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: every way to work on an owing job (a program, for a model) is listed once, sorted
 * by priority and chained by model; each ready machine walks the chain of its model and takes the
 * best way that suits it. Stock and owed pieces move with each choice, so the next machine sees
 * them. What does not suit is refused with the first reason found; dispatch_why asks the same
 * checks. */
#include "dispatch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOWHERE SIZE_MAX
static const double bed_slack_mm = 0.05; /* rounding of slicers at the edge */

static const struct {
    const char *key, *words;
} refusals[] = {
#define X(code, key, words) [REFUSAL_##code] = {key, words},
    REFUSAL_TABLE(X)
#undef X
};

const char *refusal_key(enum refusal refusal)
{
    return refusals[refusal].key;
}

const char *refusal_words(enum refusal refusal)
{
    return refusals[refusal].words;
}

/* ---- what suits what ---- */

static enum refusal check_job(const struct dispatch_job *job)
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

static bool job_at_site(const struct dispatch_job *job, size_t site)
{
    if (job->sites == NULL)
        return true;
    for (size_t i = 0; i < job->site_count; i++)
        if (job->sites[i] == site)
            return true;
    return false;
}

static const struct dispatch_model *model_of(const struct dispatch_program *program, int model)
{
    for (size_t i = 0; i < program->program->model_count; i++)
        if (program->models[i].model == model)
            return &program->models[i];
    return NULL;
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

/* What lasts: program against machine. */
static enum refusal check_suits(const struct dispatch_program *p, const struct dispatch_machine *m)
{
    const struct dispatch_model *model = model_of(p, m->model);

    if (model == NULL)
        return REFUSAL_MODEL;
    if (!model->accepted)
        return REFUSAL_POLICY;
    if (!fits_bed(p->program, m->profile))
        return REFUSAL_BED;
    if (m->profile->kind == KIND_PRINTER && (p->program->nozzle_max_c > m->profile->nozzle_max_c ||
                                             p->program->bed_max_c > m->profile->bed_max_c))
        return REFUSAL_HEAT;
    if (p->material != 0 && m->material != 0 && p->material != m->material)
        return REFUSAL_MATERIAL;
    return REFUSAL_NONE;
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

/* What passes: the machine as it is now. */
static enum refusal check_machine(const struct dispatch_machine *m, int64_t now_ms)
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

static enum refusal check_hours(const struct dispatch_machine *m, const struct dispatch_site *site,
                                double time_s)
{
    if (m->profile->unattended)
        return REFUSAL_NONE;
    if (!site->open)
        return REFUSAL_CLOSED;
    return time_s > site->closes_s ? REFUSAL_CLOSING : REFUSAL_NONE;
}

bool dispatch_ready(const struct dispatch *d, size_t machine)
{
    return check_machine(&d->machines[machine], d->now_ms) == REFUSAL_NONE;
}

/* ---- the ways ---- */

/* The index of the yield that makes the part; NOWHERE. */
static size_t yield_of(const struct dispatch_program *program, size_t part)
{
    for (size_t i = 0; i < program->program->yield_count; i++)
        if (program->parts[i] == part)
            return i;
    return NOWHERE;
}

static int64_t due_of(const struct dispatch_job *job)
{
    return job->job->due_ms != 0 ? job->job->due_ms : INT64_MAX;
}

size_t dispatch_ways(const struct dispatch *d)
{
    size_t models = 0, owing = 0;

    for (size_t i = 0; i < d->program_count; i++)
        models += d->programs[i].program->model_count;
    for (size_t i = 0; i < d->job_count; i++)
        owing += check_job(&d->jobs[i]) == REFUSAL_NONE;
    return models * owing;
}

static size_t add_program(const struct dispatch *d, size_t job, size_t program,
                          struct dispatch_way *ways, size_t n)
{
    const struct dispatch_program *p = &d->programs[program];
    size_t yield = yield_of(p, d->jobs[job].part);

    if (yield == NOWHERE)
        return n;
    for (size_t i = 0; i < p->program->model_count; i++) {
        if (!p->models[i].accepted || p->models[i].model < 0)
            continue;
        ways[n++] = (struct dispatch_way){.job = job,
                                          .program = program,
                                          .yield = yield,
                                          .model = p->models[i].model,
                                          .time_s = p->models[i].time_s};
    }
    return n;
}

static int by_priority(const void *a, const void *b, void *context)
{
    const struct dispatch *d = context;
    const struct dispatch_way *x = a, *y = b;
    int px = d->jobs[x->job].job->priority, py = d->jobs[y->job].job->priority;

    if (px != py)
        return px > py ? -1 : 1;
    if (x->job != y->job)
        return x->job < y->job ? -1 : 1;
    return x->program < y->program ? -1 : x->program > y->program;
}

static void chain_ways(struct dispatch *d, struct dispatch_way *ways, size_t n, size_t *heads)
{
    qsort_r(ways, n, sizeof *ways, by_priority, d);
    for (size_t i = 0; i < d->model_count; i++)
        heads[i] = NOWHERE;
    for (size_t i = n; i-- > 0;) {
        ways[i].next = heads[ways[i].model];
        heads[ways[i].model] = i;
    }
}

/* ---- the choice ---- */

struct rank {
    int priority;
    double balance; /* lower first: the part that most holds the kit back */
    int64_t due;
    double cost; /* seconds per piece that is really owed */
};

static struct rank rank_way(const struct dispatch *d, const struct dispatch_way *way)
{
    const struct dispatch_job *job = &d->jobs[way->job];
    const struct dispatch_part *part = &d->parts[job->part];
    int64_t pieces = d->programs[way->program].program->yields[way->yield].pieces;
    int64_t useful = pieces < job->owed ? pieces : job->owed;

    return (struct rank){job->job->priority, part->have / part->needed, due_of(job),
                         way->time_s / (double)useful};
}

static bool better(const struct rank *a, const struct rank *b)
{
    if (a->priority != b->priority)
        return a->priority > b->priority;
    if (a->balance < b->balance || a->balance > b->balance)
        return a->balance < b->balance;
    if (a->due != b->due)
        return a->due < b->due;
    return a->cost < b->cost;
}

static bool suits(const struct dispatch *d, const struct dispatch_way *way,
                  const struct dispatch_machine *m)
{
    const struct dispatch_job *job = &d->jobs[way->job];

    return job_at_site(job, m->site) &&
           check_hours(m, &d->sites[m->site], way->time_s) == REFUSAL_NONE &&
           check_suits(&d->programs[way->program], m) == REFUSAL_NONE;
}

static const struct dispatch_way *best_way(const struct dispatch *d,
                                           const struct dispatch_way *ways, size_t first,
                                           const struct dispatch_machine *m, size_t *looked)
{
    const struct dispatch_way *best = NULL;
    struct rank best_rank = {0};

    for (size_t i = first; i != NOWHERE; i = ways[i].next) {
        struct rank rank;

        ++*looked;
        if (best != NULL && d->jobs[ways[i].job].job->priority < best_rank.priority)
            break; /* sorted by priority: nothing better follows */
        if (d->jobs[ways[i].job].owed <= 0)
            continue;
        rank = rank_way(d, &ways[i]);
        if ((best != NULL && !better(&rank, &best_rank)) || !suits(d, &ways[i], m))
            continue;
        best = &ways[i];
        best_rank = rank;
    }
    return best;
}

/* By-products count for the first job that owes their part. */
static size_t job_owing(const struct dispatch *d, size_t part, size_t site)
{
    size_t best = NOWHERE;

    for (size_t i = 0; i < d->job_count; i++) {
        const struct dispatch_job *job = &d->jobs[i];

        if (job->part != part || check_job(job) != REFUSAL_NONE || !job_at_site(job, site))
            continue;
        if (best == NOWHERE || job->job->priority > d->jobs[best].job->priority)
            best = i;
    }
    return best;
}

static void take(struct dispatch *d, const struct dispatch_way *way, struct dispatch_choice *choice)
{
    const struct dispatch_program *p = &d->programs[way->program];
    size_t site = d->machines[choice->machine].site;

    choice->job = way->job;
    choice->program = way->program;
    choice->time_s = way->time_s;
    for (size_t i = 0; i < p->program->yield_count; i++) {
        size_t job = i == way->yield ? way->job : job_owing(d, p->parts[i], site);

        choice->credit[i] = job;
        d->parts[p->parts[i]].have += (double)p->program->yields[i].pieces;
        if (job != NOWHERE)
            d->jobs[job].owed -= p->program->yields[i].pieces;
    }
}

size_t dispatch_choose(struct dispatch *d, struct dispatch_way *ways, size_t *heads,
                       struct dispatch_choice *choices, size_t *looked)
{
    size_t n = 0, chosen = 0;

    *looked = 0;
    for (size_t i = 0; i < d->job_count; i++)
        for (size_t k = 0; check_job(&d->jobs[i]) == REFUSAL_NONE && k < d->program_count; k++)
            n = add_program(d, i, k, ways, n);
    chain_ways(d, ways, n, heads);
    for (size_t i = 0; i < d->machine_count; i++) {
        const struct dispatch_machine *m = &d->machines[i];
        const struct dispatch_way *way = NULL;

        if (m->model >= 0 && dispatch_ready(d, i))
            way = best_way(d, ways, heads[m->model], m, looked);
        if (way == NULL)
            continue;
        choices[chosen].machine = i;
        take(d, way, &choices[chosen++]);
    }
    return chosen;
}

/* ---- why not ---- */

static enum refusal check_pair(const struct dispatch *d, const struct dispatch_program *program,
                               const struct dispatch_machine *m)
{
    enum refusal refusal = check_suits(program, m);

    if (refusal == REFUSAL_NONE)
        refusal = check_machine(m, d->now_ms);
    if (refusal == REFUSAL_NONE)
        refusal = check_hours(m, &d->sites[m->site], model_of(program, m->model)->time_s);
    return refusal == REFUSAL_NONE ? REFUSAL_LATER : refusal;
}

enum refusal dispatch_why(const struct dispatch *d, size_t job, size_t machine, size_t *program)
{
    const struct dispatch_machine *m = &d->machines[machine];
    enum refusal refusal = check_job(&d->jobs[job]), best = REFUSAL_NO_PROGRAM;

    *program = NOWHERE;
    if (refusal != REFUSAL_NONE)
        return refusal;
    for (size_t i = 0; i < d->program_count; i++) {
        if (yield_of(&d->programs[i], d->jobs[job].part) == NOWHERE)
            continue;
        refusal = check_pair(d, &d->programs[i], m);
        if (*program == NOWHERE || refusal > best) {
            best = refusal;
            *program = i;
        }
    }
    if (*program != NOWHERE && !job_at_site(&d->jobs[job], m->site))
        return REFUSAL_SITE;
    return best;
}
