/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static const double wait_least_s = 10; /* shorter ones are a matter of rounding */
static const double one_load_s = 15 * 60;
static const double in_a_row_s = 15 * 60; /* verdicts further apart have a pause between them */
enum { WAITS_MAX = 20000 };

enum err evidence_init(struct evidence *e, const struct plan *plan)
{
    const struct outlook *o = plan->outlook;
    size_t programs = o->dispatch.program_count;

    *e = (struct evidence){.plan = plan, .models = o->dispatch.model_count};
    e->cycle = calloc(programs * e->models + 1, sizeof *e->cycle);
    e->quality = calloc(programs + 1, sizeof *e->quality);
    e->sites = calloc(plan->site_count + 1, sizeof *e->sites);
    e->departures = calloc(plan->site_count + 1, sizeof *e->departures);
    return e->cycle != NULL && e->quality != NULL && e->sites != NULL && e->departures != NULL
               ? ERR_OK
               : ERR_NO_MEMORY;
}

void evidence_finish(struct evidence *e)
{
    free(e->cycle);
    free(e->quality);
    free(e->sites);
    free(e->departures);
    free(e->waits);
    *e = (struct evidence){0};
}

/* ---- runs ---- */

static enum err keep_wait(struct evidence *e, size_t place, double wait)
{
    float *waits;

    if (e->wait_count == WAITS_MAX)
        return ERR_OK;
    waits = array_grow(e->waits, e->wait_count, &e->wait_room, 2 * sizeof *waits);
    if (waits == NULL)
        return ERR_NO_MEMORY;
    e->waits = waits;
    e->waits[2 * e->wait_count] = (float)place;
    e->waits[2 * e->wait_count++ + 1] = (float)wait;
    return ERR_OK;
}

static void meet(uint32_t people[EVIDENCE_PEOPLE], uint32_t who)
{
    for (int i = 0; i < EVIDENCE_PEOPLE; i++) {
        if (people[i] == who)
            return;
        if (people[i] == 0) {
            people[i] = who;
            return;
        }
    }
}

static enum err add_wait(struct evidence *e, const struct evidence_run *run)
{
    size_t site = e->plan->machines[run->machine].ready.site;
    double ended = (double)(run->ended_ms - e->plan->now_ms) / 1000.0;
    double judged = (double)(run->judged_ms - e->plan->now_ms) / 1000.0;
    double since_midnight = 86400.0 - e->plan->today_s;
    int day = judged >= -since_midnight ? 0 : 1 + (int)((-judged - since_midnight) / 86400.0);
    size_t kind = e->plan->machines[run->machine].ready.profile->kind;
    double wait, gap = (double)(run->judged_ms - run->last_ms) / 1000.0;

    if (site >= e->plan->site_count || day < 0 || day >= EVIDENCE_DAYS)
        return ERR_OK;
    wait = shifts_between(&e->plan->sites[site].shifts, ended, judged);
    wait = log(wait > wait_least_s ? wait : wait_least_s);
    sample_add(&e->sites[site].wait[kind][day], wait);
    meet(e->sites[site].people[day], run->by);
    /* They were waiting one after the other: the gap is the work of one. */
    if (run->last_ms > run->ended_ms && gap > 0 && gap < in_a_row_s)
        sample_add(&e->handling, log(gap > 1 ? gap : 1));
    return keep_wait(e, 2 * site + kind, wait);
}

enum err evidence_add_run(struct evidence *e, const struct evidence_run *run)
{
    if (run->program < e->plan->outlook->dispatch.program_count) {
        struct quality *q = &e->quality[run->program];
        int model = e->plan->machines[run->machine].ready.model;

        q->ended++;
        q->failed += !run->finished;
        if (run->finished && run->judged_ms != 0) {
            q->good += (double)run->good;
            q->scrap += (double)run->scrap;
        }
        if (run->finished && run->plan_s > 0 && run->took_s > 0 && model >= 0)
            sample_add(&e->cycle[run->program * e->models + (size_t)model],
                       log(run->took_s / run->plan_s));
    }
    return run->judged_ms != 0 && run->judged_ms >= run->ended_ms ? add_wait(e, run) : ERR_OK;
}

/* ---- days ---- */

void evidence_add_days(struct evidence *e, size_t machine, const struct evidence_day *days,
                       size_t count)
{
    struct down_evidence *down = &e->down[e->plan->machines[machine].ready.profile->kind];
    double spell = 0;

    for (size_t i = 0; i < count; i++) {
        bool goes_on = i + 1 < count && days[i + 1].day == days[i].day - 1 &&
                       days[i + 1].down_s > 0 && days[i].down_s > 0;

        down->running_h += days[i].running_s / 3600.0;
        spell += days[i].down_s / 3600.0;
        if (spell > 0 && !goes_on) {
            sample_add(&down->spells, log(spell > 0.02 ? spell : 0.02));
            spell = 0;
        }
    }
}

void evidence_add_assembly(struct evidence *e, int day, int64_t kits, int64_t batches)
{
    if (day < 0 || day >= EVIDENCE_DAYS)
        return;
    e->assembly.kits[day] += (double)kits;
    e->assembly.batches[day] += (double)batches;
}

void evidence_add_departure(struct evidence *e, size_t site, int64_t at_ms)
{
    struct departures *left = &e->departures[site];
    double since_midnight = 86400.0 - e->plan->today_s;
    double at_s = (double)(at_ms - e->plan->now_ms) / 1000.0 + since_midnight;
    int back = at_s >= 0 ? 0 : (int)ceil(-at_s / 86400.0);
    size_t n;

    if (back >= EVIDENCE_DAYS)
        return;
    at_s += back * 86400.0;
    n = left->count[back];
    if (n < EVIDENCE_LOADS && (n == 0 || at_s > left->at_s[back][n - 1] + one_load_s))
        left->at_s[back][left->count[back]++] = at_s;
}

double evidence_people(const struct evidence *e, size_t site)
{
    double people = 0, days = 0;

    for (int day = 0; day < EVIDENCE_DAYS; day++) {
        int n = 0;

        while (n < EVIDENCE_PEOPLE && e->sites[site].people[day][n] != 0)
            n++;
        people += n;
        days += n > 0;
    }
    return days > 0 ? people / days : 0;
}

struct sample evidence_wait(const struct evidence *e, size_t place)
{
    const struct sample *wait = e->sites[place / 2].wait[place % 2];
    struct sample sum = {0};

    for (int day = 0; day < EVIDENCE_DAYS; day++) {
        sum.n += wait[day].n;
        sum.sum += wait[day].sum;
        sum.squares += wait[day].squares;
    }
    return sum;
}
