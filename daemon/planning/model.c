/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that happens next is in one heap: of machines (worker.c), of sites that open, of
 * rounds of assembly (assembly.c), of loads that leave (road.c). The dispatcher is asked (ask.c)
 * when a machine has become ready, when a site opens, and when a job owes again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"

void model_destroy(struct model *m)
{
    if (m == NULL)
        return;
    assembly_finish(&m->assembly);
    road_finish(&m->road);
    moments_finish(&m->moments);
    free(m->d.parts);
    free(m->d.jobs);
    free(m->sites);
    free(m->asked);
    free(m->asked_worker);
    free(m->ways);
    free(m->heads);
    free(m->choices);
    free(m->job_number);
    free(m->job_outlook);
    free(m->job_left);
    free(m->workers);
    free(m->crews);
    free(m->day_wait);
    free(m->result.job_done_s);
    free(m->result.good_today);
    free(m);
}

/* ---- making it ---- */

/* Jobs that are done, held or cancelled are not the dispatcher's business. */
static void number_jobs(struct model *m)
{
    const struct dispatch *from = &m->plan->outlook->dispatch;

    for (size_t i = 0; i < from->job_count; i++) {
        bool open = from->jobs[i].job->state == JOB_OPEN;

        m->job_number[i] = open ? m->d.job_count : SIZE_MAX;
        if (open)
            m->job_outlook[m->d.job_count++] = i;
    }
}

static bool take_jobs(struct model *m)
{
    size_t count = m->plan->outlook->dispatch.job_count;

    m->d.jobs = calloc(count + 1, sizeof *m->d.jobs);
    m->job_number = calloc(count + 1, sizeof *m->job_number);
    m->job_outlook = calloc(count + 1, sizeof *m->job_outlook);
    m->job_left = calloc(count + 1, sizeof *m->job_left);
    m->result.job_done_s = calloc(count + 1, sizeof *m->result.job_done_s);
    if (m->d.jobs == NULL || m->job_number == NULL || m->job_outlook == NULL ||
        m->job_left == NULL || m->result.job_done_s == NULL)
        return false;
    number_jobs(m);
    return true;
}

static bool take_machines(struct model *m)
{
    size_t machines = m->plan->machine_count, sites = m->plan->site_count;

    m->days = (size_t)(m->plan->horizon_s / 86400.0) + 2;
    m->sites = calloc(sites + 1, sizeof *m->sites);
    m->asked = calloc(machines + 1, sizeof *m->asked);
    m->asked_worker = calloc(machines + 1, sizeof *m->asked_worker);
    m->choices = calloc(machines + 1, sizeof *m->choices);
    m->workers = calloc(machines + 1, sizeof *m->workers);
    m->crews = calloc(sites + 1, sizeof *m->crews);
    m->day_wait = calloc(sites * m->days + 1, sizeof *m->day_wait);
    return m->sites != NULL && m->asked != NULL && m->asked_worker != NULL && m->choices != NULL &&
           m->workers != NULL && m->crews != NULL && m->day_wait != NULL;
}

static size_t ways_room(struct model *m)
{
    for (size_t i = 0; i < m->d.job_count; i++) {
        m->d.jobs[i] = m->plan->outlook->dispatch.jobs[m->job_outlook[i]];
        m->d.jobs[i].owed = 1;
    }
    return dispatch_ways(&m->d);
}

struct model *model_create(const struct plan *plan, const struct belief *belief)
{
    const struct dispatch *from = &plan->outlook->dispatch;
    struct model *m = calloc(1, sizeof *m);

    if (m == NULL)
        return NULL;
    m->plan = plan;
    m->belief = belief;
    m->d = *from;
    m->d.jobs = NULL;
    m->d.job_count = 0;
    m->d.parts = calloc(from->part_count + 1, sizeof *m->d.parts);
    m->heads = calloc(from->model_count + 1, sizeof *m->heads);
    m->result.good_today = calloc(from->part_count + 1, sizeof *m->result.good_today);
    if (!take_jobs(m) || !take_machines(m) || m->d.parts == NULL || m->heads == NULL ||
        m->result.good_today == NULL || assembly_init(&m->assembly, plan) != ERR_OK ||
        road_init(&m->road, belief->grounds->evidence) != ERR_OK ||
        moments_init(&m->moments, plan->machine_count + 2 * plan->site_count + 1) != ERR_OK) {
        model_destroy(m);
        return NULL;
    }
    m->d.sites = m->sites;
    m->d.machines = m->asked;
    m->rounds = plan_assembly(plan);
    m->ways = calloc(ways_room(m) + 1, sizeof *m->ways);
    if (m->ways != NULL)
        return m;
    model_destroy(m);
    return NULL;
}

/* ---- running it ---- */

static void reset_jobs(struct model *m)
{
    const struct dispatch *from = &m->plan->outlook->dispatch;

    memcpy(m->d.parts, from->parts, from->part_count * sizeof *m->d.parts);
    m->pieces_left = 0;
    for (size_t i = 0; i < from->job_count; i++)
        m->result.job_done_s[i] = from->jobs[i].job->state == JOB_OPEN ? (double)INFINITY : 0;
    for (size_t i = 0; i < m->d.job_count; i++) {
        const struct dispatch_job *job = &from->jobs[m->job_outlook[i]];
        int64_t left = job->job->target - job->job->good;

        m->d.jobs[i] = *job;
        m->job_left[i] = left > 0 ? left : 0;
        m->pieces_left += m->job_left[i];
    }
    m->pieces_wanted = m->pieces_left;
    m->pieces_waited_s = 0;
}

/* A share of a pair of hands is a pair in that share of the runs. */
static void reset_crew(struct model *m, size_t site)
{
    struct random random = random_stream(m->belief->run, m->plan->sites[site].id);
    double hands = m->belief->sites[site].hands + m->plan->sites[site].hands_more;
    size_t whole = hands > 1 ? (size_t)hands : 1;

    whole += random_uniform(&random) < hands - (double)whole;
    m->crews[site] = (struct crew){.hands = whole < CREW_MAX ? whole : CREW_MAX};
    for (size_t day = 0; day < m->days; day++)
        m->day_wait[site * m->days + day] = belief_day(m->belief, site, (int)day);
}

static void next_opening(struct model *m, size_t site)
{
    const struct shifts *shifts = &m->plan->sites[site].shifts;
    double closes = shifts_closes(shifts, m->now);

    moments_add(&m->moments, shifts_after(shifts, m->now + closes, 0),
                m->plan->machine_count + site);
}

/* The number of a load among the moments. */
static size_t load_of(const struct model *m, size_t site)
{
    return m->plan->machine_count + m->plan->site_count + 1 + site;
}

static void next_load(struct model *m, size_t site)
{
    moments_add(&m->moments, road_next(&m->road, m->belief->run, site, m->now), load_of(m, site));
}

/* The last round before now was some time ago. */
static void next_round(struct model *m)
{
    struct random random = random_stream(m->belief->run + (uint64_t)m->now, "round");
    double gap = m->belief->batch_s * ((m->now > 0 ? 0.5 : 0) + random_uniform(&random));

    if (m->rounds != NULL)
        moments_add(&m->moments, shifts_after(m->rounds, m->now, gap),
                    m->plan->machine_count + m->plan->site_count);
}

static void reset(struct model *m)
{
    m->now = 0;
    m->moments.count = 0;
    m->result.starts = 0;
    memset(m->result.good_today, 0, m->d.part_count * sizeof *m->result.good_today);
    for (size_t i = 0; i < m->plan->site_count; i++)
        m->sites[i] = m->plan->outlook->dispatch.sites[i];
    reset_jobs(m);
    assembly_reset(&m->assembly);
    road_reset(&m->road);
    for (size_t i = 0; i < m->plan->site_count; i++) {
        reset_crew(m, i);
        next_opening(m, i);
        next_load(m, i);
    }
    for (size_t i = 0; i < m->plan->machine_count; i++)
        worker_begin(m, i);
    next_round(m);
    ask_ready(m, SIZE_MAX);
}

static void turn(struct model *m, size_t actor)
{
    if (actor < m->plan->machine_count) {
        bool owes = worker_turn(m, actor);

        if (owes)
            ask_ready(m, SIZE_MAX);
        else if (m->workers[actor].state == WORKER_READY)
            ask_one(m, actor);
    } else if (actor < m->plan->machine_count + m->plan->site_count) {
        ask_ready(m, actor - m->plan->machine_count);
        next_opening(m, actor - m->plan->machine_count);
    } else if (actor >= load_of(m, 0)) {
        road_leave(&m->road, actor - load_of(m, 0), m->assembly.stock);
        next_load(m, actor - load_of(m, 0));
    } else {
        assembly_round(&m->assembly, m->now, m->belief->batch_kits);
        next_round(m);
    }
}

static bool all_done(const struct model *m)
{
    bool orders = m->plan->outlook->order_count > 0;

    return m->now > m->plan->today_s && m->pieces_left == 0 && (!orders || m->assembly.open == 0);
}

static double mean_wait(const struct model *m)
{
    double horizon = m->plan->horizon_s, kits = 0;

    for (size_t i = 0; i < m->plan->outlook->order_count; i++) {
        const struct outlook_order *order = &m->plan->outlook->orders[i];

        kits += order->quantity > order->done ? (double)(order->quantity - order->done) : 0;
    }
    if (kits > 0)
        return (m->assembly.waited_s + horizon * (double)m->assembly.open) / kits;
    if (m->pieces_wanted > 0)
        return (m->pieces_waited_s + horizon * (double)m->pieces_left) / (double)m->pieces_wanted;
    return 0;
}

const struct model_result *model_run(struct model *m)
{
    struct moment next;

    reset(m);
    while (moments_next(&m->moments, &next) && next.at <= m->plan->horizon_s) {
        m->now = next.at;
        if (all_done(m))
            break;
        turn(m, next.actor);
    }
    m->result.order_done_s = m->assembly.order_done_s;
    m->result.order_short = m->assembly.order_short;
    m->result.kits_today = m->assembly.today;
    m->result.mean_wait_s = mean_wait(m);
    return &m->result;
}
