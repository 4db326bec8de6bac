/* SPDX-License-Identifier: Apache-2.0 */
#include "outlook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "order_book.h"
#include "production/kits.h"
#include "roster.h"
#include "start.h"
#include "tally.h"

static void free_lists(struct dispatch_job *job)
{
    free((size_t *)(uintptr_t)job->sites);
    free((size_t *)(uintptr_t)job->preferred);
    free((size_t *)(uintptr_t)job->excluded);
}

void outlook_free(struct outlook *outlook)
{
    struct dispatch *d;

    if (outlook == NULL)
        return;
    d = &outlook->dispatch;
    for (size_t i = 0; outlook->products != NULL && i < outlook->product_count; i++)
        free(outlook->products[i].needs);
    for (size_t i = 0; d->jobs != NULL && i < d->job_count; i++)
        free_lists(&d->jobs[i]);
    free(d->jobs);
    free(d->parts);
    free((void *)(uintptr_t)d->sites);
    free((void *)(uintptr_t)d->programs);
    free((void *)(uintptr_t)d->machines);
    free(outlook->runs);
    free(outlook->parts);
    free(outlook->products);
    free(outlook->orders);
    free(outlook->job_rows);
    free(outlook->program_rows);
    free(outlook->views);
    config_unref(outlook->config);
    free(outlook);
}

static void *copy(const void *from, size_t count, size_t size)
{
    void *to = calloc(count + 1, size);

    if (to != NULL && count > 0)
        memcpy(to, from, count * size);
    return to;
}

/* ---- what dispatch points to ---- */

static bool copy_list(const size_t **to, const size_t *from, size_t count)
{
    *to = from != NULL ? copy(from, count, sizeof *from) : NULL;
    return from == NULL || *to != NULL;
}

static bool copy_lists(struct dispatch_job *to, const struct dispatch_job *from)
{
    bool sites = copy_list(&to->sites, from->sites, from->site_count);
    bool preferred = copy_list(&to->preferred, from->preferred, from->preferred_count);

    return copy_list(&to->excluded, from->excluded, from->excluded_count) && sites && preferred;
}

static bool copy_jobs(struct outlook *o, const struct dispatch *from)
{
    struct dispatch *d = &o->dispatch;

    d->jobs = calloc(from->job_count + 1, sizeof *d->jobs);
    o->job_rows = calloc(from->job_count + 1, sizeof *o->job_rows);
    if (d->jobs == NULL || o->job_rows == NULL)
        return false;
    for (size_t i = 0; i < from->job_count; i++) {
        const struct dispatch_job *job = &from->jobs[i];

        o->job_rows[i] = *job->job;
        d->jobs[i] = *job;
        d->jobs[i].job = &o->job_rows[i];
        if (!copy_lists(&d->jobs[i], job))
            return false;
    }
    return true;
}

static bool copy_programs(struct outlook *o, const struct dispatch *from)
{
    struct dispatch_program *programs =
        copy(from->programs, from->program_count, sizeof *from->programs);

    o->dispatch.programs = programs;
    o->program_rows = calloc(from->program_count + 1, sizeof *o->program_rows);
    if (programs == NULL || o->program_rows == NULL)
        return false;
    for (size_t i = 0; i < from->program_count; i++) {
        o->program_rows[i] = *from->programs[i].program;
        o->program_rows[i].analysis = NULL; /* stays the queue's */
        programs[i].program = &o->program_rows[i];
    }
    return true;
}

static bool copy_machines(struct outlook *o, const struct dispatch *from)
{
    struct dispatch_machine *machines =
        copy(from->machines, from->machine_count, sizeof *from->machines);

    o->dispatch.machines = machines;
    o->views = calloc(from->machine_count + 1, sizeof *o->views);
    if (machines == NULL || o->views == NULL)
        return false;
    for (size_t i = 0; i < from->machine_count; i++) {
        o->views[i] = *from->machines[i].view;
        machines[i].view = &o->views[i];
    }
    return true;
}

static bool copy_dispatch(struct outlook *o, const struct dispatch *from)
{
    o->dispatch = *from;
    o->dispatch.jobs = NULL;
    o->dispatch.programs = NULL;
    o->dispatch.machines = NULL;
    o->dispatch.parts = copy(from->parts, from->part_count, sizeof *from->parts);
    o->dispatch.sites = copy(from->sites, from->site_count, sizeof *from->sites);
    return o->dispatch.parts != NULL && o->dispatch.sites != NULL && copy_jobs(o, from) &&
           copy_programs(o, from) && copy_machines(o, from);
}

/* ---- runs ---- */

static size_t job_number(const struct dispatch *d, int64_t id)
{
    for (size_t i = 0; id != 0 && i < d->job_count; i++)
        if (d->jobs[i].job->id == id)
            return i;
    return SIZE_MAX;
}

static size_t program_number(const struct dispatch *d, const char *sha256)
{
    for (size_t i = 0; i < d->program_count; i++)
        if (strcmp(d->programs[i].program->sha256, sha256) == 0)
            return i;
    return SIZE_MAX;
}

static void add_run(struct outlook *o, struct queue *queue, const struct run *run,
                    struct outlook_run *to)
{
    *to = (struct outlook_run){.id = run->id,
                               .ended = run->status > RUN_STATUS_STARTED,
                               .program = program_number(&o->dispatch, run->sha256),
                               .time_s = run->time_s};
    to->since_ms = to->ended             ? run->ended_ms
                   : run->started_ms > 0 ? run->started_ms
                                         : run->ordered_ms;
    for (size_t k = 0; k < run->part_count; k++) {
        to->part[k] = tally_part(queue, run->parts[k].part);
        to->credit[k] = job_number(&o->dispatch, run->parts[k].job);
        to->pieces[k] = run->status <= RUN_STATUS_FINISHED ? run->parts[k].pieces : 0;
    }
    to->part_count = run->part_count;
}

static bool copy_runs(struct outlook *o, struct queue *queue)
{
    o->runs = calloc(queue->machine_count + 1, sizeof *o->runs);
    for (size_t i = 0; o->runs != NULL && i < queue->machine_count; i++)
        if (queue->machines[i].run != NULL)
            add_run(o, queue, &queue->machines[i].run->run, &o->runs[i]);
    return o->runs != NULL;
}

/* ---- parts and products ---- */

static bool is_made(const struct outlook *o, size_t part)
{
    const struct config_part *row = config_part(o->config, o->parts[part].id);

    if (row != NULL && (row->process == PART_PRINT || row->process == PART_LASER))
        return true;
    for (size_t i = 0; i < o->dispatch.program_count; i++)
        for (size_t k = 0; k < o->dispatch.programs[i].program->yield_count; k++)
            if (o->dispatch.programs[i].parts[k] == part)
                return true;
    return false;
}

static bool copy_parts(struct outlook *o, const struct queue *queue)
{
    o->parts = calloc(o->dispatch.part_count + 1, sizeof *o->parts);
    for (size_t i = 0; o->parts != NULL && i < o->dispatch.part_count; i++) {
        memcpy(o->parts[i].id, queue->parts[i].part, ID_SIZE);
        o->parts[i].stock = queue->parts[i].stock;
        o->parts[i].made = is_made(o, i);
    }
    return o->parts != NULL;
}

static bool inside_another(const struct config *config, size_t product)
{
    for (size_t i = 0; i < config->product_count; i++)
        for (size_t k = 0; k < config->products[i].bom_count; k++)
            if (config->products[i].bom[k].product == product)
                return true;
    return false;
}

/* use: what one kit takes of each part. Kits that go into other kits lie there as their parts. */
static bool take_needs(struct outlook *o, struct queue *queue, size_t product,
                       const struct kits_use *use)
{
    struct outlook_product *to = &o->products[product];
    size_t self = tally_part(queue, to->id);
    int64_t kits = inside_another(o->config, product) && self < o->dispatch.part_count
                       ? queue->parts[self].stock
                       : 0;

    to->needs = calloc(o->config->part_count + 1, sizeof *to->needs);
    for (size_t k = 0; to->needs != NULL && k < o->config->part_count; k++) {
        size_t part = tally_part(queue, o->config->parts[k].id);

        if (use[k].need <= 0 || part >= o->dispatch.part_count)
            continue;
        to->needs[to->need_count++] = (struct outlook_need){part, use[k].need};
        o->parts[part].stock += use[k].need * kits;
    }
    return to->needs != NULL;
}

static bool copy_product(struct outlook *o, struct queue *queue, size_t i)
{
    struct outlook_product *to = &o->products[i];
    int64_t *none = calloc(kits_items(o->config) + 1, sizeof *none);
    struct kits_use *use = calloc(kits_items(o->config) + 1, sizeof *use);
    bool ok = none != NULL && use != NULL;

    memcpy(to->id, o->config->products[i].id, ID_SIZE);
    to->done_today = queue_kits_today(queue, to->id);
    if (ok) {
        kits_explode(o->config, i, 1, none, use);
        ok = take_needs(o, queue, i, use);
    }
    free(none);
    free(use);
    return ok;
}

static bool copy_products(struct outlook *o, struct queue *queue)
{
    o->products = calloc(o->config->product_count + 1, sizeof *o->products);
    if (o->products == NULL)
        return false;
    for (; o->product_count < o->config->product_count; o->product_count++)
        if (!copy_product(o, queue, o->product_count))
            return false;
    return true;
}

static size_t product_number(const struct outlook *o, const char *id)
{
    for (size_t i = 0; i < o->product_count; i++)
        if (strcmp(o->products[i].id, id) == 0)
            return i;
    return SIZE_MAX; /* it is no longer in the config */
}

static bool copy_orders(struct outlook *o, const struct queue *queue)
{
    const struct product_order **turns = order_book_turns(queue);
    bool ok;

    o->orders = calloc(queue->order_count + 1, sizeof *o->orders);
    for (size_t i = 0; turns != NULL && o->orders != NULL && i < queue->order_count; i++) {
        size_t product = product_number(o, turns[i]->product);

        if (turns[i]->state != PRODUCT_ORDER_OPEN || product == SIZE_MAX)
            continue;
        o->orders[o->order_count++] = (struct outlook_order){.id = turns[i]->id,
                                                             .product = product,
                                                             .quantity = turns[i]->quantity,
                                                             .done = turns[i]->done,
                                                             .priority = turns[i]->priority,
                                                             .due_ms = turns[i]->due_ms};
    }
    ok = turns != NULL && o->orders != NULL;
    free(turns);
    return ok;
}

struct outlook *outlook_make(struct queue *queue)
{
    struct snapshot *snapshot = snapshot_make(queue);
    struct outlook *o = calloc(1, sizeof *o);
    bool ok = snapshot != NULL && o != NULL;

    if (ok)
        o->config = config_ref(queue->config);
    ok = ok && copy_dispatch(o, snapshot_dispatch(snapshot)) && copy_runs(o, queue) &&
         copy_parts(o, queue) && copy_products(o, queue) && copy_orders(o, queue);
    snapshot_free(snapshot);
    if (ok)
        return o;
    outlook_free(o);
    return NULL;
}
