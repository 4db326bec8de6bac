/* SPDX-License-Identifier: Apache-2.0 */
/* Machines are locked, out of service, quarantined as they were. Beds are as written down, but a
 * machine with a run under way is occupied, and what nobody has vouched for is uncertain. Consents
 * that no start has used hold on. Printers' runs are adopted: the floor probes and goes on, or ends
 * them; a held one stays held. Lasers never resume. The time since the last booking was offline,
 * but for what a run is known to have run. */
#include "restore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "clockwork.h"
#include "declarations.h"
#include "happen.h"
#include "jobs.h"
#include "left.h"
#include "loads.h"
#include "machines.h"
#include "order_book.h"
#include "orders.h"
#include "programs.h"
#include "runs.h"
#include "start.h"
#include "store/store_machine.h"
#include "tally.h"

static enum err load_machine(void *context, const struct machine_row *row)
{
    struct queue *queue = context;
    struct machine_item *machine = machines_find(queue, row->id);
    struct condition condition = {
        .locked = row->locked, .flags = (unsigned)row->flags, .held = row->held};
    struct machine_row now;

    memcpy(condition.why, row->why, sizeof condition.why);
    if (machine == NULL) {
        left_keep(queue, row->id, &condition, row->consent != 0);
        return ERR_OK;
    }
    machines_row(machine, &now);
    machine->elsewhere = row->place[0] != '\0' && strcmp(row->place, now.place) != 0;
    machine->bed =
        row->bed >= 0 && row->bed <= BED_UNCERTAIN ? (enum bed_state)row->bed : BED_UNCERTAIN;
    machine->consent = row->consent;
    machine->given_ms = row->given_ms;
    machine->hold_ms = row->hold_ms;
    memcpy(machine->given_by, row->by, sizeof machine->given_by);
    if (row->booked_ms > 0)
        machine->booked_ms = row->booked_ms;
    machine->condition = condition;
    return ERR_OK;
}

enum err restore_load(struct queue *queue, char *text, size_t size)
{
    struct db *db = store_db(queue->store);
    enum err err = programs_load(queue, db);

    if (err == ERR_OK)
        err = jobs_load(queue, db);
    if (err == ERR_OK)
        err = order_book_load(queue, db);
    if (err == ERR_OK)
        err = runs_load(queue, db);
    if (err == ERR_OK)
        err = tally_load(queue, db);
    if (err == ERR_OK)
        err = store_machine_each(db, load_machine, queue);
    if (err == ERR_OK)
        err = loads_load(queue, db);
    if (err == ERR_OK)
        err = declarations_load(queue, db);
    if (err == ERR_OK)
        err = store_consent_last(db, &queue->last_consent);
    if (err != ERR_OK)
        snprintf(text, size, "the database in %s cannot be read: %s", queue->config->state,
                 err_words(err));
    return err;
}

static void adopt(struct queue *queue, struct run_item *item, const struct machine_item *machine)
{
    struct order *order;

    if (machine == NULL) {
        happen_lost(queue, item, "its machine is no longer in the config");
        return;
    }
    if (machine->elsewhere) {
        happen_lost(queue, item, "usined was restarted with another model or port for its machine");
        return;
    }
    if (machine->config->profile.kind == KIND_LASER) {
        happen_lost(queue, item, "usined was restarted, and lasers never resume");
        return;
    }
    order = orders_make(ORDER_ADOPT);
    if (order == NULL || !start_order(queue, item, order)) {
        free(order);
        happen_lost(queue, item, "usined was restarted and the program is gone");
        return;
    }
    order->run.held = machine->condition.held;
    log_info("%s: run %lld was under way: adopting", item->run.machine, (long long)item->run.id);
    orders_send(queue, order);
}

/* What was said of its bed was said of another board. */
static void take_word_back(struct queue *queue, const struct machine_item *machine)
{
    struct event bed = {.kind = EVENT_BED, .bed = BED_UNCERTAIN};

    snprintf(bed.machine, sizeof bed.machine, "%s", machine->config->id);
    happen_bed(queue, &bed);
}

/* A bed is only as clear as the consent in force says. */
static void restore_bed(struct queue *queue, struct machine_item *machine)
{
    struct machine_view *view = machines_view(queue, machine);

    if (machine->elsewhere && machine->bed == BED_CLEAR)
        take_word_back(queue, machine);
    if (machine->run != NULL && machine->bed == BED_CLEAR)
        machine->bed = BED_OCCUPIED;
    if (machine->bed == BED_CLEAR && machine->consent == 0)
        machine->bed = BED_UNCERTAIN;
    view->bed = machine->bed;
    orders_restore(queue, machine);
    machine->restored_ms = clock_mono(queue->clock);
    if (machine->bed == BED_CLEAR)
        orders_consent(queue, machine);
}

void restore_floor(struct queue *queue)
{
    struct list *node, *next;

    clockwork_restore(queue);
    left_write(queue);
    for (size_t i = 0; i < queue->machine_count; i++)
        restore_bed(queue, &queue->machines[i]);
    for (node = queue->runs.next; node != &queue->runs; node = next) {
        struct run_item *item = list_entry(node, struct run_item, node);

        next = node->next; /* happen_lost keeps failed runs listed */
        if (item->run.status <= RUN_STATUS_STARTED)
            adopt(queue, item, machines_find(queue, item->run.machine));
    }
}

void restore_back(struct queue *queue)
{
    for (size_t i = 0; i < queue->machine_count; i++) {
        struct machine_item *machine = &queue->machines[i];

        if (!machine->back)
            continue;
        machine->back = false;
        machine->bed = machine->run != NULL ? BED_OCCUPIED : BED_UNCERTAIN;
        machine->restored_ms = clock_mono(queue->clock);
        orders_restore(queue, machine);
    }
}
