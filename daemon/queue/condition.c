/* SPDX-License-Identifier: Apache-2.0 */
#include "condition.h"

#include <stdio.h>
#include <string.h>

#include "machines.h"
#include "request.h"
#include "store/store_machine.h"

enum { RESTORE_MS = 10000 };

struct conditioning {
    struct note note; /* first */
    struct machine_row row;
};

struct condition condition_of(const struct machine_view *view, const struct condition *before)
{
    struct condition condition = *before;

    condition.flags = view->flags & (FLAG_QUARANTINED | FLAG_OUT_OF_SERVICE);
    if (view->state == MACHINE_OFFLINE || view->state == MACHINE_GREETING)
        return condition;
    condition.locked = view->state == MACHINE_LOCKED;
    condition.held = view->state == MACHINE_HELD;
    memset(condition.why, 0, sizeof condition.why);
    if (condition.locked)
        snprintf(condition.why, sizeof condition.why, "%s", view->message);
    return condition;
}

static enum err conditioning_apply(struct store_work *work, struct db *db)
{
    return store_machine_condition(db, &((struct conditioning *)(void *)work)->row);
}

/* A view made before the floor took the restored condition in says nothing of it. */
static bool not_yet_taken(const struct queue *queue, struct machine_item *machine,
                          const struct condition *now)
{
    if (machine->restored_ms == 0)
        return false;
    if ((now->flags & machine->condition.flags) != machine->condition.flags &&
        clock_mono(queue->clock) - machine->restored_ms < RESTORE_MS)
        return true;
    machine->restored_ms = 0;
    return false;
}

void condition_update(struct queue *queue, struct machine_item *machine)
{
    struct condition now = condition_of(machines_view(queue, machine), &machine->condition);
    struct conditioning *conditioning;

    if (not_yet_taken(queue, machine, &now))
        return;
    if (now.locked == machine->condition.locked && now.flags == machine->condition.flags &&
        now.held == machine->condition.held && strcmp(now.why, machine->condition.why) == 0)
        return;
    conditioning = note_begin(queue, sizeof *conditioning, conditioning_apply);
    if (conditioning == NULL)
        return;
    machine->condition = now;
    snprintf(conditioning->row.id, sizeof conditioning->row.id, "%s", machine->config->id);
    snprintf(conditioning->row.site, sizeof conditioning->row.site, "%s", machine->config->site);
    conditioning->row.locked = now.locked;
    conditioning->row.flags = now.flags;
    conditioning->row.held = now.held;
    memcpy(conditioning->row.why, now.why, sizeof conditioning->row.why);
    note_write(&conditioning->note);
}
