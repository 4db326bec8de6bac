/* SPDX-License-Identifier: Apache-2.0 */
/* The happy path: at each moment in which a bed becomes clear, the chooser looks at all machines;
 * what it starts ends after the program's time and the warm-up; 2 to 18 minutes later somebody sees
 * it; the site's person clears one machine after the other, 3 minutes each, while the site is open.
 * A failed run is found at its end and gives nothing. */
#include "days.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "queue/dispatch_checks.h"
#include "queue/opening.h"

enum { DAY = 86400, WAYS = 8192, JOBS_MAX = DAYS_MAX * PARTS, QUARTER = 900 };
static const double hand_s = 180, delay_min_s = 120, delay_max_s = 1080;

struct machine {
    double started, ends, seen_at;
    double free_at; /* INFINITY: nobody is at it yet */
    size_t work;    /* WORKS: none */
    bool failed, used;
};

struct fleet {
    const struct config *config;
    const struct days_setup *setup;
    struct days_result *result;
    struct works works;
    struct hours open[SITES_MAX], quiet;
    double hands_free[SITES_MAX];
    struct dispatch d;
    struct dispatch_part parts[PARTS];
    struct dispatch_site sites[SITES_MAX];
    struct job job_rows[JOBS_MAX];
    struct dispatch_job jobs[JOBS_MAX];
    struct dispatch_machine seen[MACHINES_MAX];
    struct machine_view views[MACHINES_MAX];
    struct profile profiles[MACHINES_MAX];
    struct machine machines[MACHINES_MAX];
    struct dispatch_way ways[WAYS];
    size_t heads[64];
    struct dispatch_choice choices[MACHINES_MAX];
    int64_t stock[PARTS];
    uint64_t random;
};

static double dice(struct fleet *f) /* 0..1, xorshift64 */
{
    f->random ^= f->random << 13;
    f->random ^= f->random >> 7;
    f->random ^= f->random << 17;
    return (double)(f->random >> 11) / 9007199254740992.0;
}

static struct tm clock_at(double t)
{
    int s = (int)fmod(t, DAY);

    return (struct tm){.tm_wday = (1 + (int)(t / DAY)) % 7,
                       .tm_hour = s / 3600,
                       .tm_min = s / 60 % 60,
                       .tm_sec = s % 60};
}

static void look_at_clock(struct fleet *f, double t)
{
    struct tm tm = clock_at(t);

    f->d.now_ms = (int64_t)(t * 1000) + 1;
    for (size_t i = 0; i < f->d.site_count; i++) {
        opening_site(&f->sites[i], &f->open[i], &f->quiet, &tm);
        f->sites[i].clear_s = (delay_min_s + delay_max_s) / 2;
    }
}

static void begin(struct fleet *f, size_t i, size_t work, double t)
{
    struct machine *m = &f->machines[i];
    bool printer = f->profiles[i].kind == KIND_PRINTER;
    double hours = f->works.programs[work].models[0].time_s / 3600;

    m->work = work;
    m->started = t;
    m->ends = t + hours * 3600 + f->seen[i].warm_s;
    m->failed = printer && dice(f) > exp(-f->setup->fails_per_hour * hours);
    m->seen_at = m->ends + delay_min_s + dice(f) * (delay_max_s - delay_min_s);
    m->free_at = (double)INFINITY;
    m->used = true;
    f->views[i].state = MACHINE_RUNNING;
}

static void count_kits(struct fleet *f, int day)
{
    int64_t kits = INT64_MAX;

    for (size_t i = 0; i < f->setup->parts; i++)
        kits = f->stock[i] < kits ? f->stock[i] : kits;
    for (size_t i = 0; i < f->setup->parts; i++)
        f->stock[i] -= kits;
    for (size_t i = 0; i < f->setup->parts; i++)
        f->parts[i].have -= (double)kits;
    f->result->kits[day] += kits;
}

/* The job that a failed run owes its pieces to again: any of its part. */
static void owe_again(struct fleet *f, size_t part, int64_t pieces)
{
    f->parts[part].have -= (double)pieces;
    for (size_t i = f->d.job_count; i-- > 0;)
        if (f->jobs[i].part == part) {
            f->jobs[i].owed += pieces;
            return;
        }
}

static void finish(struct fleet *f, size_t i)
{
    struct machine *m = &f->machines[i];
    int day = (int)(m->free_at / DAY);
    size_t part = f->works.programs[m->work].parts[0];
    int64_t pieces = f->works.rows[m->work].yields[0].pieces;

    if (f->profiles[i].kind == KIND_PRINTER) {
        f->result->running_s += m->ends - m->started;
        f->result->waiting_s += m->free_at - m->ends;
    }
    m->work = WORKS;
    f->views[i].state = MACHINE_IDLE;
    if (m->failed) {
        owe_again(f, part, pieces);
    } else if (day < f->setup->days) {
        f->stock[part] += pieces;
        if (part == HEADBAND) {
            f->result->headbands[f->seen[i].site] += pieces;
            f->result->last_s[f->seen[i].site] = m->free_at;
        }
        f->result->made[day][part] += pieces;
        if (!f->config->sites[f->seen[i].site].assembly)
            f->result->far[day][part] += pieces;
        count_kits(f, day);
    }
}

/* Each site's person takes the next machine that waits. */
static void send_hands(struct fleet *f, double t)
{
    for (size_t i = 0; i < f->d.site_count; i++) {
        struct machine *next = NULL;

        for (size_t k = 0; k < f->d.machine_count; k++) {
            struct machine *m = &f->machines[k];

            if (m->work < WORKS && f->seen[k].site == i && m->seen_at <= t && isinf(m->free_at) &&
                (next == NULL || m->seen_at < next->seen_at))
                next = m;
        }
        if (next == NULL || !f->sites[i].open || f->hands_free[i] > t)
            continue;
        next->free_at = f->hands_free[i] = t + hand_s;
    }
}

/* ---- the choosers ---- */

static bool may(const struct fleet *f, size_t machine, size_t job, size_t work)
{
    const struct dispatch_machine *m = &f->seen[machine];
    const struct dispatch_program *p = &f->works.programs[work];

    return check_job(&f->jobs[job]) == REFUSAL_NONE && p->parts[0] == f->jobs[job].part &&
           check_suits(p, m) == REFUSAL_NONE &&
           check_hours(p, m, &f->sites[m->site], p->models[0].time_s) == REFUSAL_NONE;
}

/* The first job that owes something; of its programs the first, or the one that makes most. */
static size_t first_work(const struct fleet *f, size_t machine, size_t *job)
{
    size_t best = WORKS;

    for (*job = 0; *job < f->d.job_count; ++*job) {
        for (size_t k = 0; k < WORKS; k++) {
            if (!may(f, machine, *job, k))
                continue;
            if (best == WORKS ||
                (f->setup->chooser == CHOOSE_LARGEST &&
                 f->works.rows[k].yields[0].pieces > f->works.rows[best].yields[0].pieces))
                best = k;
        }
        if (best < WORKS)
            break;
    }
    return best;
}

static void give_first(struct fleet *f, double t)
{
    for (size_t i = 0; i < f->d.machine_count; i++) {
        size_t job, work;

        if (!dispatch_ready(&f->d, i) || (work = first_work(f, i, &job)) == WORKS)
            continue;
        f->jobs[job].owed -= f->works.rows[work].yields[0].pieces;
        f->parts[f->jobs[job].part].have += (double)f->works.rows[work].yields[0].pieces;
        begin(f, i, work, t);
    }
}

static void give(struct fleet *f, double t)
{
    size_t looked, n;

    if (f->setup->chooser != CHOOSE_PLAN) {
        give_first(f, t);
        return;
    }
    if (dispatch_ways(&f->d) > WAYS)
        abort();
    n = dispatch_choose(&f->d, f->ways, f->heads, f->choices, &looked);
    for (size_t i = 0; i < n; i++)
        begin(f, f->choices[i].machine, f->choices[i].program, t);
}

/* ---- the days ---- */

static void add_jobs(struct fleet *f)
{
    for (size_t part = 0; part < f->setup->parts; part++) {
        size_t i = f->d.job_count++;

        f->job_rows[i] =
            (struct job){.id = (int64_t)i + 1, .priority = 5, .target = f->setup->per_day};
        f->jobs[i] =
            (struct dispatch_job){.job = &f->job_rows[i], .part = part, .owed = f->setup->per_day};
    }
}

static void add_machine(struct fleet *f, size_t i)
{
    const struct config_machine *from = &f->config->machines[i];
    struct dispatch_machine *m = &f->seen[i];

    f->profiles[i] = from->profile;
    if (from->profile.kind == KIND_PRINTER) {
        f->profiles[i].unattended = f->setup->alone;
        f->result->printers++;
    }
    f->profiles[i].attend_max_min = 0; /* who clears a laser has just been there */
    f->views[i] = (struct machine_view){.state = MACHINE_IDLE, .bed = BED_CLEAR};
    *m = (struct dispatch_machine){
        .view = &f->views[i],
        .profile = &f->profiles[i],
        .number = i,
        .model = works_model(f->config, from->model),
        .material = f->setup->petg || strcmp(from->material, "PETG") == 0 ? 1 : 2,
        .consent = 1};
    m->warm_s = from->profile.kind == KIND_PRINTER ? 300 : 0;
    m->material = from->profile.kind == KIND_PRINTER ? m->material : 0;
    for (size_t k = 0; k < f->config->site_count; k++)
        if (strcmp(f->config->sites[k].id, from->site) == 0)
            m->site = k;
    f->machines[i].work = WORKS;
}

static void set_up(struct fleet *f)
{
    const struct config *config = f->config;
    char why[160];

    f->random = f->setup->seed * 2654435769u + 1;
    f->d = (struct dispatch){.parts = f->parts,
                             .part_count = f->setup->parts,
                             .sites = f->sites,
                             .site_count = config->site_count,
                             .jobs = f->jobs,
                             .programs = f->works.programs,
                             .program_count = WORKS,
                             .machines = f->seen,
                             .machine_count = config->machine_count,
                             .model_count = config->model_count};
    for (size_t i = 0; i < f->setup->parts; i++)
        f->parts[i].needed = (double)f->setup->per_day;
    for (size_t i = 0; i < WORKS; i++) {
        struct dispatch_program *p = &f->works.programs[i];

        p->program = &f->works.rows[i];
        if (p->parts[0] != VISOR)
            p->scrap = 1 - exp(-f->setup->fails_per_hour * p->models[0].time_s / 3600);
    }
    for (size_t i = 0; i < config->site_count; i++)
        hours_parse(f->setup->hours != NULL ? f->setup->hours : config->sites[i].hours, &f->open[i],
                    why, sizeof why);
    for (size_t i = 0; i < config->machine_count; i++)
        add_machine(f, i);
}

/* The next moment in which something can change: a bed is seen or clear, hands are free, or a
 * quarter of an hour, as sites open and close by it. */
static double next_moment(const struct fleet *f, double t)
{
    double next = (floor(t / QUARTER) + 1) * QUARTER;

    for (size_t i = 0; i < f->d.machine_count; i++) {
        const struct machine *m = &f->machines[i];

        if (m->work < WORKS && m->seen_at > t)
            next = fmin(next, m->seen_at);
        if (m->work < WORKS && m->free_at > t)
            next = fmin(next, m->free_at);
    }
    return next;
}

static void sum_up(struct fleet *f, double end)
{
    size_t program;

    f->jobs[HEADBAND].owed = 1; /* the first morning's: what keeps it from a machine? */
    for (size_t i = 0; i < f->d.machine_count; i++) {
        if (f->profiles[i].kind != KIND_PRINTER)
            continue;
        if (f->machines[i].used) {
            f->result->working++;
            f->result->idle_s += end;
        } else {
            f->result->refused[dispatch_why(&f->d, HEADBAND, i, &program)]++;
        }
    }
    f->result->idle_s -= f->result->running_s + f->result->waiting_s;
}

void days_play(const struct config *config, const struct works *works,
               const struct days_setup *setup, struct days_result *result)
{
    struct fleet *f = calloc(1, sizeof *f);
    double end = (double)setup->days * DAY;
    int day = -1;

    if (f == NULL || config->machine_count > MACHINES_MAX || config->site_count > SITES_MAX)
        abort();
    *f = (struct fleet){.config = config, .setup = setup, .result = result, .works = *works};
    *result = (struct days_result){.printers = 0};
    set_up(f);
    for (double t = 0; t < end; t = next_moment(f, t)) {
        for (; day < (int)(t / DAY); day++)
            if (day < 0 || !setup->once)
                add_jobs(f);
        for (size_t i = 0; i < f->d.machine_count; i++)
            if (f->machines[i].work < WORKS && f->machines[i].free_at <= t)
                finish(f, i);
        look_at_clock(f, t);
        send_hands(f, t);
        give(f, t);
    }
    sum_up(f, end);
    free(f);
}
