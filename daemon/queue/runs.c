/* SPDX-License-Identifier: Apache-2.0 */
#include "runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jobs.h"
#include "machines.h"

struct run_item *runs_find(const struct queue *queue, int64_t id)
{
    for (struct list *node = queue->runs.next; node != &queue->runs; node = node->next)
        if (list_entry(node, struct run_item, node)->run.id == id)
            return list_entry(node, struct run_item, node);
    return NULL;
}

struct run_item *runs_of_machine(const struct queue *queue, const char *machine)
{
    for (struct list *node = queue->runs.next; node != &queue->runs; node = node->next)
        if (strcmp(list_entry(node, struct run_item, node)->run.machine, machine) == 0)
            return list_entry(node, struct run_item, node);
    return NULL;
}

static bool in_flight(enum run_status status)
{
    return status <= RUN_STATUS_FINISHED;
}

struct run_item *runs_insert(struct queue *queue, const struct run *run)
{
    struct run_item *item = calloc(1, sizeof *item);
    struct machine_item *machine = machines_find(queue, run->machine);

    if (item == NULL)
        return NULL;
    item->run = *run;
    list_add(&queue->runs, &item->node);
    if (machine != NULL)
        machine->run = item;
    if (in_flight(run->status))
        jobs_flight(queue, run, 1);
    return item;
}

void runs_become(struct queue *queue, struct run_item *item, enum run_status status)
{
    if (in_flight(item->run.status) && !in_flight(status))
        jobs_flight(queue, &item->run, -1);
    item->run.status = status;
    queue->version++;
}

void runs_forget(struct queue *queue, struct run_item *item)
{
    struct machine_item *machine = machines_find(queue, item->run.machine);

    if (in_flight(item->run.status))
        jobs_flight(queue, &item->run, -1);
    if (machine != NULL && machine->run == item)
        machine->run = NULL;
    list_remove(&item->node);
    free(item);
    queue->version++;
}

struct run_row runs_row(const struct run *run)
{
    struct run_row row = {.id = run->id,
                          .job = run->job,
                          .status = (int64_t)run->status,
                          .judged = run->judged,
                          .ordered_ms = run->ordered_ms,
                          .started_ms = run->started_ms,
                          .ended_ms = run->ended_ms,
                          .consent = run->consent,
                          .lines = (int64_t)run->lines,
                          .acked = (int64_t)run->acked,
                          .time_s = run->time_s,
                          .booked = (int64_t)run->booked,
                          .judged_ms = run->judged_ms,
                          .corrected_ms = run->corrected_ms,
                          .part_count = run->part_count};

    memcpy(row.part, run->part, sizeof row.part);
    memcpy(row.machine, run->machine, sizeof row.machine);
    memcpy(row.site, run->site, sizeof row.site);
    memcpy(row.sha256, run->sha256, sizeof row.sha256);
    memcpy(row.program, run->program, sizeof row.program);
    memcpy(row.material, run->material, sizeof row.material);
    memcpy(row.loaded, run->loaded, sizeof row.loaded);
    memcpy(row.spool, run->spool, sizeof row.spool);
    memcpy(row.reason, run->reason, sizeof row.reason);
    memcpy(row.judged_by, run->judged_by, sizeof row.judged_by);
    memcpy(row.corrected_by, run->corrected_by, sizeof row.corrected_by);
    for (size_t i = 0; i < run->part_count; i++) {
        row.parts[i] = (struct run_part_row){.job = run->parts[i].job,
                                             .pieces = run->parts[i].pieces,
                                             .good = run->parts[i].good,
                                             .scrap = run->parts[i].scrap};
        memcpy(row.parts[i].part, run->parts[i].part, sizeof row.parts[i].part);
    }
    return row;
}

struct run runs_from_row(const struct run_row *row)
{
    struct run run = {.id = row->id,
                      .job = row->job,
                      .status = (enum run_status)row->status,
                      .judged = row->judged,
                      .ordered_ms = row->ordered_ms,
                      .started_ms = row->started_ms,
                      .ended_ms = row->ended_ms,
                      .consent = row->consent,
                      .lines = (uint64_t)row->lines,
                      .acked = (uint64_t)row->acked,
                      .time_s = row->time_s,
                      .booked = (uint64_t)row->booked,
                      .judged_ms = row->judged_ms,
                      .corrected_ms = row->corrected_ms,
                      .part_count = row->part_count};

    memcpy(run.part, row->part, sizeof run.part);
    memcpy(run.machine, row->machine, sizeof run.machine);
    memcpy(run.site, row->site, sizeof run.site);
    memcpy(run.sha256, row->sha256, sizeof run.sha256);
    memcpy(run.program, row->program, sizeof run.program);
    memcpy(run.material, row->material, sizeof run.material);
    memcpy(run.loaded, row->loaded, sizeof run.loaded);
    memcpy(run.spool, row->spool, sizeof run.spool);
    memcpy(run.reason, row->reason, sizeof run.reason);
    memcpy(run.judged_by, row->judged_by, sizeof run.judged_by);
    memcpy(run.corrected_by, row->corrected_by, sizeof run.corrected_by);
    for (size_t i = 0; i < row->part_count; i++) {
        run.parts[i] = (struct run_part){.job = row->parts[i].job,
                                         .pieces = row->parts[i].pieces,
                                         .good = row->parts[i].good,
                                         .scrap = row->parts[i].scrap};
        memcpy(run.parts[i].part, row->parts[i].part, sizeof run.parts[i].part);
    }
    return run;
}

static enum err load_row(void *context, const struct run_row *row)
{
    struct run run = runs_from_row(row);
    struct run_item *item = runs_insert(context, &run);

    if (item == NULL)
        return ERR_NO_MEMORY;
    item->heard_ms = row->heard_ms;
    return ERR_OK;
}

enum err runs_load(struct queue *queue, struct db *db)
{
    enum err err = store_run_open(db, load_row, queue);

    return err != ERR_OK ? err : store_run_last(db, &queue->last_run);
}
