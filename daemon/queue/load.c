/* SPDX-License-Identifier: Apache-2.0 */
#include "load.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "loads.h"
#include "machines.h"
#include "request.h"
#include "start.h"
#include "store/store_load.h"

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

void queue_load(struct queue *queue, const struct load *load, queue_done done, void *context)
{
    static const struct request_steps steps = {.apply = loading_apply,
                                               .committed = loading_committed};
    struct loading *loading = request_begin(queue, sizeof *loading, done, context);

    if (loading == NULL)
        return;
    if (machines_find(queue, load->machine) == NULL) {
        request_refuse(&loading->request, ERR_NOT_FOUND, "no machine \"%.64s\"", load->machine);
        return;
    }
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
