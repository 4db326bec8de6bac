/* SPDX-License-Identifier: Apache-2.0 */
#include "truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "planning/random.h"
#include "queue/opening.h"

enum { MACHINES = 14, SITES = 2, PEOPLE = 3, DAYS = 40, DAY = 24 * 60, RUNS = 20000 };
static const int64_t monday_ms = 1586124000000; /* 2020-04-06 00:00 in Paris */

enum doing { READY, RUNNING, ENDED, BROKEN, REPAIR };

struct being { /* a machine */
    enum doing doing;
    double speed, scrap, plate_loss, fail_per_h, life_h, wear_h;
    bool failed;
    int ends, program, repair_left;
    size_t run; /* in runs, of the run that waits */
    double started;
};

struct person {
    uint32_t name;
    bool here;
    int comes, leaves, lunch, round, busy;
    double pace;
    bool walking;
    int64_t last_ms;
};

struct truth {
    struct outlook *toy;
    struct random random;
    struct hours hours[SITES], quiet;
    struct being beings[MACHINES];
    struct person people[SITES][PEOPLE];
    double spool[SITES]; /* today's share of scrap, more or less */
    struct evidence_run *runs;
    size_t run_count;
    struct evidence_day days[MACHINES][DAYS];
    int64_t kits[DAYS], batches[DAYS];
    int minute, assembly, done_minute;
    double absent, fumble;
};

static double between(struct truth *t, double low, double high)
{
    return low + (high - low) * random_uniform(&t->random);
}

static bool chance(struct truth *t, double p)
{
    return random_uniform(&t->random) < p;
}

static int64_t wall_ms(const struct truth *t)
{
    return monday_ms + (int64_t)t->minute * 60000;
}

static enum machine_kind kind_of(const struct truth *t, size_t machine)
{
    return t->toy->dispatch.machines[machine].profile->kind;
}

static size_t site_of(const struct truth *t, size_t machine)
{
    return t->toy->dispatch.machines[machine].site;
}

static bool is_open(const struct truth *t, size_t site)
{
    return hours_open(&t->hours[site], (1 + t->minute / DAY) % 7, t->minute % DAY);
}

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

/* ---- people ---- */

static void morning(struct truth *t)
{
    int weekday = (1 + t->minute / DAY) % 7;

    for (size_t site = 0; site < SITES; site++) {
        const struct hours *hours = &t->hours[site];
        bool somebody = false;

        t->spool[site] = exp(0.35 * random_normal(&t->random));
        for (size_t i = 0; i < PEOPLE; i++) {
            struct person *p = &t->people[site][i];

            p->here = p->name != 0 && hours->count[weekday] > 0 && !chance(t, t->absent);
            p->comes = t->minute + (hours->count[weekday] > 0 ? hours->spans[weekday][0].from : 0) +
                       (int)between(t, -5, 35);
            p->leaves = t->minute + (hours->count[weekday] > 0 ? hours->spans[weekday][0].to : 0) -
                        (int)between(t, 0, 30);
            p->lunch = t->minute + (int)between(t, 12 * 60, 13 * 60);
            p->round = p->comes;
            p->walking = false;
            somebody = somebody || p->here;
        }
        t->people[site][0].here =
            t->people[site][0].here || (!somebody && hours->count[weekday] > 0); /* a stand-in */
    }
    t->assembly = t->minute + (int)between(t, 9 * 60 + 30, 11 * 60);
}

static bool at_work(const struct truth *t, const struct person *p)
{
    return p->here && t->minute >= p->comes && t->minute < p->leaves &&
           (t->minute < p->lunch || t->minute >= p->lunch + 45) && t->minute >= p->busy;
}

static size_t waiting_at(const struct truth *t, size_t site, enum machine_kind kind)
{
    for (size_t i = 0; i < MACHINES; i++)
        if (t->beings[i].doing == ENDED && site_of(t, i) == site && kind_of(t, i) == kind)
            return i;
    return SIZE_MAX;
}

/* ---- pieces ---- */

static void count(struct truth *t, size_t machine)
{
    struct being *b = &t->beings[machine];
    struct outlook *o = t->toy;
    const struct dispatch_program *p = &o->dispatch.programs[b->program];
    size_t part = p->parts[0], job = o->runs[machine].credit[0];
    int64_t pieces = p->program->yields[0].pieces, good = 0;
    double scrap = fmin(0.9, b->scrap * t->spool[site_of(t, machine)]);

    if (b->failed)
        return;
    if (!chance(t, b->plate_loss))
        good = random_successes(&t->random, pieces, 1 - scrap);
    o->parts[part].stock += good;
    o->dispatch.parts[part].have -= (double)(pieces - good);
    t->runs[b->run].good = good;
    t->runs[b->run].scrap = pieces - good;
    if (job == SIZE_MAX)
        return;
    o->job_rows[job].good += good;
    o->dispatch.jobs[job].owed += pieces - good;
    if (o->job_rows[job].good >= o->job_rows[job].target)
        o->job_rows[job].state = JOB_DONE;
}

static void clear(struct truth *t, struct person *p, size_t machine)
{
    struct being *b = &t->beings[machine];
    struct evidence_run *run = &t->runs[b->run];

    p->busy =
        t->minute + (int)ceil(kind_of(t, machine) == KIND_LASER ? 1 : between(t, 1, t->fumble));
    if (t->toy->runs[machine].id != 0) {
        count(t, machine);
        run->judged_ms = wall_ms(t);
        run->by = p->name;
        run->last_ms = p->last_ms;
        p->last_ms = run->judged_ms;
    }
    t->toy->runs[machine].id = 0;
    b->doing = READY;
    t->toy->views[machine].state = MACHINE_IDLE;
    t->toy->views[machine].bed = BED_CLEAR;
}

static void assemble(struct truth *t)
{
    struct outlook *o = t->toy;
    struct outlook_order *order = &o->orders[0];
    int64_t kits = order->quantity - order->done;

    for (size_t i = 0; i < o->products[0].need_count; i++) {
        int64_t stock = o->parts[o->products[0].needs[i].part].stock;

        kits = stock < kits ? stock : kits;
    }
    t->assembly = t->minute + (int)between(t, 60, 180);
    if (kits <= 0)
        return;
    for (size_t i = 0; i < o->products[0].need_count; i++)
        o->parts[o->products[0].needs[i].part].stock -= kits;
    order->done += kits;
    t->kits[t->minute / DAY] += kits;
    t->batches[t->minute / DAY]++;
    if (order->done == order->quantity)
        t->done_minute = t->minute;
}

static void work(struct truth *t, size_t site, struct person *p)
{
    size_t machine = waiting_at(t, site, KIND_LASER);

    if (machine != SIZE_MAX && chance(t, 0.6)) {
        clear(t, p, machine);
        return;
    }
    p->walking = p->walking || t->minute >= p->round;
    machine = waiting_at(t, site, KIND_PRINTER);
    if (p->walking && machine != SIZE_MAX) {
        clear(t, p, machine);
    } else if (p->walking) {
        p->walking = false;
        p->round = t->minute + (int)(p->pace * exp(0.4 * random_normal(&t->random)));
    }
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
            morning(t);
        for (size_t i = 0; i < MACHINES; i++)
            turn_machine(t, i);
        for (size_t site = 0; site < SITES; site++)
            for (size_t i = 0; i < PEOPLE; i++)
                if (at_work(t, &t->people[site][i]) && is_open(t, site))
                    work(t, site, &t->people[site][i]);
        if (t->minute >= t->assembly && is_open(t, 0))
            assemble(t);
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
            evidence_add_assembly(evidence, 0, t->kits[day], t->batches[day]);
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
