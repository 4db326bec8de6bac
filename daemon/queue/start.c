/* SPDX-License-Identifier: Apache-2.0 */
/* A start: the dispatcher chooses; the run is listed (so it counts as in flight at once) and its
 * machine marked busy; run, parts and the consent it consumes are committed; then the floor is
 * told. If the disk refuses, the run is forgotten as if it had not been chosen and tried again
 * later. If we die between commit and order, the run is found as ordered at the next start and
 * adopted. */
#include "start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "clockwork.h"
#include "loads.h"
#include "machines.h"
#include "order_jobs.h"
#include "orders.h"
#include "programs.h"
#include "request.h"
#include "runs.h"
#include "store/store_machine.h"

enum { DISK_BACKOFF_MS = 5000 };

struct starting {
    struct request request; /* first */
    struct run_row row;
    struct machine_row machine; /* its consent is gone */
};

static enum err starting_apply(struct store_work *work, struct db *db)
{
    struct starting *starting = (struct starting *)(void *)work;
    enum err err = store_run_add(db, &starting->row);

    if (err == ERR_OK)
        err = store_consent_used(db, starting->row.consent, starting->row.id);
    if (err == ERR_OK)
        err = store_machine_put(db, &starting->machine);
    return err;
}

bool start_order(struct queue *queue, const struct run_item *item, struct order *order)
{
    const struct run *run = &item->run;
    const struct program *program = programs_by_hash(queue, run->sha256);

    if (program == NULL || machines_find(queue, run->machine) == NULL)
        return false;
    snprintf(order->machine, sizeof order->machine, "%s", run->machine);
    order->consent = run->consent;
    order->run = (struct run_order){.run = run->id,
                                    .lines = run->lines,
                                    .time_s = run->time_s,
                                    .consent = run->consent,
                                    .issued_ms = clock_wall(queue->clock),
                                    .heard_ms = item->heard_ms,
                                    .acked = run->acked,
                                    .nozzle_max_c = program->nozzle_max_c,
                                    .bed_max_c = program->bed_max_c};
    memcpy(order->run.sha256, run->sha256, sizeof order->run.sha256);
    memcpy(order->run.min_mm, program->min_mm, sizeof order->run.min_mm);
    memcpy(order->run.max_mm, program->max_mm, sizeof order->run.max_mm);
    queue_program_path(queue, run->sha256, order->run.path, sizeof order->run.path);
    return true;
}

static void starting_committed(struct request *request)
{
    struct queue *queue = request->queue;
    const struct starting *starting = (struct starting *)(void *)request;
    struct run_item *item = runs_find(queue, starting->row.id);
    struct machine_item *machine = machines_find(queue, starting->row.machine);
    struct order *order = orders_make(ORDER_START);

    if (machine != NULL) {
        machine->busy = false;
        machine->consent = 0;
    }
    if (order == NULL || item == NULL || !start_order(queue, item, order)) {
        log_error("%s: run %lld cannot be started", starting->row.machine,
                  (long long)starting->row.id);
        free(order);
        return;
    }
    log_info("%s: run %lld ordered (job %lld, %s)", item->run.machine, (long long)item->run.id,
             (long long)item->run.job, item->run.program);
    orders_send(queue, order);
}

static void starting_failed(struct request *request, enum err err)
{
    struct queue *queue = request->queue;
    const struct starting *starting = (struct starting *)(void *)request;
    struct machine_item *machine = machines_find(queue, starting->row.machine);
    struct run_item *item = runs_find(queue, starting->row.id);

    log_error("%s: no start: %s", starting->row.machine, request->work.text);
    (void)err;
    if (item != NULL)
        runs_forget(queue, item);
    if (machine == NULL)
        return;
    machine->busy = false;
    machine->refused_until_ms = clock_wall(queue->clock) + DISK_BACKOFF_MS;
    snprintf(machine->refused, sizeof machine->refused, "%.150s", request->work.text);
}

static struct run make_run(struct queue *queue, const struct dispatch *d,
                           const struct dispatch_choice *choice)
{
    const struct machine_item *machine = &queue->machines[choice->machine];
    const struct program *program = d->programs[choice->program].program;
    const struct job *job = d->jobs[choice->job].job;
    struct run run = {.id = ++queue->last_run,
                      .job = job->id,
                      .ordered_ms = d->now_ms,
                      .consent = machine->consent,
                      .time_s = choice->time_s,
                      .part_count = program->yield_count};

    memcpy(run.part, job->part, sizeof run.part);
    memcpy(run.machine, machine->config->id, sizeof run.machine);
    memcpy(run.site, machine->config->site, sizeof run.site);
    memcpy(run.sha256, program->sha256, sizeof run.sha256);
    memcpy(run.program, program->name, sizeof run.program);
    memcpy(run.material, machine->material_lot, sizeof run.material);
    memcpy(run.spool, machine->material_lot, sizeof run.spool);
    snprintf(run.loaded, sizeof run.loaded, "%s", loads_material(machine));
    for (size_t i = 0; i < program->model_count; i++)
        if (strcmp(program->models[i].model, machine->config->model) == 0)
            run.lines = program->models[i].prepared_lines;
    for (size_t i = 0; i < program->yield_count; i++) {
        size_t credit = choice->credit[i];

        memcpy(run.parts[i].part, program->yields[i].part, sizeof run.parts[i].part);
        run.parts[i].pieces = program->yields[i].pieces;
        run.parts[i].job = credit != SIZE_MAX ? d->jobs[credit].job->id : 0;
    }
    return run;
}

static void begin(struct queue *queue, const struct dispatch *d,
                  const struct dispatch_choice *choice)
{
    static const struct request_steps steps = {
        .apply = starting_apply, .committed = starting_committed, .failed = starting_failed};
    struct machine_item *machine = &queue->machines[choice->machine];
    struct starting *starting = request_begin(queue, sizeof *starting, NULL, NULL);
    struct run run;

    if (starting == NULL)
        return;
    run = make_run(queue, d, choice);
    if (runs_insert(queue, &run) == NULL) {
        free(starting);
        return;
    }
    starting->row = runs_row(&run);
    machines_row(machine, &starting->machine);
    starting->machine.consent = 0;
    machine->busy = true;
    clockwork_update(queue, machine);
    request_write(&starting->request, &steps);
}

/* Most looks find every machine at work; those cost nothing more. */
static bool someone_ready(const struct queue *queue)
{
    for (size_t i = 0; i < queue->machine_count; i++)
        if (queue->machines[i].consent != 0 && !queue->machines[i].busy &&
            queue->views[i].state == MACHINE_IDLE && queue->views[i].bed == BED_CLEAR)
            return true;
    return false;
}

/* Where a person must load something else first, that is asked for in place of a start. */
static void hand_out(struct queue *queue, const struct dispatch *d,
                     const struct dispatch_choice *choices, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct machine_item *machine = &queue->machines[choices[i].machine];

        if (choices[i].change)
            snprintf(machine->wanted, sizeof machine->wanted, "%s",
                     d->programs[choices[i].program].program->material);
        else
            begin(queue, d, &choices[i]);
    }
}

void start_dispatch(struct queue *queue)
{
    struct snapshot *snapshot;
    struct dispatch *d;
    struct dispatch_way *ways;
    struct dispatch_choice *choices;
    size_t *heads, looked, n;

    for (size_t i = 0; i < queue->machine_count; i++)
        queue->machines[i].wanted[0] = '\0'; /* found out again below */
    order_jobs_plan(queue);
    snapshot = someone_ready(queue) ? snapshot_make(queue) : NULL;
    if (snapshot == NULL)
        return;
    d = snapshot_dispatch(snapshot);
    ways = calloc(dispatch_ways(d) + 1, sizeof *ways);
    choices = calloc(d->machine_count + 1, sizeof *choices);
    heads = calloc(d->model_count + 1, sizeof *heads);
    n = ways != NULL && choices != NULL && heads != NULL
            ? dispatch_choose(d, ways, heads, choices, &looked)
            : 0;
    hand_out(queue, d, choices, n);
    order_jobs_plan(queue);
    free(heads);
    free(choices);
    free(ways);
    snapshot_free(snapshot);
}

static void on_kick(uv_timer_t *timer)
{
    start_dispatch(timer->data);
}

void start_soon(struct queue *queue)
{
    if (!queue->closing && !uv_is_active((uv_handle_t *)&queue->kick))
        uv_timer_start(&queue->kick, on_kick, 0, 0);
}
