/* SPDX-License-Identifier: Apache-2.0 */
#include "order_jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "jobs.h"
#include "order_book.h"
#include "order_plan.h"
#include "request.h"

/* Jobs as they have become, on their way to the database. */
struct retarget {
    struct note note; /* first */
    size_t count;
    struct job jobs[];
};

struct planning {
    struct queue *queue;
    const struct product_order **turns; /* owned */
    int64_t *stock, *in_flight;         /* owned, of every item */
    struct order_need *needs;           /* owned, of turns */
    size_t *changed;                    /* owned; indexes of jobs, room for all there may be */
    size_t changed_count;
};

/* ---- what is owed ---- */

static void add_flight(const struct queue *queue, const struct run *run, int64_t *in_flight)
{
    for (size_t i = 0; i < run->part_count; i++) {
        size_t item = kits_item(queue->config, run->parts[i].part);

        if (item != CONFIG_NONE)
            in_flight[item] += run->parts[i].pieces;
    }
}

/* Stock that may be used, less the kits that orders were given already; pieces of runs not yet
 * judged. */
static void count_supply(const struct queue *queue, int64_t *stock, int64_t *in_flight)
{
    struct available view = {queue->stock, queue->blocks};

    available_items(&view, queue->config, stock);
    for (size_t i = 0; i < queue->order_count; i++) {
        const struct product_order *order = queue->orders[i];
        size_t item = kits_item(queue->config, order->product);

        if (item != CONFIG_NONE)
            stock[item] -= order->done - order->shipped;
    }
    for (struct list *node = queue->runs.next; node != &queue->runs; node = node->next) {
        const struct run *run = &list_entry(node, struct run_item, node)->run;

        if (run->status <= RUN_STATUS_FINISHED)
            add_flight(queue, run, in_flight);
    }
}

static void planning_finish(struct planning *p)
{
    free(p->turns);
    free(p->stock);
    free(p->in_flight);
    free(p->needs);
    free(p->changed);
}

static bool planning_begin(struct planning *p, struct queue *queue)
{
    size_t items = kits_items(queue->config), orders = queue->order_count;
    int64_t *supply = calloc(items + 1, sizeof *supply);
    struct kits_use *use = calloc(items + 1, sizeof *use);
    bool ok;

    *p = (struct planning){.queue = queue,
                           .turns = order_book_turns(queue),
                           .stock = calloc(items + 1, sizeof *p->stock),
                           .in_flight = calloc(items + 1, sizeof *p->in_flight),
                           .needs = calloc(orders * items + 1, sizeof *p->needs)};
    ok = supply != NULL && use != NULL && p->turns != NULL && p->stock != NULL &&
         p->in_flight != NULL && p->needs != NULL;
    if (ok) {
        struct order_plan plan = {queue->config, p->turns, orders, p->stock,
                                  p->in_flight,  supply,   use};

        count_supply(queue, p->stock, p->in_flight);
        order_plan_fill(&plan, p->needs);
    } else {
        log_error("orders: out of memory: their jobs stay as they are");
        planning_finish(p);
    }
    free(supply);
    free(use);
    return ok;
}

struct order_need *queue_order_needs(struct queue *queue)
{
    size_t items = kits_items(queue->config);
    struct order_need *needs = calloc(queue->order_count * items + 1, sizeof *needs);
    struct planning p;

    if (needs == NULL || !planning_begin(&p, queue)) {
        free(needs);
        return NULL;
    }
    for (size_t i = 0; i < queue->order_count; i++)
        for (size_t k = 0; k < queue->order_count; k++)
            if (p.turns[k] == queue->orders[i])
                memcpy(&needs[i * items], &p.needs[k * items], items * sizeof *needs);
    planning_finish(&p);
    return needs;
}

/* ---- jobs ---- */

bool order_jobs_makes(const struct queue *queue, const struct config_part *part)
{
    if (part->process != PART_OTHER)
        return part->process != PART_BUY;
    for (size_t i = 0; i < queue->program_count; i++)
        for (size_t k = 0; k < queue->programs[i]->yield_count; k++)
            if (!queue->programs[i]->removed &&
                strcmp(queue->programs[i]->yields[k].part, part->id) == 0)
                return true;
    return false;
}

static size_t job_of(const struct queue *queue, int64_t order, const char *part)
{
    for (size_t i = 0; i < queue->job_count; i++)
        if (queue->jobs[i]->job.product_order == order &&
            strcmp(queue->jobs[i]->job.part, part) == 0)
            return i;
    return SIZE_MAX;
}

static void bear(struct planning *p, const struct product_order *order, const char *part,
                 int64_t owed)
{
    struct queue *queue = p->queue;
    struct job job = {.id = queue->last_job + 1,
                      .target = owed,
                      .priority = order->priority,
                      .due_ms = order->due_ms,
                      .state = order->state == PRODUCT_ORDER_HELD ? JOB_HELD : JOB_OPEN,
                      .added_ms = clock_wall(queue->clock),
                      .product_order = order->id};

    snprintf(job.part, sizeof job.part, "%s", part);
    snprintf(job.by, sizeof job.by, "%s", order->by);
    snprintf(job.note, sizeof job.note, "%s", order->customer);
    if (jobs_insert(queue, &job) != ERR_OK) {
        log_error("orders: out of memory: no job for %s of order %lld", part, (long long)order->id);
        return;
    }
    queue->last_job = job.id;
    p->changed[p->changed_count++] = queue->job_count - 1;
    log_info("order %lld: job %lld makes %lld %s", (long long)order->id, (long long)job.id,
             (long long)owed, part);
}

static void aim(struct planning *p, const struct product_order *order, const char *part,
                int64_t owed)
{
    size_t at = job_of(p->queue, order->id, part);
    struct job *job = at != SIZE_MAX ? &p->queue->jobs[at]->job : NULL;
    int64_t target;

    if (job == NULL) {
        if (owed > 0)
            bear(p, order, part, owed);
        return;
    }
    target = job->good + job->in_flight + owed;
    if (job->target == target)
        return;
    job->target = target;
    jobs_refresh(p->queue->jobs[at]);
    p->changed[p->changed_count++] = at;
}

static enum err retarget_apply(struct store_work *work, struct db *db)
{
    const struct retarget *retarget = (const struct retarget *)(const void *)work;
    enum err err = ERR_OK;

    for (size_t i = 0; i < retarget->count && err == ERR_OK; i++) {
        struct job_texts texts;
        struct job_row row = jobs_row(&retarget->jobs[i], &texts);

        err = store_job_put(db, &row);
    }
    return err;
}

static void write_jobs(struct queue *queue, const size_t *at, size_t count)
{
    struct retarget *retarget =
        count > 0
            ? note_begin(queue, sizeof *retarget + count * sizeof *retarget->jobs, retarget_apply)
            : NULL;

    if (retarget == NULL)
        return;
    retarget->count = count;
    for (size_t i = 0; i < count; i++)
        retarget->jobs[i] = queue->jobs[at[i]]->job;
    for (size_t i = 0; i < count; i++) /* as people set it: done is found out */
        retarget->jobs[i].state = queue->jobs[at[i]]->wish;
    queue->version++;
    note_write(&retarget->note);
}

void order_jobs_plan(struct queue *queue)
{
    size_t parts = queue->config->part_count, items = kits_items(queue->config);
    struct planning p;

    if (!queue->plan_stale)
        return;
    queue->plan_stale = false;
    if (queue->order_count == 0 || !planning_begin(&p, queue))
        return;
    p.changed = calloc(queue->order_count * parts + 1, sizeof *p.changed);
    for (size_t i = 0; p.changed != NULL && i < queue->order_count; i++)
        for (size_t k = 0; k < parts && p.turns[i]->state != PRODUCT_ORDER_CANCELLED; k++)
            if (order_jobs_makes(queue, &queue->config->parts[k]))
                aim(&p, p.turns[i], queue->config->parts[k].id, p.needs[i * items + k].owed);
    write_jobs(queue, p.changed, p.changed_count);
    planning_finish(&p);
}

static enum job_state wish_of(const struct job_item *item, enum product_order_state state)
{
    if (item->wish == JOB_CANCELLED || state == PRODUCT_ORDER_CANCELLED)
        return JOB_CANCELLED;
    return state == PRODUCT_ORDER_HELD ? JOB_HELD : JOB_OPEN;
}

void order_jobs_follow(struct queue *queue, const struct product_order *order, unsigned changes)
{
    size_t *changed = calloc(queue->job_count + 1, sizeof *changed), count = 0;

    for (size_t i = 0; changed != NULL && i < queue->job_count; i++) {
        struct job_item *item = queue->jobs[i];

        if (item->job.product_order != order->id)
            continue;
        if ((changes & PRODUCT_ORDER_SET_PRIORITY) != 0)
            item->job.priority = order->priority;
        if ((changes & PRODUCT_ORDER_SET_DUE) != 0)
            item->job.due_ms = order->due_ms;
        if ((changes & PRODUCT_ORDER_SET_CUSTOMER) != 0)
            memcpy(item->job.note, order->customer, sizeof item->job.note);
        if ((changes & PRODUCT_ORDER_SET_STATE) != 0)
            item->wish = wish_of(item, order->state);
        jobs_refresh(item);
        changed[count++] = i;
    }
    if (changed != NULL)
        write_jobs(queue, changed, count);
    free(changed);
}
