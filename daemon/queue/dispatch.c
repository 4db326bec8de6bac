/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: every way to work on an owing job (a program, for a model) is listed once and
 * chained by model (dispatch_ways.c); each ready machine walks the chain of its model, plans the
 * hours until the next morning with what suits it (ahead.c), and takes the way with which that plan
 * is worth most. Stock and owed pieces move with each choice, so the next machine sees them. What
 * does not suit is refused with the first reason found (dispatch_checks.c); dispatch_why.c asks the
 * same checks. */
#include "dispatch.h"

#include <stdlib.h>

#include "ahead.h"
#include "dispatch_checks.h"
#include "dispatch_ways.h"

#define NOWHERE SIZE_MAX

enum {
    PLANS = 64
}; /* each choice moves the worth of what follows: so many plans, then they are shared */

/* One plan serves machines alike, one after the other. */
struct plan {
    struct ahead ahead;
    size_t machine; /* it was made for */
    int priority;
    int uses; /* left */
};

/* One call of dispatch_choose. */
struct look {
    struct dispatch *d;
    const struct dispatch_way *ways;
    bool preferences; /* some job prefers machines */
    int plan_uses;    /* choices that one plan serves */
    struct plan plan;
    size_t looked;
};

struct candidate {
    const struct dispatch_way *way; /* NULL: none */
    int liking;                     /* 1: the job prefers this machine, -1: others */
    double value, cost;             /* of the plan that begins with it; seconds a piece */
};

bool dispatch_ready(const struct dispatch *d, size_t machine)
{
    return check_machine(&d->machines[machine], d->now_ms) == REFUSAL_NONE;
}

static bool suits(const struct dispatch *d, const struct dispatch_way *way, size_t machine)
{
    const struct dispatch_machine *m = &d->machines[machine];
    const struct dispatch_job *job = &d->jobs[way->job];
    const struct dispatch_program *program = &d->programs[way->program];

    return job->owed > 0 && check_place(job, d, machine) == REFUSAL_NONE &&
           check_hours(program, m, &d->sites[m->site], way->time_s) == REFUSAL_NONE &&
           check_suits(program, m) == REFUSAL_NONE;
}

static int64_t useful(const struct dispatch *d, const struct dispatch_way *way)
{
    int64_t pieces = d->programs[way->program].program->yields[way->yield].pieces;

    return pieces < d->jobs[way->job].owed ? pieces : d->jobs[way->job].owed;
}

static struct ahead_run run_of(const struct dispatch *d, const struct dispatch_way *way,
                               size_t machine)
{
    double good = 1 - d->programs[way->program].scrap;

    return (struct ahead_run){way->time_s + d->machines[machine].warm_s,
                              (double)useful(d, way) * good *
                                  d->parts[d->jobs[way->job].part].worth};
}

/* ---- the plan ---- */

static bool plan_serves(const struct plan *plan, const struct dispatch *d, size_t machine,
                        int priority)
{
    const struct dispatch_machine *a = &d->machines[machine];
    const struct dispatch_machine *b = &d->machines[plan->machine];

    return plan->uses > 0 && plan->priority == priority && a->site == b->site &&
           a->model == b->model && a->material == b->material &&
           a->profile->unattended == b->profile->unattended;
}

/* With the ways of one priority that suit the machine. */
static void make_plan(struct look *look, size_t first, size_t machine)
{
    const struct dispatch *d = look->d;
    const struct dispatch_machine *m = &d->machines[machine];
    struct plan *plan = &look->plan;

    plan->machine = machine;
    plan->priority = d->jobs[look->ways[first].job].job->priority;
    plan->uses = look->plan_uses;
    ahead_begin(&plan->ahead, m, &d->sites[m->site]);
    for (size_t i = first; i != NOWHERE; i = look->ways[i].next) {
        if (d->jobs[look->ways[i].job].job->priority != plan->priority)
            break;
        if (suits(d, &look->ways[i], machine))
            ahead_add(&plan->ahead, run_of(d, &look->ways[i], machine));
    }
    ahead_plan(&plan->ahead);
}

/* ---- the choice ---- */

static int liking(const struct dispatch_job *job, const struct dispatch_machine *machine)
{
    if (job->preferred_count == 0)
        return 0;
    for (size_t i = 0; i < job->preferred_count; i++)
        if (job->preferred[i] == machine->number)
            return 1;
    return -1;
}

static struct candidate weigh(const struct look *look, const struct dispatch_way *way,
                              size_t machine)
{
    const struct dispatch *d = look->d;
    const struct dispatch_machine *m = &d->machines[machine];
    double from_s = check_change(&d->programs[way->program], m) ? m->change_s : 0;

    return (struct candidate){way, liking(&d->jobs[way->job], m),
                              ahead_value(&look->plan.ahead, from_s, run_of(d, way, machine)),
                              way->time_s / (double)useful(d, way)};
}

static bool better(const struct dispatch *d, const struct candidate *a, const struct candidate *b)
{
    int64_t due_a, due_b;

    if (b->way == NULL || a->liking != b->liking)
        return b->way == NULL || a->liking > b->liking;
    if (a->value < b->value || a->value > b->value)
        return a->value > b->value;
    due_a = ways_due(&d->jobs[a->way->job]);
    due_b = ways_due(&d->jobs[b->way->job]);
    return due_a != due_b ? due_a < due_b : a->cost < b->cost;
}

/* Of jobs for the same part that like the machine alike, only the one that is due first stands:
 * the others are passed over once it has a way. */
struct firsts {
    size_t part;
    size_t job[3]; /* by liking + 1 */
};

static bool stands(struct firsts *firsts, const struct dispatch *d, const struct dispatch_way *way,
                   size_t machine)
{
    const struct dispatch_job *job = &d->jobs[way->job];
    size_t *first = &firsts->job[liking(job, &d->machines[machine]) + 1];

    if (firsts->part != job->part)
        *firsts = (struct firsts){job->part, {NOWHERE, NOWHERE, NOWHERE}};
    if ((*first != NOWHERE && *first != way->job) || !suits(d, way, machine))
        return false;
    *first = way->job;
    return true;
}

/* NULL: none. */
static const struct dispatch_way *best_way(struct look *look, size_t machine, size_t first)
{
    const struct dispatch *d = look->d;
    struct candidate best = {0};
    struct firsts firsts = {NOWHERE, {NOWHERE, NOWHERE, NOWHERE}};

    for (size_t i = first, next; i != NOWHERE; i = next) {
        const struct dispatch_way *way = &look->ways[i];
        int priority = d->jobs[way->job].job->priority;
        struct candidate candidate;

        next = way->next;
        look->looked++;
        if (best.way != NULL && priority < look->plan.priority)
            break; /* sorted by priority: nothing better follows */
        if (!stands(&firsts, d, way, machine)) {
            if (!look->preferences && firsts.job[1] != NOWHERE && firsts.job[1] != way->job)
                next = way->other;
            continue;
        }
        if (best.way == NULL && !plan_serves(&look->plan, d, machine, priority))
            make_plan(look, i, machine);
        candidate = weigh(look, way, machine);
        if (better(d, &candidate, &best))
            best = candidate;
    }
    look->plan.uses--;
    return best.way;
}

/* By-products count for the first job that owes their part. */
static size_t job_owing(const struct dispatch *d, size_t part, size_t machine)
{
    size_t best = NOWHERE;

    for (size_t i = 0; i < d->job_count; i++) {
        const struct dispatch_job *job = &d->jobs[i];

        if (job->part != part || check_job(job) != REFUSAL_NONE ||
            check_place(job, d, machine) != REFUSAL_NONE)
            continue;
        if (best == NOWHERE || job->job->priority > d->jobs[best].job->priority)
            best = i;
    }
    return best;
}

static void take(struct dispatch *d, const struct dispatch_way *way, struct dispatch_choice *choice)
{
    const struct dispatch_program *p = &d->programs[way->program];

    choice->job = way->job;
    choice->program = way->program;
    choice->time_s = way->time_s;
    choice->change = check_change(p, &d->machines[choice->machine]);
    for (size_t i = 0; i < p->program->yield_count; i++) {
        size_t job = i == way->yield ? way->job : job_owing(d, p->parts[i], choice->machine);

        choice->credit[i] = job;
        d->parts[p->parts[i]].have += (double)p->program->yields[i].pieces;
        ways_worth(d, p->parts[i]);
        if (job != NOWHERE)
            d->jobs[job].owed -= p->program->yields[i].pieces;
    }
}

/* ---- whose turn ---- */

/* While machines wait for their turn, their choice's job is 0 when some job prefers them. */
static int by_turn(const void *a, const void *b, void *context)
{
    const struct dispatch *d = context;
    const struct dispatch_choice *x = a, *y = b;
    const struct dispatch_machine *mx = &d->machines[x->machine], *my = &d->machines[y->machine];

    if (x->job != y->job)
        return x->job < y->job ? -1 : 1;
    if (mx->site != my->site)
        return mx->site < my->site ? -1 : 1;
    if (mx->model != my->model)
        return mx->model < my->model ? -1 : 1;
    return x->machine < y->machine ? -1 : x->machine > y->machine;
}

static bool preferred(const struct dispatch *d, size_t machine)
{
    for (size_t i = 0; i < d->job_count; i++)
        if (d->jobs[i].preferred_count > 0 && d->jobs[i].owed > 0 &&
            liking(&d->jobs[i], &d->machines[machine]) > 0)
            return true;
    return false;
}

/* Ready machines into choices, in the order of their turns. */
static size_t line_up(const struct look *look, struct dispatch_choice *choices)
{
    struct dispatch *d = look->d;
    size_t n = 0;

    for (size_t i = 0; i < d->machine_count; i++)
        if (d->machines[i].model >= 0 && dispatch_ready(d, i))
            choices[n++] = (struct dispatch_choice){
                .machine = i, .job = look->preferences && preferred(d, i) ? 0 : 1};
    qsort_r(choices, n, sizeof *choices, by_turn, d);
    return n;
}

static bool some_preferences(const struct dispatch *d)
{
    for (size_t i = 0; i < d->job_count; i++)
        if (d->jobs[i].preferred_count > 0)
            return true;
    return false;
}

size_t dispatch_choose(struct dispatch *d, struct dispatch_way *ways, size_t *heads,
                       struct dispatch_choice *choices, size_t *looked)
{
    struct look look = {.d = d, .ways = ways, .preferences = some_preferences(d)};
    size_t ready = line_up(&look, choices), chosen = 0;

    if (ready > 0)
        ways_list(d, ways, heads);
    look.plan_uses = 1 + (int)(ready / PLANS);
    for (size_t i = 0; i < ready; i++) {
        size_t machine = choices[i].machine;
        const struct dispatch_way *way =
            best_way(&look, machine, heads[d->machines[machine].model]);

        if (way == NULL)
            continue;
        choices[chosen].machine = machine;
        take(d, way, &choices[chosen++]);
    }
    *looked = look.looked;
    return chosen;
}
