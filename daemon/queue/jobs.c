/* SPDX-License-Identifier: Apache-2.0 */
#include "jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

struct job_item *jobs_find(const struct queue *queue, int64_t id)
{
    size_t low = 0, high = queue->job_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (queue->jobs[middle]->job.id == id)
            return queue->jobs[middle];
        if (queue->jobs[middle]->job.id > id)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void jobs_refresh(struct job_item *item)
{
    struct job *job = &item->job;
    int64_t owed = job->target - job->good - job->in_flight;

    job->state = item->wish;
    if (item->wish != JOB_CANCELLED && job->good >= job->target)
        job->state = JOB_DONE;
    job->owed = owed > 0 && item->wish != JOB_CANCELLED ? owed : 0;
}

enum err jobs_insert(struct queue *queue, const struct job *job)
{
    struct job_item *item = malloc(sizeof *item);
    struct job_item **jobs =
        array_grow(queue->jobs, queue->job_count, &queue->job_room, sizeof *jobs);

    if (jobs != NULL)
        queue->jobs = jobs;
    if (item == NULL || jobs == NULL) {
        free(item);
        return ERR_NO_MEMORY;
    }
    *item = (struct job_item){.job = *job, .wish = job->state};
    jobs_refresh(item);
    queue->jobs[queue->job_count++] = item;
    return ERR_OK;
}

void jobs_flight(struct queue *queue, const struct run *run, int sign)
{
    queue->plan_stale = true;
    for (size_t i = 0; i < run->part_count; i++) {
        struct job_item *item = jobs_find(queue, run->parts[i].job);

        if (item == NULL)
            continue;
        item->job.in_flight += sign * run->parts[i].pieces;
        jobs_refresh(item);
    }
}

static void count(struct queue *queue, int64_t job, enum fact_kind kind, int64_t qty)
{
    struct job_item *item = jobs_find(queue, job);

    if (item == NULL)
        return;
    if (kind == FACT_MADE || kind == FACT_CORRECTED)
        item->job.good += qty;
    else if (kind == FACT_SCRAPPED || kind == FACT_CORRECTED_SCRAP)
        item->job.scrap += qty;
    jobs_refresh(item);
}

void jobs_count(struct queue *queue, const struct fact *fact)
{
    count(queue, fact->job, fact->kind, fact->qty);
}

static void load_count(void *context, int64_t job, enum fact_kind kind, int64_t qty)
{
    count(context, job, kind, qty);
}

_Static_assert((int)JOB_SITES_MAX == (int)JOB_MACHINES_MAX, "they are split alike");

static size_t split(char (*ids)[ID_SIZE], const char *text)
{
    size_t count = 0;

    while (*text != '\0' && count < JOB_SITES_MAX) {
        size_t n = strcspn(text, " ");

        snprintf(ids[count++], ID_SIZE, "%.*s", (int)n, text);
        text += n + strspn(text + n, " ");
    }
    return count;
}

static const char *join(const char (*ids)[ID_SIZE], size_t count, char text[JOB_ROW_SITES_SIZE])
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, JOB_ROW_SITES_SIZE - used, "%s%s", i == 0 ? "" : " ",
                                 ids[i]);
    return text;
}

static enum err load_row(void *context, const struct job_row *row)
{
    struct queue *queue = context;
    struct job job = {.id = row->id,
                      .target = row->target,
                      .priority = (int)row->priority,
                      .due_ms = row->due_ms,
                      .state = (enum job_state)row->state,
                      .added_ms = row->added_ms,
                      .product_order = row->product_order};

    snprintf(job.part, sizeof job.part, "%s", row->part);
    snprintf(job.by, sizeof job.by, "%s", row->by);
    snprintf(job.note, sizeof job.note, "%s", row->note);
    job.site_count = split(job.sites, row->sites);
    job.preferred.count = split(job.preferred.ids, row->preferred);
    job.excluded.count = split(job.excluded.ids, row->excluded);
    queue->last_job = row->id;
    return jobs_insert(queue, &job);
}

enum err jobs_load(struct queue *queue, struct db *db)
{
    enum err err = store_job_each(db, load_row, queue);

    return err != ERR_OK ? err : store_fact_jobs(db, load_count, queue);
}

/* A job of an order may have nothing to make for now; its target is found out again at start. */
struct job_row jobs_row(const struct job *job, struct job_texts *texts)
{
    return (struct job_row){
        .id = job->id,
        .part = job->part,
        .target = job->target > 0 ? job->target : 1,
        .priority = job->priority,
        .due_ms = job->due_ms,
        .sites = join(job->sites, job->site_count, texts->sites),
        .preferred = join(job->preferred.ids, job->preferred.count, texts->preferred),
        .excluded = join(job->excluded.ids, job->excluded.count, texts->excluded),
        .state = (int64_t)job->state,
        .by = job->by,
        .note = job->note,
        .added_ms = job->added_ms,
        .product_order = job->product_order};
}

void jobs_free(struct queue *queue)
{
    for (size_t i = 0; i < queue->job_count; i++)
        free(queue->jobs[i]);
    free(queue->jobs);
}
