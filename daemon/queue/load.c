/* SPDX-License-Identifier: Apache-2.0 */
#include "load.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "loads.h"
#include "machines.h"
#include "request.h"
#include "runs.h"
#include "start.h"
#include "store/store_load.h"
#include "tally.h"
#include "used.h"

struct loading {
    struct request request; /* first */
    struct load_row row;
};

static void put(struct machine_item *machine, const struct load_row *row)
{
    memcpy(machine->material, row->material, sizeof machine->material);
    memcpy(machine->material_lot, row->lot, sizeof machine->material_lot);
}

static void take_row(void *context, const struct load_row *row)
{
    struct machine_item *machine = machines_find(context, row->machine);

    if (machine != NULL)
        put(machine, row);
}

enum err loads_load(struct queue *queue, struct db *db)
{
    return store_load_each(db, take_row, queue);
}

const char *loads_material(const struct machine_item *machine)
{
    return machine->material[0] != '\0' ? machine->material : machine->config->material;
}

static enum err loading_apply(struct store_work *work, struct db *db)
{
    return store_load_put(db, &((struct loading *)(void *)work)->row);
}

static void loading_committed(struct request *request)
{
    const struct load_row *row = &((struct loading *)(void *)request)->row;
    struct queue *queue = request->queue;
    struct machine_item *machine = machines_find(queue, row->machine);

    if (machine == NULL)
        return;
    put(machine, row);
    queue->version++;
    snprintf(request->text, sizeof request->text, "%s: %s is loaded%s%s", row->machine,
             loads_material(machine), row->lot[0] != '\0' ? ", lot " : "", row->lot);
    log_info("%s, says %s", request->text, row->by);
    start_soon(queue);
}

/* ---- in the middle of a run ---- */

struct changing {
    struct note note; /* first */
    struct run_row run;
    struct fact used; /* qty 0: none */
};

static enum err changing_apply(struct store_work *work, struct db *db)
{
    struct changing *changing = (struct changing *)(void *)work;
    enum err err = store_run_spool(db, &changing->run);

    return err == ERR_OK && changing->used.qty != 0 ? store_fact_append(db, &changing->used) : err;
}

/* The spool was changed while a printer runs: what it has used is the old one's, the rest will be
 * the new one's, and by both its pieces are found again. That has happened: it is kept until the
 * disk takes it. */
static void change_spool(struct queue *queue, struct machine_item *machine, const struct load *load)
{
    const char *loaded = load->material[0] != '\0' ? load->material : machine->config->material;
    struct run *run = machine->run != NULL ? &machine->run->run : NULL;
    struct changing *changing;

    if (run == NULL || run->status > RUN_STATUS_STARTED ||
        machine->config->profile.kind != KIND_PRINTER ||
        (strcmp(run->loaded, loaded) == 0 && strcmp(run->spool, load->lot) == 0))
        return;
    changing = note_begin(queue, sizeof *changing, changing_apply);
    if (changing == NULL)
        return;
    if (used_so_far(queue, run, clock_wall(queue->clock), &changing->used)) {
        run->booked = run->acked;
        tally_count(queue, &changing->used);
    } else {
        changing->used.qty = 0;
    }
    snprintf(run->loaded, sizeof run->loaded, "%s", loaded);
    memcpy(run->spool, load->lot, sizeof run->spool);
    changing->run = runs_row(run);
    log_info("%s: run %lld goes on with %s, lot \"%s\"", run->machine, (long long)run->id, loaded,
             run->spool);
    note_write(&changing->note);
}

void queue_load(struct queue *queue, const struct load *load, queue_done done, void *context)
{
    static const struct request_steps steps = {.apply = loading_apply,
                                               .committed = loading_committed};
    struct loading *loading = request_begin(queue, sizeof *loading, done, context);
    const struct lot_block *block = blocks_find(queue->blocks, load->lot);
    struct machine_item *machine;

    if (loading == NULL)
        return;
    machine = machines_find(queue, load->machine);
    if (machine == NULL) {
        request_refuse(&loading->request, ERR_NOT_FOUND, "no machine \"%.64s\"", load->machine);
        return;
    }
    if (block != NULL) {
        request_refuse(&loading->request, ERR_REFUSED,
                       "lot %s is blocked by %.40s (%.80s): load another, or have a coordinator "
                       "release it",
                       block->lot, block->by, block->reason);
        return;
    }
    change_spool(queue, machine, load);
    loading->row.at_ms = clock_wall(queue->clock);
    memcpy(loading->row.machine, load->machine, sizeof loading->row.machine);
    memcpy(loading->row.material, load->material, sizeof loading->row.material);
    memcpy(loading->row.lot, load->lot, sizeof loading->row.lot);
    memcpy(loading->row.by, load->by, sizeof loading->row.by);
    request_write(&loading->request, &steps);
}

const char *queue_material(const struct queue *queue, const char *id)
{
    const struct machine_item *machine = machines_find(queue, id);

    return machine != NULL ? loads_material(machine) : "";
}

const char *queue_material_wanted(const struct queue *queue, const char *id)
{
    const struct machine_item *machine = machines_find(queue, id);

    return machine != NULL ? machine->wanted : "";
}

const char *queue_material_lot(const struct queue *queue, const char *id)
{
    const struct machine_item *machine = machines_find(queue, id);

    return machine != NULL ? machine->material_lot : "";
}
