/* SPDX-License-Identifier: Apache-2.0 */

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "queue/opening.h"
#include "truth_room.h"

/* ---- the week's own ---- */

static double new_life(struct truth *t, double scale_h)
{
    return scale_h * pow(random_exponential(&t->random), 1 / 1.5); /* Weibull: they wear out */
}

static void draw_machines(struct truth *t)
{
    double speed = between(t, -0.02, 0.15), scrap = between(t, 0.02, 0.12);

    for (size_t i = 0; i < MACHINES; i++) {
        struct being *b = &t->beings[i];
        bool laser = kind_of(t, i) == KIND_LASER;

        b->speed = 1 + speed + 0.04 * random_normal(&t->random);
        b->scrap = (laser ? 0.3 : 1) * scrap * exp(0.5 * random_normal(&t->random));
        b->plate_loss = between(t, 0, 0.05);
        b->fail_per_h = laser ? 0 : between(t, 0, 0.015);
        b->wear_h = between(t, 60, 500);
        b->life_h = new_life(t, b->wear_h) * between(t, 0.2, 1);
    }
}

static void draw_people(struct truth *t)
{
    t->absent = between(t, 0, 0.15);
    t->fumble = between(t, 1.5, 4);
    for (size_t site = 0; site < SITES; site++) {
        size_t count = 1 + (size_t)between(t, 0, 2.5);
        double pace = between(t, 15, 60);

        for (size_t i = 0; i < count && i < PEOPLE; i++)
            t->people[site][i] = (struct person){.name = (uint32_t)(1 + site * PEOPLE + i),
                                                 .pace = pace * between(t, 0.7, 1.4)};
    }
}

struct truth *truth_create(uint64_t week, int64_t shields)
{
    struct truth *t = calloc(1, sizeof *t);
    char why[100];

    if (t == NULL || (t->runs = calloc(RUNS, sizeof *t->runs)) == NULL)
        abort();
    t->toy = toy_small(monday_ms);
    toy_order(t->toy, 0, shields);
    t->random = random_stream(week, "truth");
    for (size_t i = 0; i < SITES; i++)
        if (!hours_parse(t->toy->config->sites[i].hours, &t->hours[i], why, sizeof why))
            abort();
    t->done_minute = -1;
    draw_machines(t);
    draw_people(t);
    return t;
}

void truth_destroy(struct truth *t)
{
    outlook_free(t->toy);
    free(t->runs);
    free(t);
}

/* ---- machines ---- */

/* A failed run's pieces are owed again at once, as the queue has it. */
static void give_back(struct truth *t, struct outlook_run *run)
{
    if (run->credit[0] != SIZE_MAX)
        t->toy->dispatch.jobs[run->credit[0]].owed += run->pieces[0];
    t->toy->dispatch.parts[run->part[0]].have -= (double)run->pieces[0];
    run->pieces[0] = 0;
}

static void stop(struct truth *t, size_t machine)
{
    struct being *b = &t->beings[machine];
    struct outlook_run *run = &t->toy->runs[machine];
    bool broke = b->life_h <= 0;

    run->ended = true;
    run->since_ms = wall_ms(t);
    b->run = t->run_count++;
    if (t->run_count == RUNS)
        abort();
    t->runs[b->run] = (struct evidence_run){.machine = machine,
                                            .program = (size_t)b->program,
                                            .finished = !b->failed,
                                            .plan_s = run->time_s,
                                            .took_s = (t->minute - b->started) * 60.0,
                                            .ended_ms = wall_ms(t)};
    if (b->failed)
        give_back(t, run);
    b->doing = broke ? REPAIR : ENDED;
    t->toy->views[machine].state = MACHINE_IDLE;
    t->toy->views[machine].bed = BED_OCCUPIED;
    t->toy->views[machine].since_ms = wall_ms(t);
    if (!broke)
        return;
    t->toy->views[machine].flags = FLAG_OUT_OF_SERVICE;
    b->repair_left = (int)(90 * exp(0.9 * random_normal(&t->random)));
    b->life_h = new_life(t, b->wear_h);
}

static void turn_machine(struct truth *t, size_t machine)
{
    struct being *b = &t->beings[machine];
    struct evidence_day *day = &t->days[machine][t->minute / DAY];

    if (b->doing == RUNNING) {
        day->running_s += 60;
        b->life_h -= 1.0 / 60;
        b->failed = b->life_h <= 0 || chance(t, b->fail_per_h / 60);
        if (b->failed || t->minute >= b->ends)
            stop(t, machine);
    } else if (b->doing == REPAIR) {
        day->down_s += 60;
        if (is_open(t, site_of(t, machine)) && --b->repair_left <= 0) {
            b->doing = ENDED;
            t->toy->views[machine].flags = 0;
        }
    }
}

static void start(struct truth *t, const struct dispatch_choice *choice)
{
    struct outlook *o = t->toy;
    struct being *b = &t->beings[choice->machine];
    struct outlook_run *run = &o->runs[choice->machine];
    const struct dispatch_program *p = &o->dispatch.programs[choice->program];
    double skew = chance(t, 0.1) ? between(t, 0, 0.15) : 0;

    *run = (struct outlook_run){.id = (int64_t)t->run_count + 1,
                                .since_ms = wall_ms(t),
                                .program = choice->program,
                                .time_s = choice->time_s,
                                .part = {p->parts[0]},
                                .credit = {choice->credit[0]},
                                .pieces = {p->program->yields[0].pieces},
                                .part_count = 1};
    b->doing = RUNNING;
    b->program = (int)choice->program;
    b->started = t->minute;
    b->ends = t->minute + (int)ceil(choice->time_s * b->speed * (1 + skew) / 60);
    o->views[choice->machine].state = MACHINE_RUNNING;
    o->views[choice->machine].bed = BED_OCCUPIED;
    o->views[choice->machine].since_ms = wall_ms(t);
}

static void dispatch(struct truth *t)
{
    struct dispatch *d = &t->toy->dispatch;
    struct dispatch_site sites[SITES];
    struct dispatch_way ways[64];
    struct dispatch_choice choices[MACHINES];
    size_t heads[64], looked, count;
    time_t now = (time_t)(wall_ms(t) / 1000);
    struct tm tm;

    localtime_r(&now, &tm);
    memcpy(sites, d->sites, sizeof sites);
    for (size_t i = 0; i < SITES; i++)
        opening_site(&sites[i], &t->hours[i], &t->quiet, &tm);
    memcpy((struct dispatch_site *)(uintptr_t)d->sites, sites, sizeof sites);
    for (size_t i = 0; i < MACHINES; i++)
        ((struct dispatch_machine *)(uintptr_t)d->machines)[i].given_ms = d->now_ms;
    if (dispatch_ways(d) > sizeof ways / sizeof *ways || d->model_count > 64)
        abort();
    count = dispatch_choose(d, ways, heads, choices, &looked);
    for (size_t i = 0; i < count; i++)
        start(t, &choices[i]);
}

/* ---- time ---- */

static bool any_ready(const struct truth *t)
{
    for (size_t i = 0; i < MACHINES; i++)
        if (t->beings[i].doing == READY && is_open(t, site_of(t, i)))
            return true;
    return false;
}

void truth_run(struct truth *t, int minute)
{
    for (; t->minute < minute; t->minute++) {
        t->toy->dispatch.now_ms = wall_ms(t);
        if (t->minute % DAY == 0)
            truth_morning(t);
        for (size_t i = 0; i < MACHINES; i++)
            turn_machine(t, i);
        truth_work(t);
        if (any_ready(t))
            dispatch(t);
    }
}

const struct outlook *truth_outlook(struct truth *t)
{
    t->toy->dispatch.now_ms = wall_ms(t);
    t->toy->products[0].done_today = truth_kits_today(t);
    for (size_t i = 0; i < MACHINES; i++)
        t->toy->views[i].heard_ms = wall_ms(t);
    return t->toy;
}

enum err truth_show(const struct truth *t, struct evidence *evidence)
{
    int today = t->minute / DAY;
    enum err err = ERR_OK;

    for (size_t i = 0; i < t->run_count && err == ERR_OK; i++)
        err = evidence_add_run(evidence, &t->runs[i]);
    for (size_t i = 0; i < MACHINES; i++) {
        struct evidence_day days[DAYS];

        for (int day = 0; day <= today; day++) {
            days[day] = t->days[i][day];
            days[day].day = today - day;
        }
        evidence_add_days(evidence, i, days, (size_t)today + 1);
    }
    for (int day = 0; day < today; day++)
        if (t->batches[day] > 0)
            evidence_add_assembly(evidence, today - day, t->kits[day], t->batches[day]);
    return err;
}

int64_t truth_kits(const struct truth *t)
{
    return t->toy->orders[0].done;
}

int64_t truth_kits_today(const struct truth *t)
{
    return t->kits[t->minute / DAY];
}

int truth_done_minute(const struct truth *t)
{
    return t->done_minute;
}
