/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: ready -> the dispatcher gives it a program -> it runs as long as believed -> it
 * waits until somebody comes (opening time, a free pair of hands) -> its pieces are counted, good
 * or scrap -> ready. The run may fail; the machine may break under it: then it is down for a while,
 * and waits for a person after that. */
#include <math.h>

#include "room.h"

enum { TRIES = 8 };
static const double least_s = 20;

/* exp(centre + deviation * chance), less what has passed of it already. Where that is longer than
 * what chance gives, it goes on for a share of it. */
static double lasts(struct random *random, double centre, double deviation, double passed)
{
    for (int i = 0; i < TRIES; i++) {
        double value = exp(centre + deviation * random_normal(random));

        if (value > passed + least_s)
            return value - passed;
    }
    return least_s + 0.2 * passed * random_exponential(random);
}

static const struct plan_machine *machine_of(const struct model *model, size_t machine)
{
    return &model->plan->machines[machine];
}

/* ---- waiting for a person ---- */

static double wait_centre(const struct model *model, size_t machine)
{
    const struct dispatch_machine *ready = &machine_of(model, machine)->ready;
    size_t site = ready->site;
    const struct site_belief *belief = &model->belief->sites[site];
    double more = model->plan->sites[site].hands_more;
    double share = belief->hands / fmax(belief->hands + more, 0.25);
    double since_midnight = 86400.0 - model->plan->today_s;
    size_t day = (size_t)((model->now + since_midnight) / 86400.0);

    day = day < model->days ? day : model->days - 1;
    return belief->wait[ready->profile->kind] + log(share) +
           model->day_wait[site * model->days + day];
}

/* passed_s: opening time for which it has waited already. */
static void wait_for_person(struct model *model, size_t machine, double passed_s)
{
    size_t site = machine_of(model, machine)->ready.site;
    struct worker *w = &model->workers[machine];
    enum machine_kind kind = machine_of(model, machine)->ready.profile->kind;
    double wait = 0;

    w->state = WORKER_WAITING;
    if (site >= model->plan->site_count)
        return;
    for (int i = 0; i < TRIES && wait <= passed_s; i++)
        wait = exp(wait_centre(model, machine) +
                   grounds_shape(model->belief->grounds, kind, &w->random));
    wait = wait > passed_s ? wait - passed_s
                           : least_s + 0.3 * passed_s * random_exponential(&w->random);
    moments_add(&model->moments, shifts_after(&model->plan->sites[site].shifts, model->now, wait),
                machine);
}

/* Somebody would come now, if a pair of hands is free. False: later. */
static bool hands_take(struct model *model, size_t machine)
{
    size_t site = machine_of(model, machine)->ready.site, first = 0;
    struct crew *crew = &model->crews[site];

    for (size_t i = 1; i < crew->hands; i++)
        if (crew->free_s[i] < crew->free_s[first])
            first = i;
    if (crew->free_s[first] > model->now) {
        moments_add(&model->moments,
                    shifts_after(&model->plan->sites[site].shifts, crew->free_s[first], 0),
                    machine);
        return false;
    }
    crew->free_s[first] = model->now + model->belief->handling_s;
    return true;
}

/* ---- the verdict ---- */

static bool count_part(struct model *model, size_t machine, size_t i, double scrap)
{
    struct worker *w = &model->workers[machine];
    int64_t good = w->lost ? 0 : random_successes(&w->random, w->pieces[i], 1.0 - scrap);
    int64_t bad = w->pieces[i] - good;
    size_t job = w->credit[i];

    model->assembly.stock[w->part[i]] +=
        road_made(&model->road, machine_of(model, machine)->ready.site, w->part[i], good);
    model->d.parts[w->part[i]].have -= (double)bad;
    if (model->now <= model->plan->today_s)
        model->result.good_today[w->part[i]] += good;
    if (job == SIZE_MAX)
        return false;
    if (model->job_left[job] > 0) {
        int64_t useful = good < model->job_left[job] ? good : model->job_left[job];

        model->job_left[job] -= useful;
        model->pieces_left -= useful;
        model->pieces_waited_s += model->now * (double)useful;
        if (model->job_left[job] == 0)
            model->result.job_done_s[model->job_outlook[job]] = model->now;
    }
    model->d.jobs[job].owed += bad;
    return bad > 0 && model->d.jobs[job].owed > 0;
}

/* True: more of it is owed now. */
static bool count_all(struct model *model, size_t machine)
{
    struct worker *w = &model->workers[machine];
    const struct belief *b = model->belief;
    double scrap = w->program != SIZE_MAX ? b->scrap[w->program] : b->scrap_other;
    bool owes = false;

    for (size_t i = 0; i < w->part_count; i++)
        owes = count_part(model, machine, i, scrap) || owes;
    w->part_count = 0;
    return owes;
}

static bool verdict(struct model *model, size_t machine)
{
    model->workers[machine].state = WORKER_READY;
    return count_all(model, machine);
}

/* ---- running ---- */

static void run(struct model *model, size_t machine, double lasts_s)
{
    struct worker *w = &model->workers[machine];
    const struct belief *b = model->belief;
    double fail = w->program != SIZE_MAX ? b->fail[w->program] : b->fail_other;

    w->state = WORKER_RUNNING;
    w->lost = random_uniform(&w->random) < fail;
    if (w->lost)
        lasts_s *= random_uniform(&w->random);
    w->breaks = w->life_h * 3600.0 < lasts_s;
    if (w->breaks) {
        w->lost = true;
        lasts_s = w->life_h * 3600.0;
    }
    w->life_h -= lasts_s / 3600.0;
    moments_add(&model->moments, model->now + fmax(lasts_s, least_s), machine);
}

static void new_life(struct model *model, size_t machine)
{
    struct worker *w = &model->workers[machine];

    w->life_h = random_exponential(&w->random) /
                model->belief->down_per_h[machine_of(model, machine)->ready.profile->kind];
}

static double cycle(const struct model *model, size_t machine, size_t program)
{
    int m = machine_of(model, machine)->ready.model;

    if (program == SIZE_MAX || m < 0)
        return model->belief->cycle_other;
    return model->belief->cycle[program * model->d.model_count + (size_t)m];
}

void worker_start(struct model *model, size_t machine, const struct dispatch_choice *choice)
{
    struct worker *w = &model->workers[machine];
    const struct dispatch_program *p = &model->d.programs[choice->program];
    double centre = log(fmax(choice->time_s, 1)) + cycle(model, machine, choice->program);

    w->program = choice->program;
    w->part_count = p->program->yield_count;
    for (size_t i = 0; i < w->part_count; i++) {
        w->part[i] = p->parts[i];
        w->pieces[i] = p->program->yields[i].pieces;
        w->credit[i] = choice->credit[i];
    }
    model->result.starts++;
    run(model, machine, lasts(&w->random, centre, model->belief->grounds->cycle_within, 0));
}

void worker_load(struct model *model, size_t machine, const struct dispatch_choice *choice)
{
    const struct dispatch_program *p = &model->d.programs[choice->program];

    for (size_t i = 0; i < p->program->yield_count; i++) { /* it is not started yet */
        model->d.parts[p->parts[i]].have -= (double)p->program->yields[i].pieces;
        if (choice->credit[i] != SIZE_MAX)
            model->d.jobs[choice->credit[i]].owed += p->program->yields[i].pieces;
    }
    model->workers[machine].material = p->material;
    wait_for_person(model, machine, 0);
}

/* ---- down ---- */

static void break_down(struct model *model, size_t machine, double passed_s)
{
    struct worker *w = &model->workers[machine];
    const struct belief *b = model->belief;
    double centre = b->down_log_h[machine_of(model, machine)->ready.profile->kind] + log(3600.0);

    w->state = WORKER_DOWN;
    w->breaks = false;
    new_life(model, machine);
    moments_add(&model->moments,
                model->now + lasts(&w->random, centre, b->down_deviation, passed_s), machine);
}

/* ---- begin and turn ---- */

static void take_run(struct model *model, struct worker *w, const struct outlook_run *run_now)
{
    w->program = run_now->program;
    w->part_count = run_now->part_count;
    for (size_t i = 0; i < w->part_count; i++) {
        size_t job = run_now->credit[i];

        w->part[i] = run_now->part[i];
        w->pieces[i] = run_now->pieces[i];
        w->credit[i] = job != SIZE_MAX ? model->job_number[job] : SIZE_MAX;
    }
}

void worker_begin(struct model *model, size_t machine)
{
    const struct plan_machine *m = machine_of(model, machine);
    struct worker *w = &model->workers[machine];

    *w = (struct worker){.random = random_stream(model->belief->run, m->name),
                         .material = m->ready.material};
    new_life(model, machine);
    if (m->run->id != 0)
        take_run(model, w, m->run);
    switch (m->doing) {
    case PLAN_READY:
        w->state = WORKER_READY;
        break;
    case PLAN_RUNNING:
        run(model, machine,
            lasts(&w->random, log(fmax(m->run->time_s, 1)) + cycle(model, machine, w->program),
                  model->belief->grounds->cycle_within, m->since_s));
        break;
    case PLAN_WAITING:
        wait_for_person(
            model, machine,
            m->ready.site < model->plan->site_count
                ? shifts_between(&model->plan->sites[m->ready.site].shifts, -m->since_s, 0)
                : 0);
        break;
    case PLAN_DOWN:
        w->lost = m->run->id != 0 && !m->run->ended;
        break_down(model, machine, m->since_s);
        break;
    case PLAN_GIVEN_UP:
        w->lost = true;
        count_all(model, machine);
        w->state = WORKER_ABSENT;
        break;
    case PLAN_ABSENT:
        w->state = WORKER_ABSENT;
        break;
    }
}

bool worker_turn(struct model *model, size_t machine)
{
    struct worker *w = &model->workers[machine];

    switch (w->state) {
    case WORKER_RUNNING:
        if (w->breaks)
            break_down(model, machine, 0);
        else
            wait_for_person(model, machine, 0);
        return false;
    case WORKER_DOWN:
        wait_for_person(model, machine, 0);
        return false;
    case WORKER_WAITING:
        return hands_take(model, machine) && verdict(model, machine);
    case WORKER_READY:
    case WORKER_ABSENT:
        break;
    }
    return false;
}
