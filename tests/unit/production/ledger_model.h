/* SPDX-License-Identifier: Apache-2.0 */
/* Random facts, the same each time, and what they add up to: plain arrays. */
#ifndef USINE_TESTS_PRODUCTION_LEDGER_MODEL_H
#define USINE_TESTS_PRODUCTION_LEDGER_MODEL_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/fact.h"

enum {
    SITES = 4,
    STREAMS = 2 * SITES, /* two databases a site */
    MACHINES = 4,        /* the first: none */
    PARTS = 5,           /* the same */
    LOTS = 4,
    DAYS = 9,
    JOBS = 7,
    ORDERS = 4,
    STEPS = 3,         /* the first: none */
    RUNS = 200,        /* the same */
    DECLARATIONS = 30, /* the same, each with a maker */
    KITS = 10,         /* the same: lots of kits that pieces went into */
};

struct model {
    int64_t stock[SITES][PARTS][LOTS];
    int64_t stage[SITES][PARTS][LOTS][STEPS], discarded[SITES][PARTS][LOTS][STEPS];
    int64_t qty[DAYS][SITES][MACHINES][PARTS][FACT_KINDS];
    int64_t count[DAYS][SITES][MACHINES][PARTS][FACT_KINDS];
    int64_t good[JOBS], scrap[JOBS];
    int64_t claimed[ORDERS], shipped[ORDERS];
    int64_t of_run[RUNS], declared[DECLARATIONS], declared_scrap[DECLARATIONS], into[KITS];
    int64_t facts;
};

static inline uint64_t mix(uint64_t n)
{
    n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9u;
    n = (n ^ n >> 27) * 0x94d049bb133111ebu;
    return n ^ n >> 31;
}

static inline int pick(uint64_t *bits, int below)
{
    int n = (int)(*bits % (unsigned)below);

    *bits = mix(*bits);
    return n;
}

static inline const char *incarnation(int64_t n)
{
    return n % STREAMS < SITES ? "old" : "new";
}

/* Whose it is: of a run, of a maker's declaration, for a lot of kits. */
static inline void fact_origin(struct fact *fact, uint64_t *bits)
{
    bool scrap = fact->kind == FACT_SCRAPPED || fact->kind == FACT_CORRECTED_SCRAP ||
                 fact->kind == FACT_DISCARDED;

    if (fact->kind <= FACT_RAN || fact->kind == FACT_CORRECTED || fact->kind >= FACT_RUNNING)
        fact->run = pick(bits, RUNS);
    if (fact->kind == FACT_RECEIVED || (fact->kind == FACT_SCRAPPED && fact->run == 0))
        fact->declaration = pick(bits, DECLARATIONS);
    if (fact->declaration > 0)
        snprintf(fact->origin, sizeof fact->origin, "maker-%d", (int)fact->declaration);
    if (fact->kind == FACT_ASSEMBLED && fact->qty < 0)
        snprintf(fact->kit_lot, sizeof fact->kit_lot, "kit-%d", 1 + pick(bits, KITS - 1));
    if (scrap)
        snprintf(fact->reason, sizeof fact->reason, "reason %d", pick(bits, 8));
    snprintf(fact->by, sizeof fact->by, "person %d", pick(bits, 20));
}

/* The n-th fact there is, the same each time. */
static inline struct fact fact_of(int64_t n)
{
    uint64_t bits = mix((uint64_t)n + 1);
    struct fact fact = {.seq = n / STREAMS + 1, .at_ms = 1586260800000 + n};
    int machine, part, lot, step, from;

    fact.kind = (enum fact_kind)pick(&bits, FACT_KINDS);
    fact.qty = pick(&bits, 41) - 20;
    fact.day = 20200401 + pick(&bits, DAYS);
    fact.job = pick(&bits, JOBS);
    fact.product_order = pick(&bits, ORDERS);
    machine = pick(&bits, MACHINES);
    part = pick(&bits, PARTS);
    lot = pick(&bits, LOTS);
    step = pick(&bits, STEPS);
    from = fact.kind == FACT_STEPPED ? pick(&bits, STEPS) : 0;
    snprintf(fact.site, sizeof fact.site, "site-%d", (int)(n % SITES));
    if (machine > 0)
        snprintf(fact.machine, sizeof fact.machine, "machine-%d", machine);
    if (part > 0)
        snprintf(fact.part, sizeof fact.part, "part-%d", part);
    if (lot > 0)
        snprintf(fact.lot, sizeof fact.lot, "lot-%d", lot);
    if (step > 0)
        snprintf(fact.step, sizeof fact.step, "step-%d", step);
    if (from > 0)
        snprintf(fact.step_from, sizeof fact.step_from, "step-%d", from);
    fact_origin(&fact, &bits);
    return fact;
}

static inline int number(const char *text)
{
    const char *dash = strchr(text, '-');

    return dash != NULL ? atoi(dash + 1) : 0;
}

/* Work by hand: where pieces are counted that have passed some step. */
static inline void model_add_stage(struct model *m, const struct fact *fact, bool moves)
{
    int site = number(fact->site), part = number(fact->part), lot = number(fact->lot);
    int step = number(fact->step), from = number(fact->step_from);

    if (step > 0 && (moves || fact->kind == FACT_STEPPED))
        m->stage[site][part][lot][step] += fact->qty;
    if (from > 0)
        m->stage[site][part][lot][from] -= fact->qty;
    if (fact->kind == FACT_DISCARDED)
        m->discarded[site][part][lot][step] -= fact->qty;
}

static inline void model_add_origin(struct model *m, const struct fact *fact)
{
    if (fact->kind == FACT_MADE || fact->kind == FACT_CORRECTED)
        m->of_run[fact->run] += fact->qty;
    if (fact->kind == FACT_RECEIVED)
        m->declared[fact->declaration] += fact->qty;
    if (fact->kind == FACT_SCRAPPED)
        m->declared_scrap[fact->declaration] += fact->qty;
    if (fact->kit_lot[0] != '\0')
        m->into[number(fact->kit_lot)] += fact->qty;
}

static inline void model_add(struct model *m, const struct fact *fact)
{
    int day = fact->day - 20200401, site = number(fact->site), machine = number(fact->machine);
    int part = number(fact->part);
    bool moves = strstr("made received moved assembled shipped corrected counted discarded used",
                        fact_kind_name(fact->kind)) != NULL;

    m->facts++;
    m->qty[day][site][machine][part][fact->kind] += fact->qty;
    m->count[day][site][machine][part][fact->kind]++;
    model_add_origin(m, fact);
    if (part > 0)
        model_add_stage(m, fact, moves);
    if (part > 0 && moves)
        m->stock[site][part][number(fact->lot)] += fact->qty;
    if (fact->kind == FACT_MADE || fact->kind == FACT_CORRECTED)
        m->good[fact->job] += fact->qty;
    if (fact->kind == FACT_SCRAPPED || fact->kind == FACT_CORRECTED_SCRAP)
        m->scrap[fact->job] += fact->qty;
    if (fact->kind == FACT_CLAIMED)
        m->claimed[fact->product_order] += fact->qty;
    if (fact->kind == FACT_SHIPPED)
        m->shipped[fact->product_order] -= fact->qty;
}

#endif
