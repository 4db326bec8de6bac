/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "truth_room.h"

void truth_morning(struct truth *t)
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

void truth_work(struct truth *t)
{
    for (size_t i = 0; i < SITES * PEOPLE; i++) {
        struct person *p = &t->people[i / PEOPLE][i % PEOPLE];

        if (at_work(t, p) && is_open(t, i / PEOPLE))
            work(t, i / PEOPLE, p);
    }
    if (t->minute >= t->assembly && is_open(t, 0))
        assemble(t);
}
