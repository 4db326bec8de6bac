/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/fnv.h"
#include "production/ledger.h"
#include "queue/run.h"
#include "store/store_fact.h"
#include "store/store_past.h"

enum { RUNS_MAX = 20000 };
static const int64_t day_ms = 24 * 3600 * 1000LL;

struct reading {
    struct evidence *evidence;
    size_t *by_id; /* the machine of each */
    size_t machine_count;
    struct evidence_run *runs;
    size_t run_count;
    int days[EVIDENCE_DAYS];   /* as the ledger writes them, counted back from today */
    struct evidence_day *time; /* [machine * EVIDENCE_DAYS + day] */
};

/* ---- names ---- */

static int by_name(const void *a, const void *b, void *context)
{
    const struct plan *plan = context;

    return strcmp(plan->machines[*(const size_t *)a].name, plan->machines[*(const size_t *)b].name);
}

static size_t find_machine(const struct reading *r, const char *id)
{
    const struct plan_machine *machines = r->evidence->plan->machines;
    size_t low = 0, high = r->machine_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(machines[r->by_id[middle]].name, id);

        if (order == 0)
            return r->by_id[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static size_t find_program(const struct reading *r, const char *sha256)
{
    const struct dispatch *d = &r->evidence->plan->outlook->dispatch;

    for (size_t i = 0; i < d->program_count; i++)
        if (strcmp(d->programs[i].program->sha256, sha256) == 0)
            return i;
    return SIZE_MAX;
}

static uint32_t hash(const char *name)
{
    uint32_t value = (uint32_t)fnv_text(FNV_BASIS, name);

    return value != 0 ? value : 1;
}

/* ---- runs ---- */

static enum err take_run(void *context, const struct run_past *past)
{
    struct reading *r = context;
    size_t machine = find_machine(r, past->machine);

    if (machine == SIZE_MAX || r->run_count == RUNS_MAX)
        return ERR_OK;
    r->runs[r->run_count++] = (struct evidence_run){
        .machine = machine,
        .program = find_program(r, past->sha256),
        .finished = past->status == RUN_STATUS_FINISHED,
        .plan_s = past->time_s,
        .took_s = past->started_ms > 0 ? (double)(past->ended_ms - past->started_ms) / 1000.0 : 0,
        .ended_ms = past->ended_ms,
        .judged_ms = past->judged_ms,
        .by = hash(past->judged_by),
        .good = past->good,
        .scrap = past->scrap};
    return ERR_OK;
}

static int by_verdict(const void *a, const void *b)
{
    const struct evidence_run *x = a, *y = b;

    if (x->by != y->by)
        return x->by < y->by ? -1 : 1;
    return x->judged_ms < y->judged_ms ? -1 : x->judged_ms > y->judged_ms;
}

static enum err add_runs(struct reading *r)
{
    enum err err = ERR_OK;

    qsort(r->runs, r->run_count, sizeof *r->runs, by_verdict);
    for (size_t i = 0; i < r->run_count && err == ERR_OK; i++) {
        if (i > 0 && r->runs[i - 1].by == r->runs[i].by)
            r->runs[i].last_ms = r->runs[i - 1].judged_ms;
        err = evidence_add_run(r->evidence, &r->runs[i]);
    }
    return err;
}

/* ---- days ---- */

static int days_back(const struct reading *r, int day)
{
    for (int i = 0; i < EVIDENCE_DAYS; i++)
        if (r->days[i] == day)
            return i;
    return -1;
}

static void take_assembly(struct reading *r, const struct fact_total *total, int day)
{
    const struct outlook *o = r->evidence->plan->outlook;

    for (size_t i = 0; i < o->product_count; i++)
        if (strcmp(o->products[i].id, total->part) == 0)
            evidence_add_assembly(r->evidence, day, total->qty, total->count);
}

static bool take_total(void *context, const struct fact_total *total)
{
    struct reading *r = context;
    size_t machine = find_machine(r, total->machine);
    int day = days_back(r, total->day);
    struct evidence_day *time;

    if (total->kind == FACT_ASSEMBLED && total->qty > 0 && day > 0)
        take_assembly(r, total, day);
    if (machine == SIZE_MAX || day < 0)
        return true;
    time = &r->time[machine * EVIDENCE_DAYS + (size_t)(EVIDENCE_DAYS - 1 - day)];
    if (total->kind == ledger_kind(TIME_RUNNING) || total->kind == ledger_kind(TIME_HEATING))
        time->running_s += (double)total->qty / 1000.0;
    else if (total->kind == ledger_kind(TIME_DOWN))
        time->down_s += (double)total->qty / 1000.0;
    return true;
}

static enum err read_days(struct reading *r, struct db *db)
{
    struct fact_range range = {.from = r->days[EVIDENCE_DAYS - 1], .to = r->days[0]};
    enum err err;

    for (size_t i = 0; i < r->machine_count * EVIDENCE_DAYS; i++)
        r->time[i].day = EVIDENCE_DAYS - 1 - (int)(i % EVIDENCE_DAYS);
    err = store_fact_totals(db, &range, take_total, r);
    for (size_t i = 0; i < r->machine_count && err == ERR_OK; i++)
        evidence_add_days(r->evidence, i, &r->time[i * EVIDENCE_DAYS], EVIDENCE_DAYS);
    return err;
}

/* ---- loads ---- */

static void take_departure(void *context, const char *site, const char *part, int64_t at_ms)
{
    struct reading *r = context;
    const struct plan *plan = r->evidence->plan;

    if (config_part(plan->outlook->config, part) == NULL)
        return; /* kits that leave tell nothing of the parts */
    for (size_t i = 0; i < plan->site_count; i++)
        if (strcmp(plan->sites[i].id, site) == 0)
            evidence_add_departure(r->evidence, i, at_ms);
}

enum err evidence_read(struct evidence *evidence, struct db *db)
{
    const struct plan *plan = evidence->plan;
    struct reading r = {.evidence = evidence, .machine_count = plan->machine_count};
    int64_t noon = plan->now_ms + (int64_t)(plan->today_s * 1000.0) - day_ms / 2;
    enum err err = ERR_NO_MEMORY;

    r.by_id = calloc(r.machine_count + 1, sizeof *r.by_id);
    r.runs = calloc(RUNS_MAX, sizeof *r.runs);
    r.time = calloc(r.machine_count * EVIDENCE_DAYS + 1, sizeof *r.time);
    if (r.by_id != NULL && r.runs != NULL && r.time != NULL) {
        for (size_t i = 0; i < r.machine_count; i++)
            r.by_id[i] = i;
        qsort_r(r.by_id, r.machine_count, sizeof *r.by_id, by_name, (void *)(uintptr_t)plan);
        for (int i = 0; i < EVIDENCE_DAYS; i++)
            r.days[i] = ledger_day(noon - i * day_ms);
        err = store_run_lately(db, noon - EVIDENCE_DAYS * day_ms, RUNS_MAX, take_run, &r);
        if (err == ERR_OK)
            err = add_runs(&r);
        if (err == ERR_OK)
            err = read_days(&r, db);
        if (err == ERR_OK)
            err = store_departures(db, r.days[EVIDENCE_DAYS - 1], take_departure, &r);
    }
    free(r.by_id);
    free(r.runs);
    free(r.time);
    return err;
}
