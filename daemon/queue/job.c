/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

#include <stdio.h>
#include <string.h>

#include "jobs.h"
#include "request.h"
#include "start.h"

struct job_request {
    struct request request; /* first */
    struct job job;         /* as it will be */
    unsigned changes;
};

static const char *const state_names[] = {
    [JOB_OPEN] = "open", [JOB_HELD] = "held", [JOB_CANCELLED] = "cancelled", [JOB_DONE] = "done"};

const char *job_state_name(enum job_state state)
{
    return state_names[state];
}

const struct job *queue_job_find(const struct queue *queue, int64_t id)
{
    const struct job_item *item = jobs_find(queue, id);

    return item != NULL ? &item->job : NULL;
}

const struct job *queue_job_at(const struct queue *queue, size_t i)
{
    return i < queue->job_count ? &queue->jobs[i]->job : NULL;
}

static bool part_known(const struct queue *queue, const char *part)
{
    if (config_part(queue->config, part) != NULL)
        return true;
    for (size_t i = 0; i < queue->program_count; i++)
        for (size_t k = 0; k < queue->programs[i]->yield_count; k++)
            if (strcmp(queue->programs[i]->yields[k].part, part) == 0)
                return true;
    return false;
}

static bool machines_wrong(const struct queue *queue, const struct job_machines *machines,
                           char *text, size_t size)
{
    for (size_t i = 0; i < machines->count; i++)
        if (config_machine(queue->config, machines->ids[i]) == NULL) {
            snprintf(text, size, "no machine \"%s\" in the config", machines->ids[i]);
            return true;
        }
    return false;
}

static bool places_wrong(const struct queue *queue, const struct job *job, char *text, size_t size)
{
    for (size_t i = 0; i < job->site_count; i++)
        if (config_site(queue->config, job->sites[i]) == NULL) {
            snprintf(text, size, "no site \"%s\" in the config", job->sites[i]);
            return true;
        }
    return machines_wrong(queue, &job->preferred, text, size) ||
           machines_wrong(queue, &job->excluded, text, size);
}

/* What is wrong with the job, in words; false: nothing. */
static bool job_wrong(const struct queue *queue, const struct job *job, char *text, size_t size)
{
    if (!part_known(queue, job->part)) {
        snprintf(text, size, "no part \"%s\": it is neither in the config nor made by a program",
                 job->part);
        return true;
    }
    if (job->target < (job->product_order != 0 ? 0 : 1) || job->target > JOB_QUANTITY_MAX) {
        snprintf(text, size, "the quantity must be from 1 to %d", JOB_QUANTITY_MAX);
        return true;
    }
    if (job->priority < 0 || job->priority > 9) {
        snprintf(text, size, "the priority must be from 0 to 9 (9 goes first)");
        return true;
    }
    if (job->site_count > JOB_SITES_MAX) {
        snprintf(text, size, "at most %d sites can be named; name none for all", JOB_SITES_MAX);
        return true;
    }
    return places_wrong(queue, job, text, size);
}

static enum err put_apply(struct store_work *work, struct db *db)
{
    struct job_request *ask = (struct job_request *)(void *)work;
    struct job_texts texts;
    struct job_row row = jobs_row(&ask->job, &texts);

    return store_job_put(db, &row);
}

static void add_committed(struct request *request)
{
    struct job_request *ask = (struct job_request *)(void *)request;

    if (jobs_insert(request->queue, &ask->job) == ERR_OK)
        start_soon(request->queue);
}

void queue_job_add(struct queue *queue, const struct job *job, queue_done done, void *context)
{
    static const struct request_steps steps = {.apply = put_apply, .committed = add_committed};
    struct job_request *ask = request_begin(queue, sizeof *ask, done, context);
    char text[STORE_TEXT_SIZE];

    if (ask == NULL)
        return;
    if (job_wrong(queue, job, text, sizeof text)) {
        request_refuse(&ask->request, ERR_INVALID, "%s", text);
        return;
    }
    ask->job = *job;
    ask->job.good = ask->job.scrap = ask->job.in_flight = 0;
    ask->job.added_ms = clock_wall(queue->clock);
    if (ask->job.state != JOB_HELD)
        ask->job.state = JOB_OPEN;
    ask->job.id = ask->request.id = ++queue->last_job;
    snprintf(ask->request.text, sizeof ask->request.text, "job %lld: %lld %s",
             (long long)ask->job.id, (long long)ask->job.target, ask->job.part);
    request_write(&ask->request, &steps);
}

static void set_over(struct request *request)
{
    struct job_request *ask = (struct job_request *)(void *)request;

    jobs_find(request->queue, ask->job.id)->busy = false;
}

static void set_failed(struct request *request, enum err err)
{
    (void)err;
    set_over(request);
}

static void merge(struct job *job, const struct job *from, unsigned changes)
{
    if ((changes & JOB_SET_TARGET) != 0)
        job->target = from->target;
    if ((changes & JOB_SET_PRIORITY) != 0)
        job->priority = from->priority;
    if ((changes & JOB_SET_DUE) != 0)
        job->due_ms = from->due_ms;
    if ((changes & JOB_SET_NOTE) != 0)
        memcpy(job->note, from->note, sizeof job->note);
    if ((changes & JOB_SET_STATE) != 0)
        job->state = from->state == JOB_DONE ? JOB_OPEN : from->state;
    if ((changes & JOB_SET_PREFERRED) != 0)
        job->preferred = from->preferred;
    if ((changes & JOB_SET_EXCLUDED) != 0)
        job->excluded = from->excluded;
    if ((changes & JOB_SET_SITES) == 0)
        return;
    memcpy(job->sites, from->sites, sizeof job->sites);
    job->site_count = from->site_count;
}

/* Counts and the target of an order's job may have moved since the request was made: only what was
 * asked for is taken over. */
static void set_committed(struct request *request)
{
    struct job_request *ask = (struct job_request *)(void *)request;
    struct job_item *item = jobs_find(request->queue, ask->job.id);

    merge(&item->job, &ask->job, ask->changes);
    if ((ask->changes & JOB_SET_STATE) != 0)
        item->wish = ask->job.state;
    jobs_refresh(item);
    set_over(request);
    start_soon(request->queue);
}

/* An order says how many its jobs make, and whether. */
static bool of_order(const struct job *job, const struct job *ask, unsigned changes)
{
    bool ends = (changes & JOB_SET_STATE) != 0 && ask->state == JOB_CANCELLED;

    return job->product_order != 0 && (ends || (changes & JOB_SET_TARGET) != 0);
}

void queue_job_set(struct queue *queue, const struct job *job, unsigned changes, queue_done done,
                   void *context)
{
    static const struct request_steps steps = {
        .apply = put_apply, .committed = set_committed, .failed = set_failed};
    struct job_request *ask = request_begin(queue, sizeof *ask, done, context);
    struct job_item *item = jobs_find(queue, job->id);
    char text[STORE_TEXT_SIZE];

    if (ask == NULL)
        return;
    if (item == NULL) {
        request_refuse(&ask->request, ERR_NOT_FOUND, "no job %lld", (long long)job->id);
    } else if (item->wish == JOB_CANCELLED) {
        request_refuse(&ask->request, ERR_REFUSED, "job %lld is cancelled for good: add another",
                       (long long)job->id);
    } else if (of_order(&item->job, job, changes)) {
        request_refuse(&ask->request, ERR_REFUSED,
                       "job %lld is made for order %lld: change or cancel the order",
                       (long long)job->id, (long long)item->job.product_order);
    } else if (item->busy) {
        request_refuse(&ask->request, ERR_BUSY, "job %lld is being changed: try again",
                       (long long)job->id);
    } else {
        ask->job = item->job;
        ask->job.state = item->wish;
        merge(&ask->job, job, changes);
        ask->changes = changes;
        ask->request.id = job->id;
        if (job_wrong(queue, &ask->job, text, sizeof text)) {
            request_refuse(&ask->request, ERR_INVALID, "%s", text);
            return;
        }
        item->busy = true;
        snprintf(ask->request.text, sizeof ask->request.text, "job %lld is %s", (long long)job->id,
                 job_state_name(ask->job.state));
        request_write(&ask->request, &steps);
    }
}
