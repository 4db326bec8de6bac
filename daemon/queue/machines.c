/* SPDX-License-Identifier: Apache-2.0 */
#include "machines.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "clockwork.h"
#include "condition.h"
#include "happen.h"
#include "left.h"

static int compare_ids(const void *a, const void *b, void *context)
{
    const struct config *config = context;

    return strcmp(config->machines[*(const size_t *)a].id, config->machines[*(const size_t *)b].id);
}

struct machine_item *machines_find(const struct queue *queue, const char *id)
{
    size_t low = 0, high = queue->machine_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct machine_item *machine = &queue->machines[queue->by_id[middle]];
        int order = strcmp(id, machine->config->id);

        if (order == 0)
            return machine;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void machines_row(const struct machine_item *machine, struct machine_row *row)
{
    const struct config_machine *own = machine->config;

    snprintf(row->id, sizeof row->id, "%s", own->id);
    snprintf(row->site, sizeof row->site, "%s", own->site);
    snprintf(row->place, sizeof row->place, "%s %s", own->model, own->port);
    row->bed = (int64_t)machine->bed;
    row->consent = machine->consent;
}

struct machine_view *machines_view(const struct queue *queue, const struct machine_item *machine)
{
    return &queue->views[machine - queue->machines];
}

static size_t site_index(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->site_count; i++)
        if (strcmp(config->sites[i].id, id) == 0)
            return i;
    return 0;
}

static void blank_view(struct machine_view *view, const struct config_machine *machine,
                       int64_t now_ms)
{
    *view = (struct machine_view){.state = MACHINE_OFFLINE, .bed = BED_UNCERTAIN};
    snprintf(view->id, sizeof view->id, "%s", machine->id);
    snprintf(view->site, sizeof view->site, "%s", machine->site);
    view->eta_s = -1;
    view->nozzle = view->nozzle_target = view->bed_temp = view->bed_target = NAN;
    view->since_ms = now_ms;
}

/* The new lists, in a queue that is only a shell around them. */
static enum err make_lists(struct queue *shell, struct config *config)
{
    shell->machine_count = config->machine_count;
    shell->views = calloc(config->machine_count + 1, sizeof *shell->views);
    shell->machines = calloc(config->machine_count + 1, sizeof *shell->machines);
    shell->by_id = calloc(config->machine_count + 1, sizeof *shell->by_id);
    shell->hours = calloc(config->site_count + 1, sizeof *shell->hours);
    shell->quiet = calloc(config->site_count + 1, sizeof *shell->quiet);
    if (shell->views == NULL || shell->machines == NULL || shell->by_id == NULL ||
        shell->hours == NULL || shell->quiet == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < config->machine_count; i++)
        shell->by_id[i] = i;
    qsort_r(shell->by_id, config->machine_count, sizeof *shell->by_id, compare_ids, config);
    return ERR_OK;
}

static void free_lists(struct queue *queue)
{
    free(queue->views);
    free(queue->machines);
    free(queue->by_id);
    free(queue->hours);
    free(queue->quiet);
}

static void read_hours(struct hours *hours, const char *text, const char *preset, const char *site)
{
    char why[160];

    if (text[0] == '\0' || !hours_parse(text, hours, why, sizeof why)) {
        if (text[0] != '\0')
            log_warning("%s: the hours \"%s\" are not understood, taken as %s", site, text, preset);
        hours_parse(preset, hours, why, sizeof why);
    }
}

static void read_site(struct queue *shell, size_t i, const struct config_site *site)
{
    read_hours(&shell->hours[i], site->hours, "24/7", site->id);
    read_hours(&shell->quiet[i], site->quiet, "off", site->id);
}

static void fill(struct queue *queue, struct queue *shell, struct config *config, size_t i)
{
    const struct config_machine *config_machine = &config->machines[i];
    struct machine_item *old = machines_find(queue, config_machine->id);
    struct machine_item *item = &shell->machines[i];
    int64_t now = clock_wall(queue->clock);

    if (old != NULL) {
        *item = *old;
        shell->views[i] = *machines_view(queue, old);
        snprintf(shell->views[i].site, ID_SIZE, "%s", config_machine->site);
    } else {
        *item = (struct machine_item){.bed = BED_UNCERTAIN, .time = TIME_OFFLINE, .booked_ms = now};
        blank_view(&shell->views[i], config_machine, now);
    }
    item->back = old == NULL && left_back(queue, config_machine->id, &item->condition);
    item->config = config_machine;
    item->site = site_index(config, config_machine->site);
}

/* Runs hold the name of their machine; the pointers are set anew. */
static void link_runs(struct queue *queue)
{
    for (size_t i = 0; i < queue->machine_count; i++)
        queue->machines[i].run = NULL;
    for (struct list *node = queue->runs.next; node != &queue->runs; node = node->next) {
        struct run_item *run = list_entry(node, struct run_item, node);
        struct machine_item *machine = machines_find(queue, run->run.machine);

        if (machine != NULL)
            machine->run = run;
    }
}

/* Keeps what is known of machines that the next config does not have. */
static void leave(struct queue *queue, const struct config *next)
{
    for (size_t i = 0; i < queue->machine_count; i++) {
        const struct machine_item *machine = &queue->machines[i];

        if (config_machine(next, machine->config->id) == NULL)
            left_keep(queue, machine->config->id, &machine->condition,
                      machine->consent != 0 || machine->busy || machine->bed == BED_CLEAR);
    }
    left_write(queue);
}

enum err machines_configure(struct queue *queue, struct config *config)
{
    struct queue shell = {0};
    struct config *old = queue->config;

    if (make_lists(&shell, config) != ERR_OK) {
        free_lists(&shell);
        return ERR_NO_MEMORY;
    }
    clockwork_leave(queue, config);
    leave(queue, config);
    for (size_t i = 0; i < config->machine_count; i++)
        fill(queue, &shell, config, i);
    for (size_t i = 0; i < config->site_count; i++)
        read_site(&shell, i, &config->sites[i]);
    free_lists(queue);
    queue->views = shell.views;
    queue->machines = shell.machines;
    queue->by_id = shell.by_id;
    queue->hours = shell.hours;
    queue->quiet = shell.quiet;
    queue->machine_count = shell.machine_count;
    queue->config = config_ref(config);
    queue->by_hand_known = false;
    config_unref(old);
    link_runs(queue);
    return ERR_OK;
}

void machines_free(struct queue *queue)
{
    free_lists(queue);
    config_unref(queue->config);
}

/* What awaits its verdict outlives a restart of the floor. */
static void keep_last_run(const struct machine_item *machine, struct machine_view *view)
{
    static const enum run_outcome outcomes[] = {
        [RUN_STATUS_FINISHED] = RUN_FINISHED,
        [RUN_STATUS_FAILED] = RUN_FAILED,
        [RUN_STATUS_CANCELLED] = RUN_CANCELLED,
    };

    if (view->last_run != 0 || machine->run == NULL)
        return;
    if (machine->run->run.status < RUN_STATUS_FINISHED ||
        machine->run->run.status > RUN_STATUS_CANCELLED)
        return;
    view->last_run = machine->run->run.id;
    view->last_outcome = outcomes[machine->run->run.status];
}

void machines_heard(struct queue *queue, const struct machine_view *views, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct machine_item *machine = machines_find(queue, views[i].id);
        struct machine_view *view;

        if (machine == NULL)
            continue;
        view = machines_view(queue, machine);
        *view = views[i];
        keep_last_run(machine, view);
        if (machine->run != NULL && machine->run->run.id == view->run && view->run != 0) {
            machine->run->run.acked = view->line;
            machine->run->heard_ms = view->heard_ms;
        }
        clockwork_update(queue, machine);
        condition_update(queue, machine);
        if (view->state == MACHINE_IDLE)
            happen_idle(queue, machine);
    }
    queue->version++;
}
