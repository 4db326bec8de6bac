/* SPDX-License-Identifier: Apache-2.0 */
/* Values of one kind (the cycle ratio of programs, the wait of sites) are normal around a mean of
 * their own, and the means are normal around a common one: a program with three runs borrows from
 * the others, one with three hundred does not. The common mean is drawn, then each mean given it.
 */
#include "belief.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prior.h"

/* ---- room ---- */

enum err belief_init(struct belief *b, const struct grounds *grounds)
{
    const struct evidence *e = grounds->evidence;
    size_t programs = e->plan->outlook->dispatch.program_count;

    *b = (struct belief){.grounds = grounds};
    b->cycle = calloc(programs * e->models + 1, sizeof *b->cycle);
    b->scrap = calloc(programs + 1, sizeof *b->scrap);
    b->fail = calloc(programs + 1, sizeof *b->fail);
    b->sites = calloc(e->plan->site_count + 1, sizeof *b->sites);
    return b->cycle != NULL && b->scrap != NULL && b->fail != NULL && b->sites != NULL
               ? ERR_OK
               : ERR_NO_MEMORY;
}

void belief_finish(struct belief *b)
{
    free(b->cycle);
    free(b->scrap);
    free(b->fail);
    free(b->sites);
    *b = (struct belief){0};
}

/* ---- draws ---- */

/* What is known of a common mean while groups are added to it. */
struct common {
    double precision, sum, between;
};

static struct common common_begin(double guess, double deviation, double between)
{
    double precision = 1.0 / (deviation * deviation);

    return (struct common){precision, guess * precision, between};
}

/* variance: of the group's mean as an estimate of its true one. */
static void common_add(struct common *common, double mean, double variance)
{
    double precision = 1.0 / (common->between * common->between + variance);

    common->precision += precision;
    common->sum += precision * mean;
}

static double common_draw(const struct common *common, struct random *random)
{
    return common->sum / common->precision + random_normal(random) / sqrt(common->precision);
}

/* The true mean of one group, given the common one; variance INFINITY: nothing was seen of it. */
static double group_draw(const struct common *common, double mean, double seen, double variance,
                         struct random *random)
{
    double own = 1.0 / (common->between * common->between);
    double data = isinf(variance) ? 0 : 1.0 / variance;

    return (mean * own + (data > 0 ? seen * data : 0)) / (own + data) +
           random_normal(random) / sqrt(own + data);
}

static void draw_cycles(struct belief *b)
{
    const struct grounds *g = b->grounds;
    const struct evidence *e = g->evidence;
    size_t count = e->plan->outlook->dispatch.program_count * e->models;
    struct random random = random_stream(b->run, "cycle");
    struct common common = common_begin(prior.cycle, prior.cycle_sd, g->cycle_between);
    double single = g->cycle_within * g->cycle_within;

    for (size_t i = 0; i < count; i++)
        if (e->cycle[i].n > 0)
            common_add(&common, sample_mean(&e->cycle[i]), single / e->cycle[i].n);
    b->cycle_other = common_draw(&common, &random);
    for (size_t i = 0; i < count; i++)
        b->cycle[i] =
            group_draw(&common, b->cycle_other, sample_mean(&e->cycle[i]),
                       e->cycle[i].n > 0 ? single / e->cycle[i].n : (double)INFINITY, &random);
}

/* Pieces of one plate spoil together: they count as what a plate or two could say. */
static double plate_weight(const struct quality *q)
{
    double pieces = q->good + q->scrap, plates = q->ended - q->failed;

    return pieces > 2 * plates && pieces > 0 ? 2 * plates / pieces : 1;
}

static void draw_quality(struct belief *b)
{
    const struct evidence *e = b->grounds->evidence;
    size_t count = e->plan->outlook->dispatch.program_count;
    struct random random = random_stream(b->run, "quality");
    double good = 4 * (1 - prior.scrap), scrap = 4 * prior.scrap;
    double ran = 8 * (1 - prior.fail), failed = 8 * prior.fail;

    for (size_t i = 0; i < count; i++) {
        double weight = plate_weight(&e->quality[i]);

        good += weight * e->quality[i].good;
        scrap += weight * e->quality[i].scrap;
        ran += e->quality[i].ended - e->quality[i].failed;
        failed += e->quality[i].failed;
    }
    b->scrap_other = random_beta(&random, scrap, good);
    b->fail_other = random_beta(&random, failed, ran);
    for (size_t i = 0; i < count; i++) {
        const struct quality *q = &e->quality[i];
        double weight = plate_weight(q);

        b->scrap[i] =
            random_beta(&random, prior.scrap_weight * b->scrap_other + weight * q->scrap + 1e-3,
                        prior.scrap_weight * (1 - b->scrap_other) + weight * q->good + 1e-3);
        b->fail[i] =
            random_beta(&random, prior.fail_weight * b->fail_other + q->failed + 1e-3,
                        prior.fail_weight * (1 - b->fail_other) + q->ended - q->failed + 1e-3);
    }
}

/* Days differ: a site seen for one day is known for that day only. */
static double wait_variance(const struct grounds *g, size_t place)
{
    double n = 0, days = 0;

    for (int day = 0; day < EVIDENCE_DAYS; day++) {
        double seen = g->evidence->sites[place / 2].wait[place % 2][day].n;

        n += seen;
        days += seen > 0;
    }
    return n > 0 ? g->wait_day * g->wait_day / days + prior.wait_within * prior.wait_within / n
                 : (double)INFINITY;
}

static void draw_waits(struct belief *b, size_t kind, struct random *random)
{
    const struct grounds *g = b->grounds;
    const struct evidence *e = g->evidence;
    double guess = kind == KIND_LASER ? prior.laser_wait : prior.wait, mean;
    struct common common = common_begin(guess, prior.wait_sd, g->wait_between);

    for (size_t place = kind; place < 2 * e->plan->site_count; place += 2) {
        struct sample wait = evidence_wait(e, place);

        if (wait.n > 0)
            common_add(&common, sample_mean(&wait), wait_variance(g, place));
    }
    mean = common_draw(&common, random);
    for (size_t place = kind; place < 2 * e->plan->site_count; place += 2) {
        struct sample wait = evidence_wait(e, place);

        b->sites[place / 2].wait[kind] =
            group_draw(&common, mean, sample_mean(&wait), wait_variance(g, place), random);
    }
}

static void draw_sites(struct belief *b)
{
    const struct evidence *e = b->grounds->evidence;
    struct random random = random_stream(b->run, "sites");

    for (size_t kind = 0; kind < 2; kind++)
        draw_waits(b, kind, &random);
    for (size_t i = 0; i < e->plan->site_count; i++) {
        double people = evidence_people(e, i);

        b->sites[i].hands = people > 1 ? people : 1;
    }
}

/* Kits that lie there as parts now. */
static double backlog(const struct outlook *o)
{
    double kits = 0;

    for (size_t i = 0; i < o->product_count; i++) {
        double least = o->products[i].need_count > 0 ? (double)INFINITY : 0;

        for (size_t k = 0; k < o->products[i].need_count; k++) {
            const struct outlook_need *need = &o->products[i].needs[k];

            least = fmin(least, floor((double)o->parts[need->part].stock / (double)need->quantity));
        }
        kits = fmax(kits, least);
    }
    return kits;
}

/* Rounds come as often as on past days, and take all there is. Where more lies there than was put
 * together on two of the best days, hands are short, not parts: then they take what they did. Today
 * is not over, and says nothing. */
static void draw_assembly(struct belief *b, struct random *random)
{
    const struct evidence *e = b->grounds->evidence;
    const struct shifts *shifts = plan_assembly(e->plan);
    double batches = 0, days = 0, best = 0, open_s;

    b->batch_s = prior.batch_s;
    b->batch_kits = (double)INFINITY;
    for (int day = 1; day < EVIDENCE_DAYS; day++) {
        batches += e->assembly.batches[day];
        days += e->assembly.batches[day] > 0;
        best = fmax(best, e->assembly.kits[day]);
    }
    if (batches <= 0 || shifts == NULL)
        return;
    open_s = shifts_between(shifts, 0, 14 * 86400.0) / 14;
    b->batch_s = open_s * (days + prior.batch_days) /
                 random_gamma(random, batches + prior.batch_days * open_s / prior.batch_s);
    if (backlog(e->plan->outlook) > 2 * best)
        b->batch_kits = fmax(1, best * b->batch_s / open_s * exp(0.2 * random_normal(random)));
}

static void draw_rest(struct belief *b)
{
    const struct evidence *e = b->grounds->evidence;
    struct random random = random_stream(b->run, "rest");
    struct common handling = common_begin(prior.handling, prior.handling_sd, 0.1);

    if (e->handling.n > 0)
        common_add(&handling, sample_mean(&e->handling), 0.36 / e->handling.n);
    b->handling_s = exp(common_draw(&handling, &random));
    for (int kind = 0; kind < 2; kind++) {
        const struct sample *spells = &e->down[kind].spells;
        struct common spell =
            common_begin(prior.down_log_h, prior.down_deviation / sqrt(prior.down_spells), 0.1);

        if (spells->n > 0)
            common_add(&spell, sample_mean(spells),
                       prior.down_deviation * prior.down_deviation / spells->n);
        b->down_per_h[kind] = random_gamma(&random, prior.down_weight + spells->n) /
                              (prior.down_weight / prior.down_per_h + e->down[kind].running_h);
        b->down_log_h[kind] = common_draw(&spell, &random);
    }
    b->down_deviation = prior.down_deviation;
    draw_assembly(b, &random);
}

void belief_draw(struct belief *b, uint64_t run)
{
    b->run = run;
    draw_cycles(b);
    draw_quality(b);
    draw_sites(b);
    draw_rest(b);
}

double belief_day(const struct belief *b, size_t site, int day)
{
    char name[32];
    struct random random;

    snprintf(name, sizeof name, "%zu.%d", site, day);
    random = random_stream(b->run, name);
    return b->grounds->wait_day * random_normal(&random);
}
